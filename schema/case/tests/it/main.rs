//! The case subgraph on a database, through its guarded schema.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod baggage;
mod consume;
mod kit;
mod list;
mod open;
mod schema;
mod work;
