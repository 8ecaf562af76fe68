use async_graphql::MergedObject;

use crate::{flight::FlightQuery, order::OrderQuery};

/// The queries of the order subgraph.
#[derive(MergedObject, Default)]
pub struct Query(OrderQuery, FlightQuery);
