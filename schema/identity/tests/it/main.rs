//! The identity subgraph, seen from its schema. What it does is proven end to end, in a browser.

mod schema;
