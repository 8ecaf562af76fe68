use async_graphql::{Context, ID, Subscription};
use futures_util::Stream;
use schema_kernel::{Result, guard::RequiresScopes};

use crate::notification::{Notification, follow};

/// What can be followed in the engagement subgraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subscription;

#[Subscription]
impl Subscription {
    /// The notifications that are made from now on, as each is. A customer hears of their own.
    #[graphql(directive = RequiresScopes::apply("notification:read"))]
    async fn notification_arrived(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the customer whose notifications to follow.")]
        customer_id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Notification>>> {
        follow(context, customer_id.as_ref()).await
    }
}
