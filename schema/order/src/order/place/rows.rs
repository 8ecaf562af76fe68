//! The rows of a new order.

use entities::{
    id::{CustomerId, FlightSegmentId, JourneyId, OrderId, PassengerId},
    order::{
        ancillary::{self, AncillaryStatus},
        flight_segment::{self, SegmentStatus, TravelStatus},
        journey,
        order::{self, OrderStatus},
        order_item::{self, OrderItemKind, OrderItemStatus},
        passenger,
        service::{self, DeliveryStatus},
    },
};
use schema_kernel::Session;

use super::check::{Extra, Offer, Request};
use crate::{
    ancillary::rfic,
    journey::direction,
    order::{contract::Contract, reference_number},
    passenger::family_name_key,
    ticket,
};

struct Builder<'a> {
    session: &'a Session,
    request: &'a Request,
    offer: &'a Offer<'a>,
    contract: Contract,
    /// By trip, passenger and leg.
    places: Vec<Vec<Vec<FlightSegmentId>>>,
}

/// The rows of the order that `request` asks for, with new ids.
pub(super) fn of(
    session: &Session,
    customer_id: CustomerId,
    request: &Request,
    offer: &Offer<'_>,
) -> Contract {
    let contract = Contract {
        order: order(session, customer_id, request),
        items: Vec::new(),
        services: Vec::new(),
        journeys: Vec::new(),
        passengers: Vec::new(),
        segments: Vec::new(),
        tickets: Vec::new(),
        ancillaries: Vec::new(),
        bag_tags: Vec::new(),
    };
    let mut builder = Builder {
        session,
        request,
        offer,
        contract,
        places: Vec::new(),
    };
    builder.passengers();
    for trip in 0..request.trips.len() {
        builder.trip(trip);
    }
    for extra in &request.extras {
        builder.extra(extra);
    }
    builder.tickets();
    builder.contract
}

fn order(session: &Session, customer_id: CustomerId, request: &Request) -> order::Model {
    let id: OrderId = session.new_id();
    order::Model {
        id,
        customer_id,
        record_locator: reference_number::locator(id.0),
        owner_airline: request.owner_airline.as_str().to_owned(),
        channel: request.channel,
        status: OrderStatus::Open,
        currency: request.currency.to_owned(),
        total_minor: request.total_minor,
        refund_minor: 0,
        payment_method: request.payment_method,
        fare_kind: request.fare_kind,
        placed_at: session.now(),
        cancelled_at: None,
        version: 1,
    }
}

fn position(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

impl Builder<'_> {
    fn owner(&self) -> (OrderId, CustomerId) {
        (self.contract.order.id, self.contract.order.customer_id)
    }

    fn passengers(&mut self) {
        let (order_id, customer_id) = self.owner();
        for (index, traveller) in self.request.passengers.iter().enumerate() {
            self.contract.passengers.push(passenger::Model {
                id: self.session.new_id(),
                order_id,
                customer_id,
                traveller_id: traveller.customer_id,
                given_name: traveller.given_name.clone(),
                family_name: traveller.family_name.clone(),
                family_name_key: family_name_key(&traveller.family_name),
                kind: traveller.kind,
                has_seat: traveller.has_seat,
                position: position(index),
            });
        }
    }

    fn trip(&mut self, index: usize) {
        let flights = &self.offer.flights[index];
        let (Some(first), Some(last)) = (flights.first(), flights.last()) else {
            return;
        };
        let (order_id, customer_id) = self.owner();
        let home = self
            .contract
            .journeys
            .first()
            .map_or(first.origin.as_str(), |journey| journey.origin.as_str());
        let direction = direction(home, &last.destination);
        let id: JourneyId = self.session.new_id();
        self.contract.journeys.push(journey::Model {
            id,
            order_id,
            customer_id,
            origin: first.origin.clone(),
            destination: last.destination.clone(),
            departs_at: first.scheduled_departure_at,
            arrives_at: last.scheduled_arrival_at,
            direction,
            position: position(index),
        });
        let fares = self.request.trips[index].fares.clone();
        let passengers: Vec<PassengerId> = self
            .contract
            .passengers
            .iter()
            .map(|passenger| passenger.id)
            .collect();
        let places = passengers
            .into_iter()
            .zip(fares)
            .enumerate()
            .map(|(place, (passenger_id, fare))| {
                self.carriage(index, id, place, passenger_id, fare)
            })
            .collect();
        self.places.push(places);
    }

    /// One passenger on one journey: an item, and for each flight a segment and a service.
    fn carriage(
        &mut self,
        trip: usize,
        journey_id: JourneyId,
        place: usize,
        passenger_id: PassengerId,
        price_minor: i64,
    ) -> Vec<FlightSegmentId> {
        let (order_id, customer_id) = self.owner();
        let item = order_item::Model {
            id: self.session.new_id(),
            order_id,
            customer_id,
            passenger_id,
            journey_id: Some(journey_id),
            ancillary_id: None,
            kind: OrderItemKind::Flight,
            status: OrderItemStatus::Active,
            price_minor,
            position: position(self.contract.items.len()),
        };
        let wanted = &self.request.trips[trip];
        let mut places = Vec::with_capacity(wanted.legs.len());
        for (sequence, leg) in wanted.legs.iter().enumerate() {
            let id: FlightSegmentId = self.session.new_id();
            places.push(id);
            self.contract.segments.push(flight_segment::Model {
                id,
                order_id,
                customer_id,
                journey_id,
                passenger_id,
                flight_id: leg.flight_id,
                sequence: position(sequence),
                booking_class: leg.booking_class.clone(),
                cabin: leg.cabin,
                seat: wanted.seats.get(&(place, sequence)).cloned(),
                fare_basis: leg.fare_basis.clone(),
                status: SegmentStatus::Confirmed,
                travel_status: TravelStatus::Expected,
            });
            self.service(&item, Some(id));
        }
        self.contract.items.push(item);
        places
    }

    fn service(&mut self, item: &order_item::Model, flight_segment_id: Option<FlightSegmentId>) {
        self.contract.services.push(service::Model {
            id: self.session.new_id(),
            order_id: item.order_id,
            order_item_id: item.id,
            customer_id: item.customer_id,
            passenger_id: item.passenger_id,
            flight_segment_id,
            ancillary_id: item.ancillary_id,
            delivery_status: DeliveryStatus::ReadyToProceed,
            position: position(self.contract.services.len()),
        });
    }

    fn extra(&mut self, extra: &Extra) {
        let (order_id, customer_id) = self.owner();
        let passenger_id = self.contract.passengers[extra.passenger].id;
        let flight_segment_id = extra
            .place
            .map(|(trip, leg)| self.places[trip][extra.passenger][leg]);
        let id: entities::id::AncillaryId = self.session.new_id();
        self.contract.ancillaries.push(ancillary::Model {
            id,
            order_id,
            customer_id,
            passenger_id,
            flight_segment_id,
            kind: extra.kind,
            rfic: rfic(extra.kind).to_owned(),
            rfisc: extra.rfisc.clone(),
            emd_number: Some(reference_number::document(
                &self.offer.ticketing_prefix,
                id.0,
            )),
            status: AncillaryStatus::Paid,
            price_minor: extra.price_minor,
            position: position(self.contract.ancillaries.len()),
        });
        let item = order_item::Model {
            id: self.session.new_id(),
            order_id,
            customer_id,
            passenger_id,
            journey_id: extra.place.map(|(trip, _)| self.contract.journeys[trip].id),
            ancillary_id: Some(id),
            kind: OrderItemKind::Ancillary,
            status: OrderItemStatus::Active,
            price_minor: extra.price_minor,
            position: position(self.contract.items.len()),
        };
        self.service(&item, flight_segment_id);
        self.contract.items.push(item);
    }

    fn tickets(&mut self) {
        for (place, passenger) in self.contract.passengers.iter().enumerate() {
            let segments: Vec<FlightSegmentId> = self
                .places
                .iter()
                .flat_map(|trip| trip[place].iter().copied())
                .collect();
            self.contract.tickets.extend(ticket::issue(
                self.session,
                &self.offer.ticketing_prefix,
                passenger,
                &segments,
            ));
        }
    }
}
