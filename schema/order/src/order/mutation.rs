use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{
    CancelOrderInput, CancelOrderOutcome, ChangeOrderInput, ChangeOrderOutcome, PlaceOrderInput,
    PlaceOrderOutcome, cancel, change, place,
};
use crate::purchase::record::{RecordPurchaseInput, RecordPurchaseOutcome, record};

/// Orders placed, changed and cancelled; purchases recorded.
#[derive(Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// Places an order: tickets are issued and seats are held at once. All problems of the input are reported together.
    #[graphql(requires_scopes = "order:write")]
    async fn place_order(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to order.")] input: PlaceOrderInput,
    ) -> Result<PlaceOrderOutcome> {
        place(context.database()?, context.session()?, input).await
    }

    /// Changes an order that is open: moves journeys to other flights, and changes seats. Prices stay as they are.
    #[graphql(requires_scopes = "order:write")]
    async fn change_order(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to change.")] input: ChangeOrderInput,
    ) -> Result<ChangeOrderOutcome> {
        change(context.database()?, context.session()?, input).await
    }

    /// Cancels what is still ahead of an order, and gives back its price.
    #[graphql(requires_scopes = "order:write")]
    async fn cancel_order(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to cancel.")] input: CancelOrderInput,
    ) -> Result<CancelOrderOutcome> {
        cancel(context.database()?, context.session()?, input).await
    }

    /// Records something that a customer bought on board or on the web.
    #[graphql(requires_scopes = "order:write")]
    async fn record_purchase(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What was bought.")] input: RecordPurchaseInput,
    ) -> Result<RecordPurchaseOutcome> {
        record(context.database()?, context.session()?, input).await
    }
}
