use async_graphql::MergedObject;

use crate::{baggage::BaggageMutation, case::CaseMutation, dead_letter::DeadLetterMutation};

/// The mutations of the case subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(CaseMutation, BaggageMutation, DeadLetterMutation);
