//! Changing an order: journeys moved to other flights, seats changed.

mod plan;
mod read;

use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject, Union};
use entities::{
    id::{CustomerId, FlightId, OrderId},
    order::order::{self, OrderStatus},
};
use schema_kernel::{
    Database, Permit, Result, Session, id, outbox,
    problem::{InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;

use super::{Order, collision::Attempts, contract, event, state};
use crate::{DOMAIN, journey::SegmentInput};

/// Changes to an order that is open; at least one.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeOrderInput {
    /// The order.
    pub order_id: ID,
    /// The version you read. When the order has changed since, nothing is changed.
    pub expected_version: i32,
    /// Journeys to move to other flights.
    #[graphql(default)]
    pub move_journeys: Vec<MoveJourneyInput>,
    /// Seats to change. Two passengers may swap theirs.
    #[graphql(default)]
    pub seats: Vec<SeatChangeInput>,
}

/// A journey to move to other flights between the same airports. Tickets are exchanged, ancillaries follow, and seats have
/// to be chosen again. When the airline had cancelled a flight of it, its passengers count as rebooked by the airline.
#[derive(Clone, Debug, InputObject)]
pub struct MoveJourneyInput {
    /// The journey. None of its flights has left.
    pub journey_id: ID,
    /// The new flights in order of travel, 1 to 8.
    pub segments: Vec<SegmentInput>,
}

/// A seat to change.
#[derive(Clone, Debug, InputObject)]
pub struct SeatChangeInput {
    /// The passenger's place on a flight that has not left.
    pub flight_segment_id: ID,
    /// Row and letter, or `null` to give the seat up. Example: `"12A"`.
    pub seat: MaybeUndefined<String>,
}

/// The order was changed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "order:read")]
pub struct OrderChanged {
    /// The order as it is now.
    pub order: Order,
}

/// What can come of changing an order.
#[derive(Union)]
pub enum ChangeOrderOutcome {
    /// It was changed.
    Changed(OrderChanged),
    /// Values cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such order.
    NotFound(NotFound),
    /// It has changed since it was read.
    StaleVersion(StaleVersion),
    /// It is closed.
    TransitionNotAllowed(TransitionNotAllowed),
}

/// Changes an order: all of it, or nothing. `order.order.changed.v1` is published.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn change(
    database: &Database,
    session: &Session,
    input: ChangeOrderInput,
) -> Result<ChangeOrderOutcome> {
    let Some(id) = id::try_read::<OrderId>(&input.order_id) else {
        return Ok(ChangeOrderOutcome::NotFound(NotFound::of("order")));
    };
    let wanted = match read::wanted(&input) {
        Ok(wanted) => wanted,
        Err(fields) => return Ok(ChangeOrderOutcome::InvalidInput(InvalidInput::of(fields))),
    };
    let mut attempts = Attempts::default();
    loop {
        let outcome = database
            .transaction(async |transaction| {
                try_change(transaction, session, id, input.expected_version, &wanted).await
            })
            .await;
        if !attempts.again(&outcome) {
            return outcome;
        }
    }
}

async fn try_change(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: OrderId,
    expected_version: i32,
    wanted: &read::Wanted,
) -> Result<ChangeOrderOutcome> {
    let Some(order) =
        contract::store::held(transaction, session.actor.rows("order:write"), id).await?
    else {
        return Ok(ChangeOrderOutcome::NotFound(NotFound::of("order")));
    };
    let Some(permit) = session.actor.permit("order:write", order.customer_id) else {
        return Ok(ChangeOrderOutcome::NotFound(NotFound::of("order")));
    };
    if order.version != expected_version {
        return Ok(ChangeOrderOutcome::StaleVersion(StaleVersion::of(
            order.version,
        )));
    }
    if order.status != OrderStatus::Open {
        return Ok(ChangeOrderOutcome::TransitionNotAllowed(state::refusal(
            order.status,
            OrderStatus::Open,
        )));
    }
    write(transaction, session, &permit, order, wanted).await
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    order: order::Model,
    wanted: &read::Wanted,
) -> Result<ChangeOrderOutcome> {
    let now = session.now();
    let contract = contract::store::read(transaction, order).await?;
    let flight_ids: Vec<FlightId> = contract.flight_ids().chain(wanted.flight_ids()).collect();
    let flights = contract::store::flights(transaction, flight_ids).await?;
    let taken = contract::store::taken(transaction, &wanted.seats_on(&contract)).await?;
    let plan = match plan::of(session, &contract, wanted, &flights, &taken) {
        Ok(plan) => plan,
        Err(fields) => return Ok(ChangeOrderOutcome::InvalidInput(InvalidInput::of(fields))),
    };
    let order = order::Model {
        version: contract.order.version + 1,
        ..contract.order
    };
    let segments = [
        contract.segments.as_slice(),
        plan.changes.new_segments.as_slice(),
    ]
    .concat();
    contract::store::save(transaction, permit, &order, plan.changes).await?;
    let names = event::Names::read(transaction, &plan.journeys, &flights).await?;
    let facts = event::OrderFacts::of(&order, &plan.journeys, &segments, &names);
    outbox::append(
        transaction,
        DOMAIN,
        session,
        &[facts.event("order.order.changed.v1", order.customer_id, now)],
    )
    .await?;
    Ok(ChangeOrderOutcome::Changed(OrderChanged {
        order: Order(order),
    }))
}
