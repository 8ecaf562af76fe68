use serde_json::{Value, json};

use super::*;
use crate::import::tests::airports;

fn line(more: Value) -> Result<FlightRow, Wrong> {
    let mut line = json!({
        "carrier": "B6", "number": 745, "origin": "JFK", "destination": "PSE",
        "scheduled_departure_at": "2026-11-20T03:59:00Z", "scheduled_arrival_at": "2026-11-20T07:44:00Z",
    });
    if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
        line.extend(more);
    }
    parse(line.to_string().as_bytes(), &airports())
}

#[test]
fn the_day_is_counted_at_the_origin() {
    assert_eq!(
        line(json!({})).unwrap().key.departs_on.to_string(),
        "2026-11-19"
    );
}

#[test]
fn the_status_follows_from_what_is_told() {
    let status = |more| line(more).unwrap().status;
    assert_eq!(status(json!({})), None);
    assert_eq!(
        status(json!({"estimated_departure_at": "2026-11-20T04:10:00Z"})),
        Some(Status::Scheduled)
    );
    assert_eq!(
        status(json!({"estimated_departure_at": "2026-11-20T04:14:00Z"})),
        Some(Status::Delayed)
    );
    assert_eq!(
        status(json!({"actual_departure_at": "2026-11-20T04:14:00Z"})),
        Some(Status::Departed)
    );
    assert_eq!(
        status(json!({"actual_arrival_at": "2026-11-20T07:44:00Z"})),
        Some(Status::Arrived)
    );
    assert_eq!(
        status(json!({"status": "CANCELLED", "cause_code": "71"})),
        Some(Status::Cancelled)
    );
    assert_eq!(
        status(json!({"status": "SCHEDULED"})),
        Some(Status::Scheduled)
    );
}

#[test]
fn a_wrong_value_is_named_with_its_key() {
    let wrong = [
        (json!({"number": 0}), "number"),
        (json!({"cause_code": "40"}), "cause_code"),
        (json!({"destination": "ZZZ"}), "destination"),
        (
            json!({"scheduled_arrival_at": "2026-11-20T03:00:00Z"}),
            "scheduled_arrival_at",
        ),
        (json!({"status": "ARRIVED"}), "actual_arrival_at"),
        (
            json!({"actual_arrival_at": "2027-11-20T07:44:00Z"}),
            "actual_arrival_at",
        ),
        (json!({"sceduled": 1}), ""),
        (json!({"carrier": "EKK"}), ""),
    ];
    for (more, column) in wrong {
        assert_eq!(line(more.clone()).unwrap_err().column, column, "{more}");
    }
}
