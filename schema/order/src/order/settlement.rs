//! What cancelling an order comes to: what is given up, and what is given back. Pure.

use std::collections::HashSet;

use entities::{
    id::{FlightSegmentId, JourneyId, PassengerId},
    order::{
        ancillary::{self, AncillaryStatus},
        flight_segment::{self, SegmentStatus},
        order_item::{self, OrderItemKind, OrderItemStatus},
        service::DeliveryStatus,
        ticket::CouponStatus,
    },
};
use schema_kernel::scalar::DateTime;

use super::{
    amount::{unflown_share, whole_km},
    contract::{Contract, Flights, store::Changes},
    state::is_ahead,
};
use crate::{journey::state::holds, ticket};

/// What cancelling comes to.
#[derive(Debug)]
pub(super) struct Settlement {
    /// What is given back, in minor units.
    pub(super) refund_minor: i64,
    pub(super) changes: Changes,
}

/// Settles the cancellation of everything that is still ahead at `now`. `None` when nothing is, because every flight has
/// left: what was not delivered then is a claim, and no cancellation.
pub(super) fn settle(contract: &Contract, flights: &Flights, now: DateTime) -> Option<Settlement> {
    let ahead: HashSet<FlightSegmentId> = contract
        .segments
        .iter()
        .filter(|segment| {
            flights
                .get(&segment.flight_id)
                .is_some_and(|flight| is_ahead(segment, flight, now))
        })
        .map(|segment| segment.id)
        .collect();
    if ahead.is_empty() {
        return None;
    }
    let refunded: Vec<&ancillary::Model> = contract
        .ancillaries
        .iter()
        .filter(|ancillary| is_owed_back(ancillary, &ahead))
        .collect();
    let mut refund_minor = 0;
    let mut changes = Changes::default();
    for item in contract
        .items
        .iter()
        .filter(|item| item.status == OrderItemStatus::Active)
    {
        let share = match item.kind {
            OrderItemKind::Flight => carriage(contract, flights, item, &ahead),
            OrderItemKind::Ancillary => refunded
                .iter()
                .any(|ancillary| Some(ancillary.id) == item.ancillary_id)
                .then_some(item.price_minor),
        };
        refund_minor += share.unwrap_or_default();
        changes.items.push((
            item.id,
            if share.is_some() {
                OrderItemStatus::Cancelled
            } else {
                OrderItemStatus::Completed
            },
        ));
    }
    let given_up: Vec<FlightSegmentId> = contract
        .segments
        .iter()
        .map(|segment| segment.id)
        .filter(|id| ahead.contains(id))
        .collect();
    changes.tickets = ticket::closed(&contract.tickets, &given_up, CouponStatus::Refunded);
    changes.given_up = given_up
        .into_iter()
        .map(|id| (id, SegmentStatus::Cancelled))
        .collect();
    changes.ancillaries = refunded
        .iter()
        .map(|ancillary| (ancillary.id, AncillaryStatus::Refunded))
        .collect();
    changes.services = removed(contract, &ahead, &refunded);
    Some(Settlement {
        refund_minor,
        changes,
    })
}

/// The share of a fare that is given back; `None` when the passenger has nothing ahead on the journey.
fn carriage(
    contract: &Contract,
    flights: &Flights,
    item: &order_item::Model,
    ahead: &HashSet<FlightSegmentId>,
) -> Option<i64> {
    let places = places(contract, item.journey_id?, item.passenger_id);
    let km = |segment: &&flight_segment::Model| {
        flights
            .get(&segment.flight_id)
            .map_or(1, |flight| whole_km(flight.distance_km))
    };
    let total: u32 = places.iter().map(km).sum();
    let unflown: u32 = places
        .iter()
        .filter(|segment| ahead.contains(&segment.id))
        .map(km)
        .sum();
    (unflown > 0).then(|| unflown_share(item.price_minor, unflown, total))
}

/// A passenger's places on a journey that were not given up before.
fn places(
    contract: &Contract,
    journey: JourneyId,
    passenger: PassengerId,
) -> Vec<&flight_segment::Model> {
    let counts = |status| holds(status) || status == SegmentStatus::NoShow;
    contract
        .segments_of(journey)
        .filter(|segment| segment.passenger_id == passenger && counts(segment.status))
        .collect()
}

/// Whether the price of an ancillary is owed back: the airline could not deliver it, or it is given up with its flight.
/// What is tied to no flight goes with the rest.
fn is_owed_back(ancillary: &ancillary::Model, ahead: &HashSet<FlightSegmentId>) -> bool {
    match ancillary.status {
        AncillaryStatus::ServiceDisruption => true,
        AncillaryStatus::Booked | AncillaryStatus::Paid => ancillary
            .flight_segment_id
            .is_none_or(|segment| ahead.contains(&segment)),
        AncillaryStatus::Fulfilled | AncillaryStatus::Refunded | AncillaryStatus::Expired => false,
    }
}

fn removed(
    contract: &Contract,
    ahead: &HashSet<FlightSegmentId>,
    refunded: &[&ancillary::Model],
) -> Vec<(entities::id::ServiceId, DeliveryStatus)> {
    let is_given_up = |service: &&entities::order::service::Model| match service.ancillary_id {
        Some(id) => refunded.iter().any(|ancillary| {
            ancillary.id == id && ancillary.status != AncillaryStatus::ServiceDisruption
        }),
        None => service
            .flight_segment_id
            .is_some_and(|segment| ahead.contains(&segment)),
    };
    let services = contract
        .services
        .iter()
        .filter(|service| service.delivery_status != DeliveryStatus::Removed);
    services
        .filter(is_given_up)
        .map(|service| (service.id, DeliveryStatus::Removed))
        .collect()
}

#[cfg(test)]
mod tests;
