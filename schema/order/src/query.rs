use async_graphql::MergedObject;

use crate::{
    dead_letter::DeadLetterQuery, flight::FlightQuery, journey::at_hand::AtHandQuery,
    order::OrderQuery,
};

/// The queries of the order subgraph.
#[derive(MergedObject, Default)]
pub struct Query(OrderQuery, FlightQuery, AtHandQuery, DeadLetterQuery);
