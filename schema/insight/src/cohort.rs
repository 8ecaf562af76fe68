//! Questions about cohorts: what may be asked, how often, and what proves the answer.

mod ask;
pub mod budget;
mod catalogue;
mod input;
mod query;
mod receipt;
mod view;

pub use self::{
    catalogue::{InsightCatalogue, PublishedCube, PublishedMonth},
    input::{CohortFilterInput, CohortPeriodInput, CohortsInput},
    query::CohortQuery,
    receipt::InsightReceipt,
    view::{
        Cohort, CohortFigure, CohortValue, Cohorts, CohortsOutcome, InsightRefusal, InsightRefused,
    },
};
