#![doc = include_str!("../README.md")]

pub mod agent;
pub mod baggage;
pub mod case;
mod erasure;
pub mod incident;
pub mod kind;
pub mod queue;
pub mod reference;

mod consumer;
mod dead_letter;
mod event;
mod input;
mod mutation;
mod paging;
mod query;
pub mod retention;
mod store;
mod subscription;

use async_graphql::{Schema, SchemaBuilder};
use schema_kernel::{
    Database, Feed, feed,
    guard::{Guarded, RightsError, guard},
    outbox::Domain,
    problem::Problem,
};

pub use consumer::consumer;
pub use mutation::Mutation;
pub use query::Query;
pub use subscription::Subscription;

/// This domain: the prefix of its tables and the source of its events.
pub const DOMAIN: Domain = Domain("case");

/// The subgraph's schema, still open.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<Problem>()
}

/// The subgraph's schema on its database, behind its guard.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn schema(
    database: Database,
) -> Result<Guarded<Schema<Query, Mutation, Subscription>>, RightsError> {
    let feed = Feed::new(database.clone(), DOMAIN, feed::USUAL_INTERVAL);
    guard(builder().data(database).data(feed))
}

/// The subgraph's definition in the schema language, as it is published.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn sdl() -> Result<String, RightsError> {
    guard(builder()).map(|guarded| guarded.sdl().to_owned())
}
