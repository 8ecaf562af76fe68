//! From one part of an order to another. Each asks for all parts of that kind of the order, so that every edge of a page
//! shares one statement.

use async_graphql::Context;
use entities::id::{AncillaryId, FlightSegmentId, JourneyId, OrderId, OrderItemId, PassengerId};
use schema_kernel::{ContextExt, Result};

use super::{
    OrderItem,
    store::{
        AncillariesOfOrder, ItemsOfOrder, JourneysOfOrder, PassengersOfOrder, SegmentsOfOrder,
    },
};
use crate::{
    ancillary::Ancillary,
    journey::{FlightSegment, Journey},
    passenger::Passenger,
};

/// The passenger with this id.
pub(crate) async fn passenger(
    context: &Context<'_>,
    order: OrderId,
    id: PassengerId,
) -> Option<Result<Passenger>> {
    let load = async { context.loader()?.load_one(PassengersOfOrder(order)).await };
    one(load.await, |row| row.id == id).map(|found| found.map(Passenger))
}

/// The flight segment with this id.
pub(crate) async fn segment(
    context: &Context<'_>,
    order: OrderId,
    id: FlightSegmentId,
) -> Option<Result<FlightSegment>> {
    let load = async { context.loader()?.load_one(SegmentsOfOrder(order)).await };
    one(load.await, |row| row.id == id).map(|found| found.map(FlightSegment))
}

/// The journey with this id.
pub(super) async fn journey(
    context: &Context<'_>,
    order: OrderId,
    id: JourneyId,
) -> Option<Result<Journey>> {
    let load = async { context.loader()?.load_one(JourneysOfOrder(order)).await };
    one(load.await, |row| row.id == id).map(|found| found.map(Journey))
}

/// The item with this id.
pub(super) async fn item(
    context: &Context<'_>,
    order: OrderId,
    id: OrderItemId,
    currency: &str,
) -> Option<Result<OrderItem>> {
    let load = async { context.loader()?.load_one(ItemsOfOrder(order)).await };
    let found = one(load.await, |row| row.id == id)?;
    Some(found.map(|row| OrderItem {
        row,
        currency: currency.to_owned(),
    }))
}

/// The ancillary with this id.
pub(super) async fn ancillary(
    context: &Context<'_>,
    order: OrderId,
    id: AncillaryId,
    currency: &str,
) -> Option<Result<Ancillary>> {
    let load = async { context.loader()?.load_one(AncillariesOfOrder(order)).await };
    let found = one(load.await, |row| row.id == id)?;
    Some(found.map(|row| Ancillary {
        row,
        currency: currency.to_owned(),
    }))
}

fn one<Row>(
    loaded: Result<Option<Vec<Row>>>,
    is_meant: impl Fn(&Row) -> bool,
) -> Option<Result<Row>> {
    match loaded {
        Ok(rows) => rows?.into_iter().find(is_meant).map(Ok),
        Err(error) => Some(Err(error)),
    }
}
