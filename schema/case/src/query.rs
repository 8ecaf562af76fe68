use async_graphql::MergedObject;

use crate::{
    agent::AgentQuery, baggage::BaggageQuery, case::CaseQuery, dead_letter::DeadLetterQuery,
    incident::IncidentQuery, queue::QueueQuery, reference::ReferenceQuery,
};

/// The queries of the case subgraph.
#[derive(MergedObject, Default)]
pub struct Query(
    CaseQuery,
    BaggageQuery,
    QueueQuery,
    AgentQuery,
    IncidentQuery,
    ReferenceQuery,
    DeadLetterQuery,
);
