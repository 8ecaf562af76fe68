//! The end-to-end suites, in one binary: one link, one run.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod architecture;
mod attack;
mod audit;
mod audit_log;
mod authorization;
mod bad_input;
mod case;
mod compensation;
mod crash;
mod documents;
mod engagement;
mod event;
mod federation;
mod http;
mod identity;
mod import;
mod journey;
mod log;
mod migration;
mod order;
mod plan;
mod privacy;
mod profile;
mod rate;
mod schema;
mod shape;
mod statements;
mod subscription;
mod walk_through;
