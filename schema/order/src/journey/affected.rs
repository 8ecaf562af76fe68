//! The passenger journeys that something on a flight touches, with all that a decision about them needs.

mod store;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entities::{
    id::{CustomerId, FlightId, FlightSegmentId, JourneyId, OrderId, PassengerId},
    order::{
        flight,
        flight_segment::{self, Cabin},
        journey,
        order::{self, FareKind, PaymentMethod},
        order_item::{self, OrderItemKind},
        passenger::{self, PassengerKind},
    },
};
use schema_kernel::scalar::DateTime;

pub use self::store::of_flights;

/// One passenger's journey that has a place on one of the flights asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct AffectedJourney {
    /// The journey.
    pub journey_id: JourneyId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// Who travels.
    pub passenger_id: PassengerId,
    /// The customer it is about: the passenger's own record where it is known, else the one who ordered.
    pub customer_id: CustomerId,
    /// IATA code of the first airport.
    pub origin: String,
    /// IATA code of the final airport.
    pub destination: String,
    /// The departure from the first airport, as it was sold.
    pub scheduled_departure_at: DateTime,
    /// The arrival at the final airport, as it was sold.
    pub scheduled_arrival_at: DateTime,
    /// The passenger's flights in order of travel, only those on which a place is held.
    pub segments: Vec<AffectedSegment>,
    /// What kind of passenger.
    pub passenger_kind: PassengerKind,
    /// Whether they have a seat of their own.
    pub has_seat: bool,
    /// What was paid for this passenger's carriage on this journey, in minor units.
    pub fare_minor: i64,
    /// What was paid for ancillaries of this passenger on this journey, in minor units.
    pub ancillary_fees_minor: i64,
    /// ISO 4217 code of both.
    pub currency: String,
    /// How the order was paid.
    pub payment_method: PaymentMethod,
    /// What kind of fare was paid.
    pub fare_kind: FareKind,
}

/// One flight of an affected journey, as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct AffectedSegment {
    /// The passenger's place on it.
    pub id: FlightSegmentId,
    /// The cabin that was sold.
    pub cabin: Cabin,
    /// The flight; shared by all journeys that use it.
    pub flight: Arc<flight::Model>,
}

/// What the store read, before it is put together.
#[derive(Debug, Default)]
struct Facts {
    /// By journey, passenger and sequence.
    segments: Vec<flight_segment::Model>,
    flights: Vec<flight::Model>,
    journeys: Vec<journey::Model>,
    passengers: Vec<passenger::Model>,
    orders: Vec<order::Model>,
    items: Vec<order_item::Model>,
}

type Part = (JourneyId, PassengerId);

/// Amounts by journey and passenger: the fare, then the ancillaries.
fn amounts(items: &[order_item::Model]) -> HashMap<Part, (i64, i64)> {
    let mut amounts = HashMap::new();
    for item in items {
        let Some(journey) = item.journey_id else {
            continue;
        };
        let (fare, ancillaries) = amounts
            .entry((journey, item.passenger_id))
            .or_insert((0, 0));
        match item.kind {
            OrderItemKind::Flight => *fare += item.price_minor,
            OrderItemKind::Ancillary => *ancillaries += item.price_minor,
        }
    }
    amounts
}

fn by_id<Id: std::hash::Hash + Eq, Row>(rows: Vec<Row>, id: fn(&Row) -> Id) -> HashMap<Id, Row> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

/// Puts the facts together, one result per journey and passenger that is on one of `asked`, in a stable order.
fn assemble(asked: &HashSet<FlightId>, facts: Facts) -> Vec<AffectedJourney> {
    let amounts = amounts(&facts.items);
    let flights: HashMap<FlightId, Arc<flight::Model>> = facts
        .flights
        .into_iter()
        .map(|flight| (flight.id, Arc::new(flight)))
        .collect();
    let journeys = by_id(facts.journeys, |row| row.id);
    let passengers = by_id(facts.passengers, |row| row.id);
    let orders = by_id(facts.orders, |row| row.id);
    facts
        .segments
        .chunk_by(|one, next| {
            (one.journey_id, one.passenger_id) == (next.journey_id, next.passenger_id)
        })
        .filter(|segments| {
            segments
                .iter()
                .any(|segment| asked.contains(&segment.flight_id))
        })
        .filter_map(|segments| {
            let first = segments.first()?;
            let journey = journeys.get(&first.journey_id)?;
            let passenger = passengers.get(&first.passenger_id)?;
            let order = orders.get(&first.order_id)?;
            let (fare, ancillaries) = amounts
                .get(&(journey.id, passenger.id))
                .copied()
                .unwrap_or_default();
            Some(AffectedJourney {
                journey_id: journey.id,
                order_id: order.id,
                passenger_id: passenger.id,
                customer_id: passenger.traveller_id.unwrap_or(order.customer_id),
                origin: journey.origin.clone(),
                destination: journey.destination.clone(),
                scheduled_departure_at: journey.departs_at,
                scheduled_arrival_at: journey.arrives_at,
                segments: places(segments, &flights),
                passenger_kind: passenger.kind,
                has_seat: passenger.has_seat,
                fare_minor: fare,
                ancillary_fees_minor: ancillaries,
                currency: order.currency.clone(),
                payment_method: order.payment_method,
                fare_kind: order.fare_kind,
            })
        })
        .collect()
}

fn places(
    segments: &[flight_segment::Model],
    flights: &HashMap<FlightId, Arc<flight::Model>>,
) -> Vec<AffectedSegment> {
    segments
        .iter()
        .filter_map(|segment| {
            let flight = flights.get(&segment.flight_id)?.clone();
            Some(AffectedSegment {
                id: segment.id,
                cabin: segment.cabin,
                flight,
            })
        })
        .collect()
}
