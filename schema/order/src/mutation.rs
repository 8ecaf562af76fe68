use async_graphql::MergedObject;

use crate::{flight::FlightMutation, order::OrderMutation};

/// The mutations of the order subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(OrderMutation, FlightMutation);
