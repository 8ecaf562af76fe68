//! The gateway over three toy subgraphs, judged from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod abstract_types;
mod agreement;
mod composition;
mod conditions;
mod cost;
mod differential;
mod entities;
mod federation_directives;
mod generated;
mod in_process;
mod introspection;
mod limits;
mod mutations;
mod null_propagation;
mod partial_failure;
mod remote;
mod requires;
mod selections;
mod subscriptions;
mod supergraph_rules;
mod toy;
mod validation;
mod variables;
