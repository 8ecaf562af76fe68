//! Flights for tests.

use chrono::TimeDelta;
use entities::{
    id::FlightId,
    order::flight::{self, Status},
};
use schema_kernel::scalar::DateTime;
use uuid::Uuid;

/// 2026-11-20, 06:00 UTC.
pub(crate) fn morning() -> DateTime {
    DateTime::from_timestamp_millis(1_795_154_400_000).unwrap()
}

/// A flight that leaves `hours` after [`morning`] and flies for one hour and 1,000 kilometres.
pub(crate) fn flight(id: u128, origin: &str, destination: &str, hours: i64) -> flight::Model {
    let leaves = morning() + TimeDelta::hours(hours);
    flight::Model {
        id: FlightId(Uuid::from_u128(id)),
        carrier: "EK".to_owned(),
        number: i32::try_from(id % 9_999).unwrap() + 1,
        suffix: String::new(),
        origin: origin.to_owned(),
        destination: destination.to_owned(),
        departs_on: leaves.date_naive(),
        scheduled_departure_at: leaves,
        scheduled_arrival_at: leaves + TimeDelta::hours(1),
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
        distance_km: 1_000.0,
        diverted_to: None,
        fingerprint: None,
        version: 1,
    }
}

/// `count` flights that connect, two hours apart, the first two hours after [`morning`].
pub(crate) fn chain(count: usize) -> Vec<flight::Model> {
    let airports = ["DXB", "FRA", "HAM", "OSL", "LHR", "JFK", "BOS", "MIA"];
    (0..count)
        .map(|index| {
            flight(
                index as u128 + 1,
                airports[index % 8],
                airports[(index + 1) % 8],
                2 * (i64::try_from(index).unwrap() + 1),
            )
        })
        .collect()
}
