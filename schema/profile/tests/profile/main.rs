//! The profile subgraph, asked as its host asks it, on SQLite in memory; and on PostgreSQL when
//! `JETBRIDGE_TEST_POSTGRES_URL` names one.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
)]

mod contact;
mod create;
mod interaction;
mod kit;
mod loyalty;
mod preference;
mod right;
mod schema;
mod search;
mod timeline;
mod update;
