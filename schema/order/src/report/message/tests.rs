use proptest::prelude::*;
use serde_json::json;

use super::*;

fn delay() -> Value {
    json!({ "source": "aims", "message_id": "1", "reported_at": "2026-11-20T09:00:00+01:00", "carrier": "EK", "number": 46,
        "origin": "FRA", "departs_on": "2026-11-30", "kind": "DELAY", "arrival_delay_minutes": 250, "cause_code": "41" })
}

fn read(value: &Value) -> Result<FlightReport, Refusal> {
    FlightReport::read(&Values::of_json(value.to_string().as_bytes())?)
}

#[test]
fn a_report_is_understood() {
    let report = read(&delay()).unwrap();
    assert_eq!(report.flight.number, 46);
    assert_eq!(report.reported_at.to_rfc3339(), "2026-11-20T08:00:00+00:00");
    assert_eq!(report.aspect(), Aspect::Movement);
    assert_eq!(report.departure_delay_minutes, None);
}

#[test]
fn rows_and_objects_say_the_same() {
    let object = delay();
    let object = object.as_object().unwrap();
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let row: Vec<String> = object.values().map(text).collect();
    let values = Values::of_row(
        object.keys().map(String::as_str).chain(["gate"]),
        row.iter().map(String::as_str).chain([""]),
    );
    let (of_row, of_object) = (
        FlightReport::read(&values).unwrap(),
        read(&delay()).unwrap(),
    );
    assert_eq!(of_row, of_object);
    assert_eq!(
        of_row.fingerprint().unwrap(),
        of_object.fingerprint().unwrap()
    );
}

#[test]
fn what_is_missing_or_too_much_is_named() {
    for name in [
        "source",
        "message_id",
        "reported_at",
        "carrier",
        "number",
        "origin",
        "departs_on",
        "kind",
        "cause_code",
    ] {
        let mut report = delay();
        report.as_object_mut().unwrap().remove(name);
        let refusal = read(&report).unwrap_err();
        assert_eq!(refusal.field, name);
        assert!(refusal.rule.is_some(), "{refusal}");
    }
    let mut report = delay();
    report["gate"] = json!("B22");
    let refusal = read(&report).unwrap_err();
    assert_eq!(refusal.field, "gate");
    assert!(refusal.to_string().contains("contradicts"));
}

proptest! {
    #[test]
    fn nothing_that_is_sent_can_crash_it(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Values::of_json(&bytes).map(|values| FlightReport::read(&values));
    }

    #[test]
    fn no_value_can_crash_it(name in prop::sample::select(COLUMNS.as_slice()), value in ".*") {
        let mut report = delay();
        report[name] = value.into();
        let _ = read(&report);
    }

    #[test]
    fn minutes_are_taken_within_their_limits_and_no_further(minutes in -3_000..12_000_i32) {
        let mut report = delay();
        report["arrival_delay_minutes"] = minutes.into();
        prop_assert_eq!(read(&report).is_ok(), (-1_440..=10_080).contains(&minutes));
    }
}
