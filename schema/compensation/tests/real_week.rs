//! A real week of flights through the engine, as if it had been flown under today's law.

#![expect(
    clippy::unwrap_used,
    reason = "a broken data file should stop the test where it is broken"
)]

#[path = "support/world.rs"]
mod world;

use std::collections::HashMap;

use schema_compensation::engine::{Assessment, EventKind, FactName, Regime};

use world::{answer, data, on_route, sum};

/// The answers of one passenger a flight who paid 100.00 and did not fly later or otherwise.
fn answers() -> Vec<Assessment> {
    let mut reader = csv::Reader::from_path(data("server/data/flights-2013-week-26.csv")).unwrap();
    let rows = reader.deserialize().map(Result::unwrap);
    rows.map(|row: HashMap<String, String>| {
        let minutes = |name: &str| row[name].parse().ok();
        let kind = match (minutes("dep_delay"), minutes("arr_delay")) {
            (None, _) => EventKind::Cancellation,
            (Some(_), None) => EventKind::Diversion,
            (Some(_), Some(_)) => EventKind::Delay,
        };
        let mut facts = on_route(&row["origin"], &row["dest"], kind);
        facts.event.arrival_delay_minutes = minutes("arr_delay").into();
        facts.event.departure_delay_minutes = minutes("dep_delay").into();
        facts.purchase.fare_minor = 10_000;
        answer(&facts, Regime::UsDot)
    })
    .collect()
}

#[test]
fn every_cancelled_and_every_three_hours_late_flight_is_refunded() {
    let answers = answers();
    assert_eq!(answers.len(), 6_701);
    let refunded = answers
        .iter()
        .filter(|answer| sum(answer) == 10_000 && answer.is_settled());
    assert_eq!(refunded.count(), 520 + 343);
}

#[test]
fn the_diverted_ones_wait_to_be_told_where_they_ended() {
    let waiting = answers().into_iter().filter(|answer| !answer.is_settled());
    let asked: Vec<_> = waiting
        .map(|answer| Vec::from_iter(answer.missing_facts()))
        .collect();
    assert_eq!(asked.len(), 50);
    assert!(
        asked
            .iter()
            .all(|names| *names == [FactName::ArrivalDelayMinutes, FactName::Diversion])
    );
}
