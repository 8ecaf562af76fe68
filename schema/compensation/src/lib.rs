#![doc = include_str!("../README.md")]

pub mod assessment;
pub mod baggage;
pub mod claim;
pub mod disruption;
pub mod engine;
mod erasure;
pub mod exposure;
pub mod payout;
pub mod retention;
pub mod rule_pack;
pub mod stub;

mod consumer;
mod dead_letter;
mod due;
mod journey;
mod matter;
mod mutation;
mod outcome;
mod query;
mod subscription;

use async_graphql::{Schema, SchemaBuilder};
use schema_kernel::{
    Database, Feed, feed,
    guard::{Guarded, RightsError, guard},
    outbox::Domain,
    problem::Problem,
};

pub use consumer::consumer;
pub use due::tell as tell_what_is_due;
pub use mutation::Mutation;
pub use query::Query;
use rule_pack::RuleBook;
pub use subscription::Subscription;

/// This domain: the prefix of its tables and the source of its events.
pub const DOMAIN: Domain = Domain("compensation");

/// How many rows a list inside another record holds when no size is given.
const PAGE: u32 = 10;

/// The subgraph's schema, still open.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<Problem>()
        .data(RuleBook::default())
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

/// The subgraph's definition in the schema language.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn sdl() -> Result<String, RightsError> {
    guard(builder()).map(|guarded| guarded.sdl().to_owned())
}
