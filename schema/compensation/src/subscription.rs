use async_graphql::{Context, ID, Subscription};
use futures_util::Stream;
use schema_kernel::{Result, guard::RequiresScopes};

use crate::claim::{self, Claim};

/// What can be followed in the compensation subgraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subscription;

#[Subscription]
impl Subscription {
    /// The claims that are opened, assessed anew and decided, as each is then. A customer hears of their own. Every argument
    /// that is given has to fit. Whoever is slow to take what comes skips to the newest state of each claim; whoever falls
    /// 1,000 claims behind is told so with `RATE_LIMITED`, and the subscription ends.
    #[graphql(directive = RequiresScopes::apply("claim:read"))]
    async fn claim_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the one claim to follow.")] claim_id: Option<ID>,
        #[graphql(desc = "The id of the customer whose claims to follow.")] customer_id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Claim>>> {
        claim::follow(context, claim_id.as_ref(), customer_id.as_ref()).await
    }
}
