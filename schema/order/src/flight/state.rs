//! What may happen to a flight, and what becomes of it. Pure: every rule about the state of flights is here.

use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use entities::order::{
    flight::{Model, Status},
    flight_event::Kind,
};

/// A flight counts as late from here on, in minutes: the industry's "D15".
pub const LATE_MINUTES: i32 = 15;

/// How many minutes early or late a flight can be: a day early, a week late. Beyond that it is another flight.
pub const PLAUSIBLE_DELAY: RangeInclusive<i32> = -24 * 60..=7 * 24 * 60;

/// Something that happened to a flight, with values that have been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It leaves or arrives at another time than planned.
    Delay {
        /// Minutes from scheduled departure, negative when early; `None` leaves the departure as it is known.
        departure: Option<i32>,
        /// Minutes from scheduled arrival, negative when early.
        arrival: i32,
        /// IATA delay code.
        cause: String,
    },
    /// It does not take place.
    Cancellation {
        /// IATA delay code.
        cause: String,
    },
    /// It goes to another airport.
    Diversion {
        /// IATA code of that airport.
        to: String,
        /// Minutes from scheduled arrival until its passengers reach the destination, when that is known.
        arrival: Option<i32>,
        /// IATA delay code, when it is known.
        cause: Option<String>,
    },
    /// It leaves from another gate.
    GateChange {
        /// The gate.
        gate: String,
    },
    /// It takes place as planned after all.
    Restoration,
    /// It arrived.
    Arrival {
        /// When.
        at: DateTime<Utc>,
        /// When it had left, if that is told.
        departed_at: Option<DateTime<Utc>>,
    },
}

impl Change {
    /// What kind of event it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Delay { .. } => Kind::Delay,
            Self::Cancellation { .. } => Kind::Cancellation,
            Self::Diversion { .. } => Kind::Diversion,
            Self::GateChange { .. } => Kind::GateChange,
            Self::Restoration => Kind::Restoration,
            Self::Arrival { .. } => Kind::Arrival,
        }
    }
}

/// What may happen to a flight in this state. Arrived flights take corrections of their delay; cancelled ones can only be
/// restored.
pub fn may_happen(status: Status) -> &'static [Kind] {
    match status {
        Status::Scheduled => &[
            Kind::Delay,
            Kind::Cancellation,
            Kind::Diversion,
            Kind::GateChange,
            Kind::Arrival,
        ],
        Status::Delayed => &[
            Kind::Delay,
            Kind::Cancellation,
            Kind::Diversion,
            Kind::GateChange,
            Kind::Restoration,
            Kind::Arrival,
        ],
        Status::Departed => &[Kind::Delay, Kind::Diversion, Kind::Arrival],
        Status::Arrived => &[Kind::Delay],
        Status::Cancelled => &[Kind::Restoration],
        Status::Diverted => &[Kind::Delay, Kind::Diversion, Kind::Restoration],
    }
}

/// The flight as it is after the change; `None` when its state does not allow it. A change that tells nothing new gives
/// the same flight, with the same version.
pub fn apply(flight: &Model, change: &Change) -> Option<Model> {
    if !may_happen(flight.status).contains(&change.kind()) {
        return None;
    }
    let mut next = flight.clone();
    match change {
        Change::Delay {
            departure,
            arrival,
            cause,
        } => {
            if let Some(minutes) = departure {
                set_departure_delay(&mut next, *minutes);
            }
            set_arrival_delay(&mut next, *arrival);
            next.cause_code = Some(cause.clone());
            if matches!(next.status, Status::Scheduled | Status::Delayed) {
                next.status = if is_late(&next) {
                    Status::Delayed
                } else {
                    Status::Scheduled
                };
            }
        }
        Change::Cancellation { cause } => {
            forget_expectations(&mut next);
            next.cause_code = Some(cause.clone());
            next.status = Status::Cancelled;
        }
        Change::Diversion { to, arrival, cause } => {
            next.status = Status::Diverted;
            next.diverted_to = Some(to.clone());
            next.cause_code = cause.clone().or(next.cause_code);
            next.arrival_delay_minutes = None;
            next.estimated_arrival_at = None;
            if let Some(minutes) = arrival {
                set_arrival_delay(&mut next, *minutes);
            }
        }
        Change::GateChange { gate } => next.gate = Some(gate.clone()),
        Change::Restoration => {
            forget_expectations(&mut next);
            let left = next.actual_departure_at.is_some();
            next.status = if left {
                Status::Departed
            } else {
                Status::Scheduled
            };
        }
        Change::Arrival { at, departed_at } => arrive(&mut next, *at, *departed_at),
    }
    if next != *flight {
        next.version += 1;
    }
    Some(next)
}

/// Whether a flight leaves or arrives late, as far as is known.
pub fn is_late(flight: &Model) -> bool {
    worst_delay(flight) >= LATE_MINUTES
}

/// The longer of its two delays, in minutes; zero when nothing is known.
pub fn worst_delay(flight: &Model) -> i32 {
    flight
        .departure_delay_minutes
        .max(flight.arrival_delay_minutes)
        .unwrap_or_default()
}

/// Whole minutes from `planned` to `happened`, seconds cut off.
pub fn minutes_between(planned: DateTime<Utc>, happened: DateTime<Utc>) -> i32 {
    i32::try_from((happened - planned).num_minutes()).unwrap_or(i32::MAX)
}

fn set_departure_delay(flight: &mut Model, minutes: i32) {
    let at = flight.scheduled_departure_at + TimeDelta::minutes(minutes.into());
    flight.departure_delay_minutes = Some(minutes);
    if flight.actual_departure_at.is_some() {
        flight.actual_departure_at = Some(at);
    } else {
        flight.estimated_departure_at = Some(at);
    }
}

fn set_arrival_delay(flight: &mut Model, minutes: i32) {
    let at = flight.scheduled_arrival_at + TimeDelta::minutes(minutes.into());
    flight.arrival_delay_minutes = Some(minutes);
    if flight.actual_arrival_at.is_some() {
        flight.actual_arrival_at = Some(at);
    } else {
        flight.estimated_arrival_at = Some(at);
    }
}

fn forget_expectations(flight: &mut Model) {
    flight.estimated_departure_at = None;
    flight.estimated_arrival_at = None;
    flight.departure_delay_minutes = flight
        .actual_departure_at
        .map(|at| minutes_between(flight.scheduled_departure_at, at));
    flight.arrival_delay_minutes = None;
    flight.cause_code = None;
    flight.diverted_to = None;
}

fn arrive(flight: &mut Model, at: DateTime<Utc>, departed_at: Option<DateTime<Utc>>) {
    flight.status = Status::Arrived;
    flight.estimated_departure_at = None;
    flight.estimated_arrival_at = None;
    flight.actual_arrival_at = Some(at);
    flight.arrival_delay_minutes = Some(minutes_between(flight.scheduled_arrival_at, at));
    if let Some(left) = departed_at.or(flight.actual_departure_at) {
        flight.actual_departure_at = Some(left);
        flight.departure_delay_minutes = Some(minutes_between(flight.scheduled_departure_at, left));
    }
}

#[cfg(test)]
mod tests;
