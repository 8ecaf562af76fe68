use async_graphql::MergedObject;

use crate::{
    agent::AgentQuery, case::CaseQuery, dead_letter::DeadLetterQuery, incident::IncidentQuery,
    queue::QueueQuery, reference::ReferenceQuery,
};

/// The queries of the case subgraph.
#[derive(MergedObject, Default)]
pub struct Query(
    CaseQuery,
    QueueQuery,
    AgentQuery,
    IncidentQuery,
    ReferenceQuery,
    DeadLetterQuery,
);
