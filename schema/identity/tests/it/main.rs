//! The identity subgraph, seen from its schema. What it does is proven end to end, in a browser.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod schema;
