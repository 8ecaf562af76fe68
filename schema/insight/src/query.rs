use async_graphql::MergedObject;

use crate::{cohort::CohortQuery, dead_letter::DeadLetterQuery, log::LogQuery};

/// The queries of the insight subgraph.
#[derive(MergedObject, Default)]
pub struct Query(CohortQuery, LogQuery, DeadLetterQuery);
