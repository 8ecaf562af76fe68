//! The engagement subgraph, seen from its schema. What it does is proven end to end, with a mail server.

mod schema;
