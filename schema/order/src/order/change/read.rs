use std::collections::HashSet;

use async_graphql::MaybeUndefined;
use entities::id::{FlightId, FlightSegmentId, JourneyId};
use schema_kernel::{id, problem::FieldProblem};

use super::{ChangeOrderInput, SeatChangeInput};
use crate::{
    journey::itinerary::{self, Leg},
    order::contract::{Contract, limit},
};

/// Changes that are right by themselves.
#[derive(Debug)]
pub(super) struct Wanted {
    /// In the order of the input.
    pub(super) moves: Vec<(JourneyId, Vec<Leg>)>,
    /// In the order of the input; `None` gives the seat up.
    pub(super) seats: Vec<(FlightSegmentId, Option<String>)>,
}

impl Wanted {
    pub(super) fn flight_ids(&self) -> impl Iterator<Item = FlightId> {
        self.moves
            .iter()
            .flat_map(|(_, legs)| legs.iter().map(|leg| leg.flight_id))
    }

    pub(super) fn seats_on(&self, contract: &Contract) -> Vec<(FlightId, String)> {
        let wanted = |(segment, seat): &(FlightSegmentId, Option<String>)| {
            Some((contract.segment(*segment)?.flight_id, seat.clone()?))
        };
        self.seats.iter().filter_map(wanted).collect()
    }
}

// A passenger has a place on each flight of each journey, and no order has more.
const SEATS: usize = limit::PASSENGERS * limit::JOURNEYS * limit::FLIGHTS;

/// Reads the changes, or says everything that cannot be right in them.
pub(super) fn wanted(input: &ChangeOrderInput) -> Result<Wanted, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if input.move_journeys.is_empty() && input.seats.is_empty() {
        problems.push(FieldProblem::at(
            "input",
            "There is nothing to change; give `moveJourneys` or `seats`.",
        ));
    }
    if input.move_journeys.len() > limit::JOURNEYS || input.seats.len() > SEATS {
        problems.push(FieldProblem::at(
            "input",
            format!(
                "At most {} journeys and {SEATS} seats are changed at once.",
                limit::JOURNEYS
            ),
        ));
        return Err(problems);
    }
    let wanted = Wanted {
        moves: moves(input, &mut problems),
        seats: seats(&input.seats, &mut problems),
    };
    if problems.is_empty() {
        Ok(wanted)
    } else {
        Err(problems)
    }
}

fn moves(input: &ChangeOrderInput, problems: &mut Vec<FieldProblem>) -> Vec<(JourneyId, Vec<Leg>)> {
    let mut known = HashSet::new();
    let mut moves = Vec::with_capacity(input.move_journeys.len());
    for (index, wanted) in input.move_journeys.iter().enumerate() {
        let path = format!("input.moveJourneys.{index}");
        let legs = itinerary::read(&format!("{path}.segments"), &wanted.segments, problems);
        match id::try_read(&wanted.journey_id) {
            None => problems.push(FieldProblem::at(
                &format!("{path}.journeyId"),
                "There is no journey with this id in the order.",
            )),
            Some(journey) if !known.insert(journey) => {
                problems.push(FieldProblem::at(
                    &format!("{path}.journeyId"),
                    "This journey is moved twice; move it once.",
                ));
            }
            Some(journey) => moves.push((journey, legs)),
        }
    }
    moves
}

fn seats(
    inputs: &[SeatChangeInput],
    problems: &mut Vec<FieldProblem>,
) -> Vec<(FlightSegmentId, Option<String>)> {
    let mut known = HashSet::new();
    let mut seats = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.iter().enumerate() {
        let path = format!("input.seats.{index}");
        let segment =
            id::try_read(&input.flight_segment_id).filter(|segment| known.insert(*segment));
        if segment.is_none() {
            problems.push(FieldProblem::at(&format!("{path}.flightSegmentId"), "There is no flight segment with this id in the order, or its seat is changed twice."));
        }
        let seat = match &input.seat {
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(text) => itinerary::seat(text).map(Some),
            MaybeUndefined::Undefined => None,
        };
        match (segment, seat) {
            (Some(segment), Some(seat)) => seats.push((segment, seat)),
            (_, None) => problems.push(FieldProblem::at(
                &format!("{path}.seat"),
                "A seat is a row from 1 to 99 and a letter, like \"12A\"; `null` gives it up.",
            )),
            (None, Some(_)) => {}
        }
    }
    seats
}
