#![doc = include_str!("../README.md")]

pub mod check;
pub mod consent;
pub mod contact_point;
pub mod customer;
pub mod data_request;
pub mod interaction;
pub mod loyalty;
pub mod office;
pub mod preference;
pub mod reference;
pub mod retention;
pub mod timeline;
pub mod travel_document;

mod batch;
mod consumer;
mod dead_letter;
mod erasure;
mod event;
mod mutation;
mod outcome;
mod query;

use std::sync::Arc;

use async_graphql::{EmptySubscription, Schema, SchemaBuilder};
use schema_kernel::{
    Database,
    dispatcher::Consumer,
    guard::{Guarded, RightsError, guard},
    outbox::Domain,
    problem::Problem,
};

pub use mutation::Mutation;
pub use office::Privacy;
pub use query::Query;

/// This domain: the prefix of its tables and the source of its events.
pub const DOMAIN: Domain = Domain("profile");

/// The subgraph's schema, still open.
pub fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<Problem>()
}

/// The subgraph's schema on its database, behind its guard.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn schema(
    database: Database,
) -> Result<Guarded<Schema<Query, Mutation, EmptySubscription>>, RightsError> {
    guard(builder().data(database))
}

/// The subgraph's definition in the schema language.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn sdl() -> Result<String, RightsError> {
    Ok(guard(builder())?.sdl().to_owned())
}

/// What the subgraph does with the events of all domains: it writes the timeline.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(consumer::Profile::new(database, None))
}

/// The same with a host that carries out erasures.
pub fn consumer_with(database: Database, privacy: Privacy) -> Arc<dyn Consumer> {
    Arc::new(consumer::Profile::new(database, Some(privacy)))
}
