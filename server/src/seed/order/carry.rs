//! Who travels, on which journeys, in which seats, at what price.

use chrono::TimeDelta;
use entities::{
    id::{JourneyId, PassengerId},
    order::{
        flight::{self, Status},
        flight_segment::{self, Cabin, SegmentStatus, TravelStatus},
        journey::{self, JourneyDirection},
        order::FareKind,
        order_item::{OrderItemKind, OrderItemStatus},
        passenger::{self, PassengerKind},
    },
};
use schema_order::passenger::family_name_key;
use schema_profile::customer::name::document_name;

use super::{Draft, Place, Progress, Traveller};
use crate::seed::{household::Household, person::Person, price, rows::Rows, seat::Seats};

impl Draft<'_> {
    pub(super) fn travellers(&self, household: &Household) -> Vec<Traveller> {
        let day = self
            .world
            .timetable
            .flight(self.trip.journeys[0][0])
            .departs_on;
        let people = self
            .trip
            .travellers
            .iter()
            .map(|place| &household.members[*place]);
        (0..)
            .zip(people)
            .map(|(position, person)| Traveller {
                row: self.passenger(person, person.passenger_kind(day), position),
                fares: Vec::new(),
                places: Vec::new(),
            })
            .collect()
    }

    fn passenger(&self, person: &Person, kind: PassengerKind, position: i32) -> passenger::Model {
        let spelled = |name: &str| document_name(name).unwrap_or_default();
        let family_name = spelled(&person.family);
        passenger::Model {
            id: self.stream.id(self.placed_at()),
            order_id: self.order.id,
            customer_id: self.order.customer_id,
            traveller_id: (person.index < self.world.customers).then_some(person.id),
            // What travel documents show of people with a single name: "first name unknown".
            given_name: person
                .given
                .as_deref()
                .map_or_else(|| "FNU".to_owned(), spelled),
            family_name_key: family_name_key(&family_name),
            family_name,
            kind,
            has_seat: kind != PassengerKind::Infant,
            position,
        }
    }

    /// Journeys, and each passenger's place on each flight of them.
    pub(super) fn carry(
        &mut self,
        travellers: &mut [Traveller],
        seats: &mut Seats,
        rows: &mut Rows,
    ) {
        for (position, flights) in (0..).zip(&self.trip.journeys) {
            let (Some(first), Some(last)) = (flights.first(), flights.last()) else {
                continue;
            };
            let (first, last) = (
                self.world.timetable.flight(*first),
                self.world.timetable.flight(*last),
            );
            let journey = journey::Model {
                id: self.stream.id(self.placed_at()),
                order_id: self.order.id,
                customer_id: self.order.customer_id,
                origin: first.origin.clone(),
                destination: last.destination.clone(),
                departs_at: first.scheduled_departure_at,
                arrives_at: last.scheduled_arrival_at,
                direction: if position == 0 {
                    JourneyDirection::Outbound
                } else {
                    JourneyDirection::Inbound
                },
                position,
            };
            let demand = price::demand(&mut self.stream);
            for traveller in &mut *travellers {
                self.carriage(&journey, flights, (traveller, demand), seats, rows);
            }
            self.journeys.push(journey);
        }
    }

    fn carriage(
        &mut self,
        journey: &journey::Model,
        flights: &[usize],
        (traveller, demand): (&mut Traveller, i64),
        seats: &mut Seats,
        rows: &mut Rows,
    ) {
        let price = self.fare(flights, traveller.row.kind, demand);
        traveller.fares.push(price);
        let status = self.status_of(flights);
        let item = self.item(
            traveller.row.id,
            OrderItemKind::Flight,
            Some(journey.id),
            price,
            status,
        );
        for (sequence, place) in (0..).zip(flights) {
            let progress = self.progress(self.world.timetable.flight(*place));
            let has_seat = traveller.row.has_seat && progress != Progress::GivenUp;
            let seat = if has_seat {
                seats.next(*place, self.trip.cabin)
            } else {
                None
            };
            let segment = self.segment(journey.id, traveller.row.id, (sequence, *place), demand);
            let segment = flight_segment::Model {
                seat,
                status: progress.segment(),
                travel_status: progress.travel(),
                ..segment
            };
            self.service(item, traveller.row.id, Some(segment.id), None, progress);
            traveller.places.push(Place {
                id: segment.id,
                journey: journey.id,
                flight: *place,
                progress,
            });
            rows.segments.push(segment);
        }
    }

    /// A place on a flight, as it was booked.
    fn segment(
        &self,
        journey_id: JourneyId,
        passenger_id: PassengerId,
        (sequence, place): (i32, usize),
        demand: i64,
    ) -> flight_segment::Model {
        flight_segment::Model {
            id: self.stream.id(self.placed_at()),
            order_id: self.order.id,
            customer_id: self.order.customer_id,
            journey_id,
            passenger_id,
            flight_id: self.world.timetable.flight(place).id,
            sequence,
            booking_class: price::booking_class(self.trip.cabin, demand).to_owned(),
            cabin: self.trip.cabin,
            seat: None,
            fare_basis: Some(fare_basis(self.trip.cabin, demand)),
            status: SegmentStatus::Confirmed,
            travel_status: TravelStatus::Expected,
        }
    }

    fn fare(&self, flights: &[usize], kind: PassengerKind, demand: i64) -> i64 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "distances on the earth are short numbers"
        )]
        let kilometres = flights
            .iter()
            .map(|place| self.world.timetable.flight(*place).distance_km)
            .sum::<f64>() as i64;
        let fare = price::fare(
            kilometres,
            self.trip.cabin,
            kind,
            demand,
            &self.order.currency,
        );
        match self.order.fare_kind {
            FareKind::Public => fare,
            // What is left to pay: taxes, or a tenth.
            FareKind::Award | FareKind::Staff => fare / 10,
        }
    }

    fn progress(&mut self, flight: &flight::Model) -> Progress {
        let now = self.world.calendar.now();
        match flight.status {
            _ if self.trip.is_given_up => Progress::GivenUp,
            Status::Arrived | Status::Diverted => Progress::Flown,
            Status::Departed => Progress::OnBoard,
            Status::Scheduled | Status::Delayed | Status::Cancelled => {
                let leaves_in = flight.scheduled_departure_at - now;
                let can_check_in =
                    leaves_in > TimeDelta::zero() && leaves_in < TimeDelta::hours(24);
                if can_check_in && self.stream.chance(600) {
                    Progress::CheckedIn
                } else {
                    Progress::Coming
                }
            }
        }
    }

    fn status_of(&self, flights: &[usize]) -> OrderItemStatus {
        let has_arrived = |place: &usize| {
            matches!(
                self.world.timetable.flight(*place).status,
                Status::Arrived | Status::Diverted
            )
        };
        match self.trip.is_given_up {
            true => OrderItemStatus::Cancelled,
            false if flights.iter().all(has_arrived) => OrderItemStatus::Completed,
            false => OrderItemStatus::Active,
        }
    }
}

fn fare_basis(cabin: Cabin, demand: i64) -> String {
    let kind = if demand < 90 { "SAVER" } else { "FLEX" };
    format!("{}{kind}1", price::booking_class(cabin, demand))
}
