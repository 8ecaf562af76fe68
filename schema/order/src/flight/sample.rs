//! Flights for the tests of this crate.

use chrono::{DateTime, NaiveDate, Utc};
use entities::{
    id::FlightId,
    order::flight::{Model, Status},
};
use uuid::Uuid;

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// EK47 from DXB to FRA, as planned.
pub(crate) fn flight() -> Model {
    Model {
        id: FlightId(Uuid::from_u128(47)),
        carrier: "EK".to_owned(),
        number: 47,
        suffix: String::new(),
        origin: "DXB".to_owned(),
        destination: "FRA".to_owned(),
        departs_on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        scheduled_departure_at: at("2026-11-20T04:20:00Z"),
        scheduled_arrival_at: at("2026-11-20T11:10:00Z"),
        estimated_departure_at: None,
        estimated_arrival_at: None,
        actual_departure_at: None,
        actual_arrival_at: None,
        departure_delay_minutes: None,
        arrival_delay_minutes: None,
        status: Status::Scheduled,
        cause_code: None,
        gate: None,
        aircraft_registration: None,
        distance_km: 4_844.9,
        diverted_to: None,
        fingerprint: None,
        version: 1,
    }
}

/// The same flight with another number, leaving `minutes` after the first one was to arrive, for four hours.
pub(crate) fn onward(minutes: i64) -> Model {
    let first = flight();
    let leaves = first.scheduled_arrival_at + chrono::TimeDelta::minutes(minutes);
    Model {
        id: FlightId(Uuid::from_u128(100)),
        number: 100,
        origin: "FRA".to_owned(),
        destination: "JFK".to_owned(),
        scheduled_departure_at: leaves,
        scheduled_arrival_at: leaves + chrono::TimeDelta::hours(4),
        ..first
    }
}
