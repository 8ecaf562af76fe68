//! The shapes besides the embedded one: each subgraph by itself behind the gateway, and ours beside somebody else's.

mod follow;
mod mixed;
mod split;
mod subscription;
