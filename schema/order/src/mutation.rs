use async_graphql::MergedObject;

use crate::{dead_letter::DeadLetterMutation, flight::FlightMutation, order::OrderMutation};

/// The mutations of the order subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(OrderMutation, FlightMutation, DeadLetterMutation);
