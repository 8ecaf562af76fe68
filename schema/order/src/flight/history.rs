//! What changed between two states of a flight. Pure.

use entities::order::{
    flight::{Model, Status},
    flight_event::Kind,
};
use serde_json::{Map, Value};

use super::state;

// They tell of the row, not of the flight.
const SILENT: [&str; 3] = ["id", "fingerprint", "version"];

/// The changed values as they were and as they became, by name; empty when nothing changed.
///
/// # Errors
/// When a value cannot be written as JSON, which no value of a flight is known to do.
pub fn difference(old: &Model, new: &Model) -> serde_json::Result<(Value, Value)> {
    let (mut was, mut is) = (Map::new(), Map::new());
    if let (Value::Object(old), Value::Object(new)) =
        (serde_json::to_value(old)?, serde_json::to_value(new)?)
    {
        for (name, value) in new {
            let before = old.get(&name).cloned().unwrap_or_default();
            if before != value && !SILENT.contains(&name.as_str()) {
                was.insert(name.clone(), before);
                is.insert(name, value);
            }
        }
    }
    Ok((Value::Object(was), Value::Object(is)))
}

/// The flight as it was planned: the same schedule, and nothing known of how it went.
pub fn as_planned(flight: &Model) -> Model {
    Model {
        estimated_departure_at: None,
        estimated_arrival_at: None,
        actual_departure_at: None,
        actual_arrival_at: None,
        departure_delay_minutes: None,
        arrival_delay_minutes: None,
        status: Status::Scheduled,
        cause_code: None,
        diverted_to: None,
        ..flight.clone()
    }
}

/// What happened between two states that were told without saying what happened in between; empty when nothing did.
pub fn kinds_between(old: &Model, new: &Model) -> Vec<Kind> {
    let was_off = matches!(old.status, Status::Cancelled | Status::Diverted);
    let main = match new.status {
        Status::Cancelled if old.status != Status::Cancelled => Some(Kind::Cancellation),
        Status::Diverted if old.status != Status::Diverted => Some(Kind::Diversion),
        Status::Diverted if old.diverted_to != new.diverted_to => Some(Kind::Diversion),
        Status::Arrived if old.status != Status::Arrived => Some(Kind::Arrival),
        Status::Scheduled | Status::Delayed | Status::Departed if was_off => {
            Some(Kind::Restoration)
        }
        Status::Scheduled
        | Status::Delayed
        | Status::Departed
        | Status::Arrived
        | Status::Cancelled
        | Status::Diverted => (times(old) != times(new)).then_some(Kind::Delay),
    };
    let gate = (old.gate != new.gate && new.gate.is_some()).then_some(Kind::GateChange);
    main.into_iter().chain(gate).collect()
}

/// Whether what happened to a flight that nobody knew of before is worth a line in its history.
pub fn is_notable(flight: &Model) -> bool {
    matches!(flight.status, Status::Cancelled | Status::Diverted) || state::is_late(flight)
}

fn times(flight: &Model) -> impl PartialEq {
    (
        flight.scheduled_departure_at,
        flight.scheduled_arrival_at,
        flight.departure_delay_minutes,
        flight.arrival_delay_minutes,
        flight.cause_code.clone(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::flight::{
        sample,
        state::{Change, apply},
    };

    #[test]
    fn only_what_changed_is_told() {
        let old = sample::flight();
        let mut new = apply(
            &old,
            &Change::GateChange {
                gate: "B22".to_owned(),
            },
        )
        .unwrap();
        new.fingerprint = Some(1);
        assert_eq!(
            difference(&old, &new).unwrap(),
            (json!({"gate": null}), json!({"gate": "B22"}))
        );
        assert_eq!(difference(&old, &old).unwrap(), (json!({}), json!({})));
    }

    #[test]
    fn two_states_tell_what_happened_between_them() {
        let planned = sample::flight();
        let late = |minutes| {
            apply(
                &planned,
                &Change::Delay {
                    departure: None,
                    arrival: minutes,
                    cause: "41".to_owned(),
                },
            )
            .unwrap()
        };
        let cancelled = apply(
            &planned,
            &Change::Cancellation {
                cause: "41".to_owned(),
            },
        )
        .unwrap();
        let landed = Change::Arrival {
            at: planned.scheduled_arrival_at,
            departed_at: None,
        };
        let arrived = apply(&planned, &landed).unwrap();
        assert_eq!(kinds_between(&planned, &planned), []);
        assert_eq!(kinds_between(&planned, &late(200)), [Kind::Delay]);
        assert_eq!(kinds_between(&late(200), &late(201)), [Kind::Delay]);
        assert_eq!(kinds_between(&planned, &cancelled), [Kind::Cancellation]);
        assert_eq!(kinds_between(&cancelled, &planned), [Kind::Restoration]);
        assert_eq!(kinds_between(&planned, &arrived), [Kind::Arrival]);
        assert_eq!(as_planned(&cancelled).status, Status::Scheduled);
    }
}
