//! The flights that somebody asks for, and whether they make a journey.

use async_graphql::{ID, InputObject};
use entities::{
    id::FlightId,
    order::flight::{self, Status},
};
use schema_kernel::{id, problem::FieldProblem, scalar::DateTime};

use super::{Cabin, state};
use crate::order::contract::{Flights, limit};

/// One flight of a journey to book, for every passenger.
#[derive(Clone, Debug, InputObject)]
pub struct SegmentInput {
    /// The flight. It has not left, and is not cancelled.
    pub flight_id: ID,
    /// The cabin.
    pub cabin: Cabin,
    /// The booking class (RBD): one letter. Example: `"Y"`.
    pub booking_class: String,
    /// The fare basis: up to 15 letters and digits. Example: `"YLE7AE"`.
    pub fare_basis: Option<String>,
}

/// A flight that was asked for, understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leg {
    pub(crate) flight_id: FlightId,
    pub(crate) cabin: entities::order::flight_segment::Cabin,
    pub(crate) booking_class: String,
    pub(crate) fare_basis: Option<String>,
}

/// Reads the flights of one journey; what cannot be right is added to `problems`.
pub(crate) fn read(
    path: &str,
    segments: &[SegmentInput],
    problems: &mut Vec<FieldProblem>,
) -> Vec<Leg> {
    if !(1..=limit::FLIGHTS).contains(&segments.len()) {
        problems.push(FieldProblem::at(
            path,
            format!("A journey has 1 to {} flights.", limit::FLIGHTS),
        ));
        return Vec::new();
    }
    let mut legs = Vec::with_capacity(segments.len());
    for (index, segment) in segments.iter().enumerate() {
        let path = format!("{path}.{index}");
        let before = problems.len();
        let flight_id = id::try_read(&segment.flight_id);
        if flight_id.is_none() {
            problems.push(unknown_flight(&path));
        }
        let booking_class = segment.booking_class.trim().to_ascii_uppercase();
        if booking_class.len() != 1 || !booking_class.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            problems.push(
                FieldProblem::at(
                    &format!("{path}.bookingClass"),
                    "A booking class is one letter, like \"Y\".",
                )
                .by("IATA RBD"),
            );
        }
        let fare_basis = segment
            .fare_basis
            .as_ref()
            .map(|basis| basis.trim().to_ascii_uppercase());
        if !fare_basis.as_deref().is_none_or(is_fare_basis) {
            problems.push(FieldProblem::at(
                &format!("{path}.fareBasis"),
                "A fare basis has 1 to 15 letters and digits, like \"YLE7AE\".",
            ));
        }
        if let (Some(flight_id), true) = (flight_id, problems.len() == before) {
            legs.push(Leg {
                flight_id,
                cabin: segment.cabin.into(),
                booking_class,
                fare_basis,
            });
        }
    }
    legs
}

fn is_fare_basis(text: &str) -> bool {
    (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn unknown_flight(path: &str) -> FieldProblem {
    FieldProblem::at(
        &format!("{path}.flightId"),
        "There is no flight with this id.",
    )
}

/// Checks that the legs can be flown one after another, and adds what is wrong to `problems`. Gives the flights in order
/// of travel when all are known.
pub(crate) fn check<'a>(
    path: &str,
    legs: &[Leg],
    flights: &'a Flights,
    now: DateTime,
    problems: &mut Vec<FieldProblem>,
) -> Vec<&'a flight::Model> {
    let mut found: Vec<&flight::Model> = Vec::with_capacity(legs.len());
    for (index, leg) in legs.iter().enumerate() {
        let path = format!("{path}.{index}");
        let Some(flight) = flights.get(&leg.flight_id) else {
            problems.push(unknown_flight(&path));
            continue;
        };
        if let Some(reason) = not_for_sale(flight, now) {
            problems.push(FieldProblem::at(&format!("{path}.flightId"), reason));
        }
        if let Some(reason) = found
            .last()
            .and_then(|inbound| does_not_follow(inbound, flight))
        {
            problems.push(
                FieldProblem::at(&format!("{path}.flightId"), reason)
                    .by("minimum connection of 20 minutes"),
            );
        }
        found.push(flight);
    }
    if let (Some(first), Some(last)) = (found.first(), found.last())
        && first.origin == last.destination
    {
        problems.push(
            FieldProblem::at(
                path,
                "A journey ends at another airport than it begins; out and back are two journeys.",
            )
            .by("C-173/07 Emirates Airlines"),
        );
    }
    found
}

fn not_for_sale(flight: &flight::Model, now: DateTime) -> Option<&'static str> {
    match flight.status {
        Status::Cancelled => Some("This flight is cancelled; choose another one."),
        Status::Departed | Status::Arrived | Status::Diverted => {
            Some("This flight has left already; choose a later one.")
        }
        Status::Scheduled | Status::Delayed if state::departure(flight) <= now => {
            Some("This flight has left already; choose a later one.")
        }
        Status::Scheduled | Status::Delayed => None,
    }
}

fn does_not_follow(inbound: &flight::Model, outbound: &flight::Model) -> Option<String> {
    if inbound.destination != outbound.origin {
        return Some(format!(
            "This flight leaves from {}, but the one before arrives at {}; a flight leaves from where the one before arrived.",
            outbound.origin, inbound.destination
        ));
    }
    (!state::connects(inbound, outbound)).then(|| "This flight leaves less than 20 minutes after the one before arrives; choose a later one.".to_owned())
}

/// A seat as it is stored, or `None` when it cannot be one: a row from 1 to 99 and a letter.
pub(crate) fn seat(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let (row, letter) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let row: u8 = row
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| row.parse().ok())??;
    let known = matches!(
        letter,
        "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "J" | "K" | "L"
    );
    ((1..=99).contains(&row) && known).then(|| format!("{row}{letter}"))
}

#[cfg(test)]
mod tests {
    use schema_kernel::id::show;

    use super::*;
    use crate::sample;

    fn wanted(flight: &flight::Model) -> SegmentInput {
        SegmentInput {
            flight_id: show(flight.id),
            cabin: Cabin::Y,
            booking_class: "y".to_owned(),
            fare_basis: None,
        }
    }

    fn messages(flights: &[flight::Model]) -> Vec<String> {
        let mut problems = Vec::new();
        let legs = read(
            "s",
            &flights.iter().map(wanted).collect::<Vec<_>>(),
            &mut problems,
        );
        let known = flights
            .iter()
            .map(|flight| (flight.id, flight.clone()))
            .collect();
        check("s", &legs, &known, sample::morning(), &mut problems);
        problems
            .into_iter()
            .map(|problem| format!("{}: {}", problem.path.join("."), problem.message))
            .collect()
    }

    #[test]
    fn flights_that_connect_make_a_journey() {
        assert_eq!(messages(&sample::chain(4)), Vec::<String>::new());
    }

    #[test]
    fn every_break_is_named_with_its_place() {
        let mut flights = sample::chain(3);
        flights[1].status = Status::Cancelled;
        flights[2].origin = "CDG".to_owned();
        let messages = messages(&flights);
        assert!(messages[0].starts_with("s.1.flightId: This flight is cancelled"));
        assert!(messages[1].starts_with("s.2.flightId: This flight leaves from CDG"));
        assert_eq!(messages.len(), 2);
    }

    #[test]
    fn nobody_can_board_what_has_left_or_run_for_it() {
        let [first, second] = <[_; 2]>::try_from(sample::chain(2)).unwrap();
        let late = flight::Model {
            estimated_arrival_at: Some(second.scheduled_departure_at),
            ..first.clone()
        };
        assert!(messages(&[late, second])[0].contains("less than 20 minutes"));
        let gone = flight::Model {
            actual_departure_at: Some(sample::morning()),
            ..first
        };
        assert!(messages(&[gone])[0].contains("has left already"));
    }

    #[test]
    fn out_and_back_are_two_journeys() {
        assert!(
            messages(&[
                sample::flight(1, "DXB", "FRA", 1),
                sample::flight(2, "FRA", "DXB", 5)
            ])[0]
                .contains("two journeys")
        );
    }

    #[test]
    fn seats_are_a_row_and_a_letter() {
        assert_eq!(seat(" 12a ").as_deref(), Some("12A"));
        assert_eq!(seat("07K").as_deref(), Some("7K"));
        for wrong in ["", "A", "12", "0A", "100A", "12I", "12Z", "1é", "+1A"] {
            assert_eq!(seat(wrong), None, "{wrong}");
        }
    }
}
