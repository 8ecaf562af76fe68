#![doc = include_str!("../README.md")]

pub mod ancillary;
pub mod customer;
pub mod flight;
pub mod import;
pub mod journey;
pub mod order;
pub mod passenger;
pub mod purchase;
pub mod reference;
pub mod ticket;

mod mutation;
mod query;
#[cfg(test)]
mod sample;

use async_graphql::{EmptySubscription, Schema, SchemaBuilder};
use schema_kernel::{
    Database,
    guard::{Guarded, RightsError, guard},
    outbox::Domain,
    problem::Problem,
};

pub use mutation::Mutation;
pub use query::Query;

/// This domain: the prefix of its tables and the source of its events.
pub const DOMAIN: Domain = Domain("order");

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

/// The subgraph's definition in the schema language, as `schema.graphql` of this crate keeps it.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn sdl() -> Result<String, RightsError> {
    Ok(guard(builder())?.sdl().to_owned())
}
