//! Our own format: one JSON object a line. Pure.

use chrono::{DateTime, Datelike, Utc};
use entities::order::flight::Status;
use schema_kernel::scalar::{IataAirline, IataAirport};
use serde::{Deserialize, Serialize};

use super::{
    airports::Airports,
    row::{FlightKey, FlightRow, Wrong, waiting},
};
use crate::{
    flight::{DelayCode, PLAUSIBLE_DELAY, minutes_between},
    reference::{PLAUSIBLE_YEARS, local_date},
};

/// One flight as one line of an NDJSON file. Instants are RFC 3339 with their offset, keys that are not known are left out,
/// and keys with other names are refused.
///
/// ```json
/// {"carrier":"EK","number":47,"origin":"DXB","destination":"FRA","scheduled_departure_at":"2026-11-20T04:20:00Z","scheduled_arrival_at":"2026-11-20T11:10:00Z","status":"CANCELLED","cause_code":"71"}
/// ```
///
/// A line without `status`, estimated and actual instants tells only what is planned, and changes nothing that is known of
/// how the flight went. Without `status` it follows from the instants; cancellations and diversions have to be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlightLine {
    /// IATA designator of the operating airline: `"EK"`.
    pub carrier: IataAirline,
    /// Flight number, 1 to 9999.
    pub number: i32,
    /// Operational suffix, one capital letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<char>,
    /// IATA code of the airport of departure.
    pub origin: IataAirport,
    /// IATA code of the scheduled airport of arrival.
    pub destination: IataAirport,
    /// Scheduled departure.
    pub scheduled_departure_at: DateTime<Utc>,
    /// Scheduled arrival: after it leaves, within 24 hours.
    pub scheduled_arrival_at: DateTime<Utc>,
    /// Departure as it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_departure_at: Option<DateTime<Utc>>,
    /// Arrival as it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_arrival_at: Option<DateTime<Utc>>,
    /// Departure as it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_departure_at: Option<DateTime<Utc>>,
    /// Arrival as it happened: doors open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_arrival_at: Option<DateTime<Utc>>,
    /// How it stands: `"SCHEDULED"`, `"DELAYED"`, `"DEPARTED"`, `"ARRIVED"`, `"CANCELLED"` or `"DIVERTED"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// IATA delay code (AHM 730): `"41"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause_code: Option<String>,
    /// Gate of departure: 1 to 8 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// Registration of the aircraft: 2 to 10 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aircraft_registration: Option<String>,
    /// IATA code of the airport it was diverted to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diverted_to: Option<IataAirport>,
}

/// Whether a rule holds, the key it is about, and what to say when it does not.
type Rule = (bool, &'static str, &'static str);

/// Reads one line.
pub(super) fn parse(line: &[u8], airports: &Airports) -> Result<FlightRow, Wrong> {
    let line: FlightLine = serde_json::from_slice(line)
        .map_err(|error| Wrong::new("", format!("This is not a flight: {error}.")))?;
    line.check(airports)?;
    line.row(airports)
}

impl FlightLine {
    fn check(&self, airports: &Airports) -> Result<(), Wrong> {
        let rules = self
            .schedule_rules()
            .into_iter()
            .chain(self.operation_rules());
        for (holds, column, reason) in rules {
            if !holds {
                return Err(Wrong::new(column, reason));
            }
        }
        if let Some(diverted_to) = &self.diverted_to {
            airports.find("diverted_to", diverted_to.as_str())?;
        }
        Ok(())
    }

    fn schedule_rules(&self) -> [Rule; 5] {
        let flown = (self.scheduled_arrival_at - self.scheduled_departure_at).num_seconds();
        let year = self.scheduled_departure_at.year();
        [
            (
                (1..=9_999).contains(&self.number),
                "number",
                "A flight number is between 1 and 9999.",
            ),
            (
                self.suffix.is_none_or(|suffix| suffix.is_ascii_uppercase()),
                "suffix",
                "An operational suffix is one capital letter.",
            ),
            (
                self.origin != self.destination,
                "destination",
                "A flight goes to another airport than it leaves from.",
            ),
            (
                PLAUSIBLE_YEARS.contains(&year),
                "scheduled_departure_at",
                "A flight leaves between the years 1970 and 2200.",
            ),
            (
                (1..=86_400).contains(&flown),
                "scheduled_arrival_at",
                "A flight arrives after it leaves, within 24 hours.",
            ),
        ]
    }

    fn operation_rules(&self) -> [Rule; 5] {
        let is_code = |code: &String| DelayCode::find(code).is_some();
        [
            (
                self.cause_code.as_ref().is_none_or(is_code),
                "cause_code",
                "A cause is a two-digit IATA delay code, like \"41\" for aircraft defects.",
            ),
            (
                self.gate.as_deref().is_none_or(|gate| is_label(gate, 8)),
                "gate",
                "A gate has 1 to 8 letters, digits and hyphens.",
            ),
            (
                self.aircraft_registration
                    .as_deref()
                    .is_none_or(|text| is_label(text, 10)),
                "aircraft_registration",
                "A registration has 1 to 10 letters, digits and hyphens.",
            ),
            (
                self.status != Some(Status::Departed) || self.actual_departure_at.is_some(),
                "actual_departure_at",
                "A flight that has departed needs the instant at which it did.",
            ),
            (
                self.status != Some(Status::Arrived) || self.actual_arrival_at.is_some(),
                "actual_arrival_at",
                "A flight that has arrived needs the instant at which it did.",
            ),
        ]
    }

    fn row(&self, airports: &Airports) -> Result<FlightRow, Wrong> {
        let origin = airports.find("origin", self.origin.as_str())?;
        let destination = airports.find("destination", self.destination.as_str())?;
        let is_off = self.status == Some(Status::Cancelled);
        let departs = self
            .actual_departure_at
            .or(self.estimated_departure_at)
            .filter(|_| !is_off);
        let arrives = self
            .actual_arrival_at
            .or(self.estimated_arrival_at)
            .filter(|_| !is_off);
        let departure = delay("departure", self.scheduled_departure_at, departs)?;
        let arrival = delay("arrival", self.scheduled_arrival_at, arrives)?;
        Ok(FlightRow {
            key: FlightKey {
                departs_on: local_date(self.scheduled_departure_at, origin.zone),
                carrier: self.carrier.as_str().to_owned(),
                number: self.number,
                suffix: self.suffix.map(String::from).unwrap_or_default(),
                origin: self.origin.as_str().to_owned(),
            },
            destination: self.destination.as_str().to_owned(),
            scheduled_departure_at: self.scheduled_departure_at,
            scheduled_arrival_at: self.scheduled_arrival_at,
            departure_delay_minutes: departure,
            arrival_delay_minutes: arrival,
            has_departed: self.actual_departure_at.is_some() && !is_off,
            has_arrived: self.actual_arrival_at.is_some() && !is_off,
            status: self.stands(departure, arrival),
            cause_code: self.cause_code.clone(),
            gate: self.gate.clone(),
            aircraft_registration: self.aircraft_registration.clone(),
            diverted_to: self
                .diverted_to
                .as_ref()
                .map(|airport| airport.as_str().to_owned()),
            distance_km: origin.distance_km(&destination),
        })
    }

    /// How it stands; `None` when the line tells only the plan.
    fn stands(&self, departure: Option<i32>, arrival: Option<i32>) -> Option<Status> {
        match self.status {
            Some(Status::Cancelled) => Some(Status::Cancelled),
            Some(Status::Diverted) => Some(Status::Diverted),
            None if departure.is_none() && arrival.is_none() => None,
            None
            | Some(Status::Scheduled | Status::Delayed | Status::Departed | Status::Arrived) => {
                Some(if self.actual_arrival_at.is_some() {
                    Status::Arrived
                } else if self.actual_departure_at.is_some() {
                    Status::Departed
                } else {
                    waiting(departure, arrival)
                })
            }
        }
    }
}

fn is_label(text: &str, longest: usize) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=longest).contains(&text.len()) && text.bytes().all(allowed)
}

fn delay(
    what: &str,
    planned: DateTime<Utc>,
    known: Option<DateTime<Utc>>,
) -> Result<Option<i32>, Wrong> {
    let Some(known) = known else { return Ok(None) };
    let minutes = minutes_between(planned, known);
    if PLAUSIBLE_DELAY.contains(&minutes) {
        return Ok(Some(minutes));
    }
    let reason =
        "A flight is at most 24 hours early and 7 days late; beyond that it is another flight.";
    Err(Wrong::new(&format!("actual_{what}_at"), reason))
}

#[cfg(test)]
mod tests;
