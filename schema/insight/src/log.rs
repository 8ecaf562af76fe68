//! The log of questions: who asked what, and what they were answered.

mod query;
pub(crate) mod store;
mod view;

pub use self::{
    query::{InsightQueryFilter, LogQuery},
    store::{key_of, receipt_of},
    view::InsightQuery,
};

/// The right to see what was asked.
pub(crate) const AUDIT: &str = "insight:audit";
