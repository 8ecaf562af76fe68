use async_graphql::MergedObject;

use crate::{dead_letter::DeadLetterQuery, flight::FlightQuery, order::OrderQuery};

/// The queries of the order subgraph.
#[derive(MergedObject, Default)]
pub struct Query(OrderQuery, FlightQuery, DeadLetterQuery);
