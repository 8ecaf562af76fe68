//! Cancelling an order.

use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{
    id::{CustomerId, OrderId},
    order::order::{self, OrderStatus},
};
use schema_kernel::{
    Database, Permit, Result, Session, id, outbox,
    problem::{NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;

use super::{Order, contract, event, settlement, state};
use crate::DOMAIN;

/// An order to cancel.
#[derive(Clone, Debug, InputObject)]
pub struct CancelOrderInput {
    /// The order.
    pub order_id: ID,
    /// The version you read. When the order has changed since, nothing is cancelled.
    pub expected_version: i32,
}

/// The order was cancelled.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "order:read")]
pub struct OrderCancelled {
    /// The order. Its `refund` says what is given back.
    pub order: Order,
}

/// What can come of cancelling an order.
#[derive(Union)]
pub enum CancelOrderOutcome {
    /// It was cancelled.
    Cancelled(OrderCancelled),
    /// There is no such order.
    NotFound(NotFound),
    /// It has changed since it was read.
    StaleVersion(StaleVersion),
    /// It is closed, or nothing of it is still ahead.
    TransitionNotAllowed(TransitionNotAllowed),
}

/// Cancels what is still ahead of an order: seats are free again, coupons are paid back, and the share of each fare for
/// the flights that were not flown is given back. `order.order.cancelled.v1` is published.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn cancel(
    database: &Database,
    session: &Session,
    input: CancelOrderInput,
) -> Result<CancelOrderOutcome> {
    let Some(id) = id::try_read::<OrderId>(&input.order_id) else {
        return Ok(CancelOrderOutcome::NotFound(NotFound::of("order")));
    };
    database
        .transaction(async |transaction| {
            let rows = session.actor.rows("order:write");
            let Some(order) = contract::store::held(transaction, rows, id).await? else {
                return Ok(CancelOrderOutcome::NotFound(NotFound::of("order")));
            };
            let Some(permit) = session.actor.permit("order:write", order.customer_id) else {
                return Ok(CancelOrderOutcome::NotFound(NotFound::of("order")));
            };
            if order.version != input.expected_version {
                return Ok(CancelOrderOutcome::StaleVersion(StaleVersion::of(
                    order.version,
                )));
            }
            if !state::leads_to(order.status, OrderStatus::Cancelled) {
                return Ok(CancelOrderOutcome::TransitionNotAllowed(state::refusal(
                    order.status,
                    OrderStatus::Cancelled,
                )));
            }
            write(transaction, session, &permit, order).await
        })
        .await
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    order: order::Model,
) -> Result<CancelOrderOutcome> {
    let now = session.now();
    let contract = contract::store::read(transaction, order).await?;
    let flights = contract::store::flights(transaction, contract.flight_ids()).await?;
    let Some(settlement) = settlement::settle(&contract, &flights, now) else {
        return Ok(CancelOrderOutcome::TransitionNotAllowed(nothing_left()));
    };
    let order = order::Model {
        status: OrderStatus::Cancelled,
        refund_minor: contract.order.refund_minor + settlement.refund_minor,
        cancelled_at: Some(now),
        version: contract.order.version + 1,
        ..contract.order
    };
    contract::store::save(transaction, permit, &order, settlement.changes).await?;
    let names = event::Names::read(transaction, &contract.journeys, &flights).await?;
    let facts = event::OrderFacts::of(&order, &contract.journeys, &contract.segments, &names)
        .refunding(order.refund_minor);
    outbox::append(
        transaction,
        DOMAIN,
        session,
        &[facts.event("order.order.cancelled.v1", order.customer_id, now)],
    )
    .await?;
    Ok(CancelOrderOutcome::Cancelled(OrderCancelled {
        order: Order(order),
    }))
}

fn nothing_left() -> TransitionNotAllowed {
    let (open, cancelled) = (
        state::name(OrderStatus::Open),
        state::name(OrderStatus::Cancelled),
    );
    let allowed = vec![state::name(OrderStatus::Completed).to_owned()];
    let refusal = TransitionNotAllowed::of(open, cancelled, allowed);
    TransitionNotAllowed {
        message: "Every flight of this order has left; nothing is left to cancel.".to_owned(),
        ..refusal
    }
    .by("only what is still ahead is cancelled")
}
