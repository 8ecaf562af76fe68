//! The rows of an order.

mod carry;
mod progress;

use chrono::{DateTime, Utc};
use entities::{
    id::{CustomerId, FlightSegmentId, JourneyId, OrderId, OrderItemId, PassengerId},
    order::{
        journey,
        order::{self, FareKind, OrderChannel, OrderStatus, PaymentMethod},
        order_item::{self, OrderItemKind, OrderItemStatus},
        passenger, service,
        ticket::{self, Coupon, Coupons},
    },
};
use schema_kernel::Error;
use serde_json::json;

pub(super) use self::progress::Progress;
use super::{
    course, disruption, extra,
    household::Household,
    rows::Rows,
    seat::Seats,
    stream::{Purpose, Stream, locator, serial},
    timeline,
    trip::Trip,
    world::World,
};

/// At most so many orders are counted for each customer, and so many documents for each order, in numbers that must never
/// come twice.
const ORDERS_EACH: u64 = 8;
const DOCUMENTS_EACH: u64 = 32;

const CHANNELS: [(usize, OrderChannel); 6] = [
    (45, OrderChannel::Web),
    (25, OrderChannel::App),
    (10, OrderChannel::ContactCentre),
    (4, OrderChannel::Airport),
    (12, OrderChannel::Agency),
    (4, OrderChannel::Partner),
];
const FARE_KINDS: [(usize, FareKind); 3] = [
    (925, FareKind::Public),
    (60, FareKind::Award),
    (15, FareKind::Staff),
];

/// One passenger's place on one flight, with what the rest of the order needs to know of it.
pub(super) struct Place {
    pub(super) id: FlightSegmentId,
    pub(super) journey: JourneyId,
    pub(super) flight: usize,
    pub(super) progress: Progress,
}

/// A passenger, with the fares of each journey and places in order of travel.
pub(super) struct Traveller {
    pub(super) row: passenger::Model,
    pub(super) fares: Vec<i64>,
    pub(super) places: Vec<Place>,
}

/// Puts an order together.
pub(super) struct Draft<'a> {
    pub(super) world: &'a World,
    pub(super) stream: Stream,
    pub(super) order: order::Model,
    pub(super) items: Vec<order_item::Model>,
    pub(super) services: Vec<service::Model>,
    pub(super) journeys: Vec<journey::Model>,
    pub(super) trip: &'a Trip,
    documents: u64,
}

/// Writes the order that a household places with a trip; `number` counts its orders.
pub(super) fn write(
    world: &World,
    household: &Household,
    (trip, number): (&Trip, u64),
    seats: &mut Seats,
    rows: &mut Rows,
) -> Result<OrderId, Error> {
    let index = household.members[0].index * ORDERS_EACH + number;
    let stream = Stream::new(world.seed, Purpose::Order, index);
    let mut draft = Draft::new(world, household, trip, stream, index);
    let mut travellers = draft.travellers(household);
    draft.carry(&mut travellers, seats, rows);
    extra::write(&mut draft, &travellers, rows);
    draft.ticket(&travellers, rows);
    course::note(&draft, rows);
    disruption::note(&draft, &travellers, rows)?;
    draft.finish(travellers, rows)
}

impl<'a> Draft<'a> {
    fn new(
        world: &'a World,
        household: &Household,
        trip: &'a Trip,
        mut stream: Stream,
        index: u64,
    ) -> Self {
        let order = placed(world, household, trip, &mut stream, locator(index));
        Self {
            world,
            stream,
            order,
            items: Vec::new(),
            services: Vec::new(),
            journeys: Vec::new(),
            trip,
            documents: index * DOCUMENTS_EACH,
        }
    }

    /// The next document number of the order's airline: 13 digits.
    pub(super) fn document(&mut self) -> String {
        let prefix = self
            .world
            .reference
            .ticketing_prefix(&self.order.owner_airline);
        self.documents += 1;
        format!("{prefix:0>3}{:010}", serial(self.documents - 1))
    }

    pub(super) fn placed_at(&self) -> DateTime<Utc> {
        self.order.placed_at
    }

    pub(super) fn item(
        &mut self,
        passenger_id: PassengerId,
        kind: OrderItemKind,
        journey_id: Option<JourneyId>,
        price_minor: i64,
        status: OrderItemStatus,
    ) -> OrderItemId {
        let id = self.stream.id(self.placed_at());
        self.order.total_minor += price_minor;
        self.items.push(order_item::Model {
            id,
            order_id: self.order.id,
            customer_id: self.order.customer_id,
            passenger_id,
            journey_id,
            ancillary_id: None,
            kind,
            status,
            price_minor,
            position: i32::try_from(self.items.len()).unwrap_or(i32::MAX),
        });
        id
    }

    pub(super) fn service(
        &mut self,
        order_item_id: OrderItemId,
        passenger_id: PassengerId,
        flight_segment_id: Option<FlightSegmentId>,
        ancillary_id: Option<entities::id::AncillaryId>,
        progress: Progress,
    ) {
        self.services.push(service::Model {
            id: self.stream.id(self.placed_at()),
            order_id: self.order.id,
            order_item_id,
            customer_id: self.order.customer_id,
            passenger_id,
            flight_segment_id,
            ancillary_id,
            delivery_status: progress.delivery(),
            position: i32::try_from(self.services.len()).unwrap_or(i32::MAX),
        });
    }

    /// Tickets: four coupons on each, the next document for the rest.
    fn ticket(&mut self, travellers: &[Traveller], rows: &mut Rows) {
        for traveller in travellers {
            for places in traveller.places.chunks(4) {
                let coupon = |(number, place): (i32, &Place)| Coupon {
                    number,
                    flight_segment_id: place.id,
                    status: place.progress.coupon(),
                };
                rows.tickets.push(ticket::Model {
                    id: self.stream.id(self.placed_at()),
                    order_id: self.order.id,
                    customer_id: self.order.customer_id,
                    passenger_id: traveller.row.id,
                    number: self.document(),
                    issued_at: self.placed_at(),
                    coupons: Coupons((1..).zip(places).map(coupon).collect()),
                });
            }
        }
    }

    fn finish(mut self, travellers: Vec<Traveller>, rows: &mut Rows) -> Result<OrderId, Error> {
        let is_over = self
            .items
            .iter()
            .all(|item| item.status == OrderItemStatus::Completed);
        if is_over {
            self.order.status = OrderStatus::Completed;
        }
        if self.trip.is_given_up {
            self.order.refund_minor = self.order.total_minor * 7 / 10;
        }
        self.tell(rows)?;
        let id = self.order.id;
        rows.orders.push(self.order);
        rows.items.extend(self.items);
        rows.services.extend(self.services);
        rows.journeys.extend(self.journeys);
        rows.passengers
            .extend(travellers.into_iter().map(|traveller| traveller.row));
        Ok(id)
    }

    /// What the customer's timeline says of the order.
    fn tell(&self, rows: &mut Rows) -> Result<(), Error> {
        let order = &self.order;
        let journeys: Vec<_> = self.journeys.iter().map(|journey| json!({ "origin": journey.origin, "destination": journey.destination, "departs_at": journey.departs_at })).collect();
        let data = json!({ "order_id": order.id, "record_locator": order.record_locator, "total_minor": order.total_minor, "currency": order.currency, "journeys": journeys });
        let mut say = |kind, at, data| {
            timeline::tell(
                &mut rows.timeline,
                &self.stream,
                (kind, at),
                self.owner(),
                data,
            )
        };
        say("order.order.placed.v1", order.placed_at, data.clone())?;
        if let Some(cancelled_at) = order.cancelled_at {
            let mut data = data;
            data["refund_minor"] = order.refund_minor.into();
            say("order.order.cancelled.v1", cancelled_at, data)?;
        }
        Ok(())
    }

    /// Whose order it is.
    pub(super) fn owner(&self) -> (OrderId, CustomerId) {
        (self.order.id, self.order.customer_id)
    }
}

/// The order as it was placed, before anything is in it.
fn placed(
    world: &World,
    household: &Household,
    trip: &Trip,
    stream: &mut Stream,
    record_locator: String,
) -> order::Model {
    let first = world.timetable.flight(trip.journeys[0][0]);
    let given_up_at = trip.placed_at + (world.calendar.now() - trip.placed_at) / 2;
    let status = if trip.is_given_up {
        OrderStatus::Cancelled
    } else {
        OrderStatus::Open
    };
    order::Model {
        id: stream.id(trip.placed_at),
        customer_id: household.members[0].id,
        record_locator,
        owner_airline: seller(&first.carrier).to_owned(),
        channel: stream.weighted(&CHANNELS),
        status,
        currency: household.country.currency.to_owned(),
        total_minor: 0,
        refund_minor: 0,
        payment_method: stream.weighted(&[(84, PaymentMethod::Card), (16, PaymentMethod::Other)]),
        fare_kind: stream.weighted(&FARE_KINDS),
        placed_at: trip.placed_at,
        cancelled_at: trip.is_given_up.then_some(given_up_at),
        version: if trip.is_given_up { 2 } else { 1 },
    }
}

/// The airline that sells a flight: regional carriers fly for others.
fn seller(carrier: &str) -> &str {
    match carrier {
        "9E" => "DL",
        "EV" | "OO" => "UA",
        "MQ" => "AA",
        "YV" => "US",
        "FL" => "WN",
        other => other,
    }
}
