use async_graphql::{Context, ID, Subscription};
use futures_util::Stream;
use schema_kernel::{Result, guard::RequiresScopes};

use crate::flight::{self, Flight};

/// What can be followed in the order subgraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subscription;

#[Subscription]
impl Subscription {
    /// The flight, whenever something has happened to it: a delay, another gate, an arrival, a cancellation. Whoever is slow
    /// to take what comes skips to the newest state. Ask for the flight once you are subscribed: what was before may not be
    /// told.
    #[graphql(directive = RequiresScopes::apply("flight:read"))]
    async fn flight_status_changed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the flight.")] flight_id: ID,
    ) -> Result<impl Stream<Item = Result<Flight>>> {
        flight::follow(context, &flight_id).await
    }
}
