//! Orders through the subgraph's own door, on a database in memory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod affected;
mod cancel;
mod change;
mod place;
mod purchase;
mod read;
mod world;
