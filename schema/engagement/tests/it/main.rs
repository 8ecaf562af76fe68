//! The engagement subgraph, seen from its schema. What it does is proven end to end, with a mail server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod schema;
