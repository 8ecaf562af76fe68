use super::*;
use crate::flight::sample;

fn input(kind: FlightEventKind) -> RecordFlightEventInput {
    RecordFlightEventInput {
        flight_id: ID::from("01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f"),
        idempotency_key: Uuid::nil(),
        expected_version: None,
        kind,
        delay: None,
        cancellation: None,
        diversion: None,
        gate_change: None,
        arrival: None,
    }
}

fn delay(departure: Option<i32>, arrival: i32, cause: &str) -> RecordFlightEventInput {
    let details = DelayDetails {
        new_departure_at: None,
        departure_delay_minutes: departure,
        arrival_delay_minutes: arrival,
        cause_code: cause.to_owned(),
    };
    RecordFlightEventInput {
        delay: Some(details),
        ..input(FlightEventKind::Delay)
    }
}

fn paths(problems: &[FieldProblem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| problem.path.join("."))
        .collect()
}

#[test]
fn impossible_values_are_named_with_their_place() {
    let wrong = delay(Some(-1_441), 10_081, "40");
    let expected = [
        "input.delay.departureDelayMinutes",
        "input.delay.arrivalDelayMinutes",
        "input.delay.causeCode",
    ];
    assert_eq!(paths(&wrong.problems()), expected);
    assert!(delay(Some(200), 210, "41").problems().is_empty());
    assert!(delay(Some(i32::MIN), i32::MAX, "41").problems().len() == 2);
}

#[test]
fn the_object_of_the_kind_is_needed_and_no_other() {
    assert_eq!(
        paths(&input(FlightEventKind::Cancellation).problems()),
        ["input.cancellation"]
    );
    assert!(input(FlightEventKind::Restoration).problems().is_empty());
    let both = RecordFlightEventInput {
        gate_change: Some(GateChangeDetails {
            gate: "B22".to_owned(),
        }),
        ..delay(None, 200, "41")
    };
    assert_eq!(paths(&both.problems()), ["input.gateChange"]);
}

#[test]
fn a_new_departure_becomes_minutes() {
    let flight = sample::flight();
    let mut late = delay(None, 200, "41");
    let details = late.delay.as_mut().unwrap();
    details.new_departure_at =
        Some(flight.scheduled_departure_at + TimeDelta::seconds(190 * 60 + 59));
    let expected = Change::Delay {
        departure: Some(190),
        arrival: 200,
        cause: "41".to_owned(),
    };
    assert_eq!(late.change(&flight).unwrap(), expected);
}

#[test]
fn nothing_arrives_before_it_leaves() {
    let flight = sample::flight();
    assert_eq!(
        paths(&delay(Some(600), 0, "41").change(&flight).unwrap_err()),
        ["input.delay.arrivalDelayMinutes"]
    );
    let landed = ArrivalDetails {
        actual_arrival_at: flight.scheduled_departure_at,
        actual_departure_at: Some(flight.scheduled_departure_at),
    };
    let arrival = RecordFlightEventInput {
        arrival: Some(landed),
        ..input(FlightEventKind::Arrival)
    };
    assert_eq!(
        paths(&arrival.change(&flight).unwrap_err()),
        ["input.arrival.actualArrivalAt"]
    );
}
