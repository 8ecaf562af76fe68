//! What a change comes to: the places given up, the new ones, and everything that follows them.

mod follow;
mod seat;

use entities::{
    id::{FlightId, FlightSegmentId, PassengerId},
    order::{
        flight::{self, Status},
        flight_segment::{self, SegmentStatus, TravelStatus},
        journey,
    },
};
use schema_kernel::{Session, problem::FieldProblem};

use super::read::Wanted;
use crate::{
    journey::{
        itinerary::{self, Leg},
        state::holds,
    },
    order::{
        contract::{Contract, Flights, store::Changes},
        state::is_ahead,
    },
};

/// What a change comes to.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) changes: Changes,
    /// All journeys as they are afterwards, in order.
    pub(super) journeys: Vec<journey::Model>,
}

struct Planner<'a> {
    session: &'a Session,
    contract: &'a Contract,
    flights: &'a Flights,
    changes: Changes,
    journeys: Vec<journey::Model>,
    problems: Vec<FieldProblem>,
}

/// Plans the changes against the order and the flights as they stand; or says everything that cannot be right.
pub(super) fn of(
    session: &Session,
    contract: &Contract,
    wanted: &Wanted,
    flights: &Flights,
    taken: &[(FlightId, String)],
) -> Result<Plan, Vec<FieldProblem>> {
    let journeys = contract.journeys.clone();
    let mut planner = Planner {
        session,
        contract,
        flights,
        changes: Changes::default(),
        journeys,
        problems: Vec::new(),
    };
    for (index, (journey, legs)) in wanted.moves.iter().enumerate() {
        let path = format!("input.moveJourneys.{index}");
        match planner
            .journeys
            .iter()
            .position(|known| known.id == *journey)
        {
            Some(place) => planner.relocate(&path, place, legs),
            None => planner.problems.push(FieldProblem::at(
                &format!("{path}.journeyId"),
                "There is no journey with this id in the order.",
            )),
        }
    }
    if planner
        .journeys
        .windows(2)
        .any(|pair| pair[0].arrives_at > pair[1].departs_at)
    {
        planner.problems.push(FieldProblem::at(
            "input.moveJourneys",
            "A journey would begin before the one before it ends; move them in order of travel.",
        ));
    }
    planner.seats(wanted, taken);
    if planner.problems.is_empty() {
        Ok(Plan {
            changes: planner.changes,
            journeys: planner.journeys,
        })
    } else {
        Err(planner.problems)
    }
}

fn position(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

impl<'a> Planner<'a> {
    fn relocate(&mut self, path: &str, place: usize, legs: &[Leg]) {
        let found = itinerary::check(
            &format!("{path}.segments"),
            legs,
            self.flights,
            self.session.now(),
            &mut self.problems,
        );
        let (Some(first), Some(last)) = (found.first(), found.last()) else {
            return;
        };
        let journey = self.journeys[place].clone();
        if (first.origin.as_str(), last.destination.as_str())
            != (journey.origin.as_str(), journey.destination.as_str())
        {
            let message = format!(
                "The journey goes from {} to {}, and so do the flights it is moved to.",
                journey.origin, journey.destination
            );
            self.problems
                .push(FieldProblem::at(&format!("{path}.segments"), message));
        }
        let contract = self.contract;
        let held: Vec<&flight_segment::Model> = contract
            .segments_of(journey.id)
            .filter(|segment| holds(segment.status))
            .collect();
        if held.is_empty() || held.iter().any(|segment| !self.is_ahead(segment)) {
            self.problems.push(FieldProblem::at(&format!("{path}.journeyId"), "This journey has begun or was given up; only journeys that are still ahead are moved."));
        }
        if !self.problems.is_empty() {
            return;
        }
        self.journeys[place].departs_at = first.scheduled_departure_at;
        self.journeys[place].arrives_at = last.scheduled_arrival_at;
        self.changes.journeys.push(self.journeys[place].clone());
        for passenger in &contract.passengers {
            let old: Vec<_> = held
                .iter()
                .copied()
                .filter(|segment| segment.passenger_id == passenger.id)
                .collect();
            if !old.is_empty() {
                self.rebook(passenger.id, &old, legs);
            }
        }
    }

    fn is_ahead(&self, segment: &flight_segment::Model) -> bool {
        self.flights
            .get(&segment.flight_id)
            .is_some_and(|flight| is_ahead(segment, flight, self.session.now()))
    }

    fn is_broken(&self, segment: &flight_segment::Model) -> bool {
        let is_broken =
            |flight: &flight::Model| matches!(flight.status, Status::Cancelled | Status::Diverted);
        self.flights.get(&segment.flight_id).is_some_and(is_broken)
    }

    /// One passenger of a journey, from the old flights to the new.
    fn rebook(&mut self, passenger: PassengerId, old: &[&'a flight_segment::Model], legs: &[Leg]) {
        let Some(model) = old.first() else { return };
        let travel_status = if old.iter().any(|segment| self.is_broken(segment)) {
            TravelStatus::InvolRebooked
        } else {
            TravelStatus::Expected
        };
        let new: Vec<FlightSegmentId> = legs
            .iter()
            .enumerate()
            .map(|(sequence, leg)| {
                let segment = self.place(model, sequence, leg, travel_status);
                let id = segment.id;
                self.changes.new_segments.push(segment);
                id
            })
            .collect();
        self.services(model, &new);
        let given_up: Vec<FlightSegmentId> = old.iter().map(|segment| segment.id).collect();
        for (index, segment) in old.iter().enumerate() {
            let status = if self.is_broken(segment) {
                SegmentStatus::CancelledByCarrier
            } else {
                SegmentStatus::Cancelled
            };
            self.changes.given_up.push((segment.id, status));
            if self
                .contract
                .ancillaries
                .iter()
                .any(|ancillary| ancillary.flight_segment_id == Some(segment.id))
            {
                self.changes
                    .followed
                    .push((segment.id, new[index.min(new.len() - 1)]));
            }
        }
        self.exchange(passenger, &given_up, &new);
    }

    fn place(
        &self,
        model: &flight_segment::Model,
        sequence: usize,
        leg: &Leg,
        travel_status: TravelStatus,
    ) -> flight_segment::Model {
        flight_segment::Model {
            id: self.session.new_id(),
            flight_id: leg.flight_id,
            sequence: position(sequence),
            booking_class: leg.booking_class.clone(),
            cabin: leg.cabin,
            seat: None,
            fare_basis: leg.fare_basis.clone(),
            status: SegmentStatus::Confirmed,
            travel_status,
            ..model.clone()
        }
    }
}
