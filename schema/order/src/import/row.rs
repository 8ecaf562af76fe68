//! One flight as a file tells of it. Pure.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use entities::{
    id::FlightId,
    order::flight::{Model, Status},
};
use sha2::{Digest, Sha256};

use crate::{
    flight::{LATE_MINUTES, as_planned, minutes_between},
    reference::{instant_at, local_date},
};

/// What identifies a flight.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FlightKey {
    pub(super) departs_on: NaiveDate,
    pub(super) carrier: String,
    pub(super) number: i32,
    pub(super) suffix: String,
    pub(super) origin: String,
}

/// One row, understood: what is planned, and what is told of how it went.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlightRow {
    pub(super) key: FlightKey,
    pub(super) destination: String,
    pub(super) scheduled_departure_at: DateTime<Utc>,
    pub(super) scheduled_arrival_at: DateTime<Utc>,
    pub(super) departure_delay_minutes: Option<i32>,
    pub(super) arrival_delay_minutes: Option<i32>,
    pub(super) has_departed: bool,
    pub(super) has_arrived: bool,
    /// `None` when the row tells only what is planned.
    pub(super) status: Option<Status>,
    pub(super) cause_code: Option<String>,
    pub(super) gate: Option<String>,
    pub(super) aircraft_registration: Option<String>,
    pub(super) diverted_to: Option<String>,
    pub(super) distance_km: f64,
}

/// A value that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) column: String,
    pub(super) reason: String,
}

impl Wrong {
    pub(super) fn new(column: &str, reason: impl Into<String>) -> Self {
        Self {
            column: column.to_owned(),
            reason: reason.into(),
        }
    }
}

impl FlightRow {
    /// The same flight so many days later, at the same local times, and as late or early as it was.
    pub(super) fn moved(mut self, days: i64, origin: Tz, destination: Tz) -> Self {
        self.scheduled_departure_at = moved(self.scheduled_departure_at, days, origin);
        self.scheduled_arrival_at = moved(self.scheduled_arrival_at, days, destination);
        self.key.departs_on = local_date(self.scheduled_departure_at, origin);
        self
    }

    /// Only what is planned.
    pub(super) fn planned(self) -> Self {
        Self {
            departure_delay_minutes: None,
            arrival_delay_minutes: None,
            has_departed: false,
            has_arrived: false,
            status: None,
            cause_code: None,
            gate: None,
            aircraft_registration: None,
            diverted_to: None,
            ..self
        }
    }

    /// Equal for rows that tell the same, however they are written.
    pub(super) fn fingerprint(&self) -> i64 {
        let mut digest = Sha256::new();
        let mut text = |text: Option<&str>| {
            digest.update(text.map_or([u8::MAX; 2], |text| {
                u16::try_from(text.len())
                    .unwrap_or(u16::MAX - 1)
                    .to_le_bytes()
            }));
            digest.update(text.unwrap_or_default());
        };
        text(Some(&self.destination));
        text(self.cause_code.as_deref());
        text(self.gate.as_deref());
        text(self.aircraft_registration.as_deref());
        text(self.diverted_to.as_deref());
        let numbers = [
            self.scheduled_departure_at.timestamp(),
            self.scheduled_arrival_at.timestamp(),
            self.departure_delay_minutes.map_or(i64::MAX, i64::from),
            self.arrival_delay_minutes.map_or(i64::MAX, i64::from),
            self.status.map_or(-1, |status| status as i64),
            i64::from(self.has_departed) + 2 * i64::from(self.has_arrived),
        ];
        for number in numbers {
            digest.update(number.to_le_bytes());
        }
        let digest = digest.finalize();
        i64::from_le_bytes(std::array::from_fn(|index| digest[index]))
    }

    /// The flight as it is when nothing was known of it before.
    pub(super) fn new_flight(&self, id: FlightId) -> Model {
        let blank = Model {
            id,
            carrier: self.key.carrier.clone(),
            number: self.key.number,
            suffix: self.key.suffix.clone(),
            origin: self.key.origin.clone(),
            destination: self.destination.clone(),
            departs_on: self.key.departs_on,
            scheduled_departure_at: self.scheduled_departure_at,
            scheduled_arrival_at: self.scheduled_arrival_at,
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
            distance_km: self.distance_km,
            diverted_to: None,
            fingerprint: None,
            version: 0,
        };
        Model {
            version: 1,
            ..self.onto(&blank)
        }
    }

    /// The flight as it is after the row is told of it. A row that tells only the plan changes nothing that is known of how
    /// it went; what the row does not mention stays.
    pub(super) fn onto(&self, flight: &Model) -> Model {
        let mut next = Model {
            destination: self.destination.clone(),
            scheduled_departure_at: self.scheduled_departure_at,
            scheduled_arrival_at: self.scheduled_arrival_at,
            distance_km: self.distance_km,
            gate: self.gate.clone().or_else(|| flight.gate.clone()),
            aircraft_registration: self
                .aircraft_registration
                .clone()
                .or_else(|| flight.aircraft_registration.clone()),
            ..flight.clone()
        };
        match self.status {
            None => recount(&mut next),
            Some(status) => self.tell(&mut next, status, flight),
        }
        if next != *flight {
            next.version += 1;
        }
        next.fingerprint = Some(self.fingerprint());
        next
    }

    fn tell(&self, next: &mut Model, status: Status, before: &Model) {
        let departs = self
            .departure_delay_minutes
            .map(|minutes| later(self.scheduled_departure_at, minutes));
        let arrives = self
            .arrival_delay_minutes
            .map(|minutes| later(self.scheduled_arrival_at, minutes));
        let known = Model {
            departure_delay_minutes: self.departure_delay_minutes,
            arrival_delay_minutes: self.arrival_delay_minutes,
            actual_departure_at: departs.filter(|_| self.has_departed),
            estimated_departure_at: departs.filter(|_| !self.has_departed),
            actual_arrival_at: arrives.filter(|_| self.has_arrived),
            estimated_arrival_at: arrives.filter(|_| !self.has_arrived),
            status,
            cause_code: self
                .cause_code
                .clone()
                .or_else(|| before.cause_code.clone()),
            diverted_to: self
                .diverted_to
                .clone()
                .or_else(|| before.diverted_to.clone()),
            ..as_planned(next)
        };
        *next = known;
        if status != Status::Diverted {
            next.diverted_to = None;
        }
        let is_late = next
            .departure_delay_minutes
            .max(next.arrival_delay_minutes)
            .is_some_and(|minutes| minutes > 0);
        if !is_late && !matches!(status, Status::Cancelled | Status::Diverted) {
            next.cause_code.clone_from(&self.cause_code);
        }
    }
}

/// Scheduled or delayed, for a flight on the ground.
pub(super) fn waiting(departure: Option<i32>, arrival: Option<i32>) -> Status {
    let is_late = departure
        .max(arrival)
        .is_some_and(|minutes| minutes >= LATE_MINUTES);
    if is_late {
        Status::Delayed
    } else {
        Status::Scheduled
    }
}

/// Counts the delays again after the schedule has changed.
fn recount(flight: &mut Model) {
    let since =
        |planned, known: Option<DateTime<Utc>>| known.map(|known| minutes_between(planned, known));
    flight.departure_delay_minutes = since(
        flight.scheduled_departure_at,
        flight.actual_departure_at.or(flight.estimated_departure_at),
    );
    flight.arrival_delay_minutes = since(
        flight.scheduled_arrival_at,
        flight.actual_arrival_at.or(flight.estimated_arrival_at),
    );
    if matches!(flight.status, Status::Scheduled | Status::Delayed) {
        flight.status = waiting(flight.departure_delay_minutes, flight.arrival_delay_minutes);
    }
}

fn later(planned: DateTime<Utc>, minutes: i32) -> DateTime<Utc> {
    planned + TimeDelta::minutes(minutes.into())
}

fn moved(instant: DateTime<Utc>, days: i64, zone: Tz) -> DateTime<Utc> {
    let local = instant.with_timezone(&zone).naive_local();
    let by = Days::new(days.unsigned_abs());
    let local = if days < 0 {
        local.checked_sub_days(by)
    } else {
        local.checked_add_days(by)
    };
    local.map_or(instant, |local| instant_at(local, zone))
}
