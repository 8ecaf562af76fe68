//! Tables of the insight domain. None holds a name, a contact value, or the id of a customer, but for the queue of those
//! whose facts are to be read anew.

pub mod block;
pub mod consent;
pub mod journey;
pub mod opening;
pub mod query;
pub mod receipt_key;
pub mod release;
pub mod stale;
