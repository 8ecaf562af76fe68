use std::collections::HashMap;

use schema_kernel::problem::FieldProblem;

use super::{
    super::{JourneyInput, SeatInput},
    Traveller, Trip, place, price,
};
use crate::{journey::itinerary, order::amount::MAXIMUM_MINOR};

/// Reads one journey; what cannot be right is added to `problems`.
pub(super) fn one(
    index: usize,
    input: &JourneyInput,
    passengers: &[Traveller],
    problems: &mut Vec<FieldProblem>,
) -> Trip {
    let path = format!("input.journeys.{index}");
    let legs = itinerary::read(&format!("{path}.segments"), &input.segments, problems);
    if input.fares_minor.len() != passengers.len() {
        problems.push(FieldProblem::at(
            &format!("{path}.faresMinor"),
            "There is one fare for each passenger, in the order of `passengers`.",
        ));
    }
    for (passenger, fare) in input.fares_minor.iter().enumerate() {
        price(&format!("{path}.faresMinor.{passenger}"), fare.0, problems);
    }
    let mut seats = HashMap::new();
    for (place, wanted) in input.seats.iter().enumerate() {
        match seat(wanted, passengers, input.segments.len()) {
            Ok((at, _)) if seats.contains_key(&at) => {
                problems.push(FieldProblem::at(
                    &format!("{path}.seats.{place}"),
                    "This passenger has a seat on this flight already.",
                ));
            }
            Ok((at, seat)) => drop(seats.insert(at, seat)),
            Err((field, message)) => problems.push(FieldProblem::at(
                &format!("{path}.seats.{place}.{field}"),
                message,
            )),
        }
    }
    Trip {
        legs,
        fares: input
            .fares_minor
            .iter()
            .map(|fare| fare.0.clamp(0, MAXIMUM_MINOR))
            .collect(),
        seats,
    }
}

type Seat = ((usize, usize), String);

fn seat(
    input: &SeatInput,
    passengers: &[Traveller],
    segments: usize,
) -> Result<Seat, (&'static str, &'static str)> {
    let passenger = place(input.passenger, passengers.len()).ok_or((
        "passenger",
        "There is no such place in `passengers`; the first is 0.",
    ))?;
    let segment = place(input.segment, segments).ok_or((
        "segment",
        "There is no such place in `segments`; the first is 0.",
    ))?;
    if !passengers[passenger].has_seat {
        return Err((
            "passenger",
            "This passenger travels on a lap and has no seat.",
        ));
    }
    let seat = itinerary::seat(&input.seat).ok_or((
        "seat",
        "A seat is a row from 1 to 99 and a letter, like \"12A\".",
    ))?;
    Ok(((passenger, segment), seat))
}
