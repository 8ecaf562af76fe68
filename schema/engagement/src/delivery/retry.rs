use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use entities::{
    engagement::delivery::{Model, State},
    id::DeliveryId,
};
use schema_kernel::{
    ContextExt, Database, Result, Rows, Session,
    problem::{InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::{ActiveEnum, DatabaseTransaction};

use super::{OPERATE, state::may_retry, store, view::Delivery};
use crate::input::Fields;

/// A delivery to try again.
#[derive(Clone, Debug, InputObject)]
pub struct RetryDeliveryInput {
    /// The id of the delivery.
    pub delivery_id: ID,
    /// The version you have read.
    pub expected_version: i32,
}

/// What became of it.
#[derive(Union)]
pub enum RetryDeliveryOutcome {
    /// It waits for its turn again.
    DeliveryRetried(DeliveryRetried),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such delivery.
    NotFound(NotFound),
    /// It has changed since you read it.
    StaleVersion(StaleVersion),
    /// It was sent, or is about to be.
    TransitionNotAllowed(TransitionNotAllowed),
}

/// The delivery waits for its turn again, as if it had never been tried. What the customer wants counts again.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:read notification:operate")]
pub struct DeliveryRetried {
    /// The delivery, as it is now.
    pub delivery: Delivery,
}

/// What can be done to deliveries.
#[derive(Default)]
pub struct DeliveryMutation;

#[Object]
impl DeliveryMutation {
    /// Has a delivery tried again that is in state `FAILED`, `DEAD` or `SUPPRESSED`: once what stood in its way is mended.
    #[graphql(requires_scopes = "notification:read notification:operate")]
    async fn retry_delivery(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The delivery.")] input: RetryDeliveryInput,
    ) -> Result<RetryDeliveryOutcome> {
        retry(ctx.session()?, ctx.database()?, input).await
    }
}

async fn retry(
    session: &Session,
    database: &Database,
    input: RetryDeliveryInput,
) -> Result<RetryDeliveryOutcome> {
    let mut fields = Fields::default();
    let id = fields.id("input.deliveryId", &input.delivery_id);
    let id: DeliveryId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    if session.actor.rows(OPERATE) != Rows::All {
        return Ok(NotFound::of("delivery").into());
    }
    let version = input.expected_version;
    database
        .transaction(async |transaction| queue(transaction, session, id, version).await)
        .await
}

async fn queue(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: DeliveryId,
    version: i32,
) -> Result<RetryDeliveryOutcome> {
    let Some(delivery) = store::hold(transaction, id).await? else {
        return Ok(NotFound::of("delivery").into());
    };
    if delivery.version != version {
        return Ok(StaleVersion::of(delivery.version).into());
    }
    if !may_retry(delivery.state)
        || delivery.channel != entities::engagement::delivery::Channel::Mail
    {
        let (from, to) = (delivery.state.to_value(), State::Queued.to_value());
        return Ok(TransitionNotAllowed::of(&from, &to, Vec::new()).into());
    }
    let queued = Model {
        state: State::Queued,
        attempts: 0,
        due_at: Some(session.now()),
        lease: None,
        reason: None,
        reply: None,
        updated_at: session.now(),
        version: delivery.version + 1,
        ..delivery
    };
    store::write(transaction, &queued).await?;
    Ok(DeliveryRetried {
        delivery: Delivery(queued),
    }
    .into())
}
