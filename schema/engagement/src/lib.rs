#![doc = include_str!("../README.md")]

pub mod channel_preference;
pub mod courier;
pub mod delivery;
mod erasure;
pub mod kind;
pub mod notice;
pub mod notification;
pub mod reference;
pub mod retention;
pub mod template;

mod consumer;
mod dead_letter;
mod event;
mod input;
mod mutation;
mod paging;
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
pub use mutation::Mutation;
pub use query::Query;
pub use subscription::Subscription;
use template::Templates;

/// This domain: the prefix of its tables and the source of its events.
pub const DOMAIN: Domain = Domain("engagement");

/// The subgraph's schema, still open; its words are those of `templates`.
pub fn builder(templates: Templates) -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<Problem>()
        .data(templates)
}

/// The subgraph's schema on its database, behind its guard.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn schema(
    database: Database,
    templates: Templates,
) -> Result<Guarded<Schema<Query, Mutation, Subscription>>, RightsError> {
    let feed = Feed::new(database.clone(), DOMAIN, feed::USUAL_INTERVAL);
    guard(builder(templates).data(database).data(feed))
}

/// The subgraph's definition in the schema language, as it is published.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn sdl() -> Result<String, RightsError> {
    let schema = Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<Problem>();
    guard(schema).map(|guarded| guarded.sdl().to_owned())
}
