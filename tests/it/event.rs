//! Events: nothing lost, nothing twice, everything replayable.

mod broker;
mod correction;
mod dead_letter;
mod feed;
mod schema;
