use async_graphql::MergedObject;

use crate::dead_letter::DeadLetterMutation;

/// The mutations of the insight subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(DeadLetterMutation);
