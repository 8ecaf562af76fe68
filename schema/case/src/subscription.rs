use async_graphql::{Context, ID, Subscription};
use futures_util::Stream;
use schema_kernel::{Result, guard::RequiresScopes};

use crate::case::{Case, Followed};

/// What can be followed in the case subgraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subscription;

#[Subscription]
impl Subscription {
    /// The cases that are opened, worked on and commented, as each is then. A customer hears of their own. Every argument
    /// that is given has to fit. Whoever is slow to take what comes skips to the newest state of each case; whoever falls
    /// 1,000 cases behind is told so with `RATE_LIMITED`, and the subscription ends.
    #[graphql(directive = RequiresScopes::apply("case:read"))]
    async fn case_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the one case to follow.")] case_id: Option<ID>,
        #[graphql(desc = "The id of the customer whose cases to follow.")] customer_id: Option<ID>,
        #[graphql(desc = "The code of the queue whose cases to follow. Example: `\"Refunds\"`.")]
        queue: Option<String>,
    ) -> Result<impl Stream<Item = Result<Case>>> {
        Followed::read(case_id.as_ref(), customer_id.as_ref(), queue)?
            .follow(context)
            .await
    }
}
