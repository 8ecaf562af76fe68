use async_graphql::{Context, Object};
use schema_kernel::Result;

use crate::{
    claim::{DecideClaimInput, DecideClaimOutcome, decide::decide},
    disruption::{AssessDisruptionInput, AssessDisruptionOutcome, assess},
};

/// The mutations of the compensation subgraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mutation;

/// The mutations of the compensation subgraph.
#[Object]
impl Mutation {
    /// Says what would be due for a disruption, real or thought up, under every body of law. It writes nothing.
    #[graphql(requires_scopes = "claim:read")]
    async fn assess_disruption(
        &self,
        #[graphql(desc = "The journey and what happened to it.")] input: AssessDisruptionInput,
    ) -> AssessDisruptionOutcome {
        assess(&input)
    }

    /// Approves or refuses a claim under review. The rules are asked again with the facts that were found out: nothing is
    /// approved that no rule grants, and nothing refused that the rules grant without an open question.
    #[graphql(requires_scopes = "claim:write")]
    async fn decide_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The decision.")] input: DecideClaimInput,
    ) -> Result<DecideClaimOutcome> {
        decide(context, input).await
    }
}
