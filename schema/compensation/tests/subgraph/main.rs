//! The compensation subgraph as its host uses it: reports go in, claims come out. On SQLite in memory, and on PostgreSQL
//! when `JETBRIDGE_TEST_POSTGRES_URL` names one.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
)]

mod decide;
mod kit;
mod read;
mod receive;
mod rules;
mod schema;
