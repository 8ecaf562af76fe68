use async_graphql::MergedObject;

use crate::{case::CaseMutation, dead_letter::DeadLetterMutation};

/// The mutations of the case subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(CaseMutation, DeadLetterMutation);
