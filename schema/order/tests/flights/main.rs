//! Flights through the subgraph's own door, on a database in memory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disrupt;
mod read;
mod record;
mod world;
