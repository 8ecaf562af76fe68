//! What its flights make of a journey. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use entities::order::flight::{Model, Status};

/// The shortest time in which passengers are taken to reach their next flight.
pub const MINIMUM_CONNECTION: TimeDelta = TimeDelta::minutes(20);

/// Journeys that end later than this, in minutes, count as disrupted.
pub const DISRUPTED_MINUTES: i32 = 60;

/// How a journey ends, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JourneyOutcome {
    /// What went wrong, or would have.
    pub kind: Disruption,
    /// Minutes after the scheduled arrival at the final destination, negative when early; `None` when it is not known.
    pub arrival_delay_minutes: Option<i32>,
    /// Whether a connection was missed.
    pub missed_connection: bool,
    /// Which of the flights decided it, counted from zero.
    pub cause: usize,
}

/// What can go wrong with a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Disruption {
    /// It ends at another time than planned.
    Delay,
    /// One of its flights does not take place.
    Cancellation,
    /// One of its flights went to another airport, and it is not known when its passengers arrive.
    Diversion,
}

impl JourneyOutcome {
    /// Whether it went wrong badly enough that somebody may be owed something.
    pub fn is_disrupted(&self) -> bool {
        self.arrival_delay_minutes
            .is_none_or(|minutes| minutes >= DISRUPTED_MINUTES)
            || self.kind != Disruption::Delay
    }
}

/// How a journey over these flights, in order, ends. `None` for a journey without flights.
///
/// The first flight that does not take place, that goes elsewhere, or that comes too late for the next one decides;
/// otherwise the last flight does. A connection is kept when at least 20 minutes are left between the arrival and the next
/// departure, both as they are known now; a flight that leaves early leaves nobody behind who came in time.
pub fn journey_outcome(flights: &[&Model]) -> Option<JourneyOutcome> {
    let unknown = |kind, missed_connection, cause| JourneyOutcome {
        kind,
        arrival_delay_minutes: None,
        missed_connection,
        cause,
    };
    for (index, flight) in flights.iter().enumerate() {
        match flight.status {
            Status::Cancelled => return Some(unknown(Disruption::Cancellation, false, index)),
            Status::Diverted if flight.arrival_delay_minutes.is_none() => {
                return Some(unknown(Disruption::Diversion, false, index));
            }
            Status::Scheduled
            | Status::Delayed
            | Status::Departed
            | Status::Arrived
            | Status::Diverted => {}
        }
        let next = flights
            .get(index + 1)
            .filter(|next| next.status != Status::Cancelled);
        if next.is_some_and(|next| misses(flight, next)) {
            return Some(unknown(kind_of(flight), true, index));
        }
    }
    let last = flights.last()?;
    Some(JourneyOutcome {
        kind: kind_of(last),
        arrival_delay_minutes: Some(expected_arrival_delay(last)),
        missed_connection: false,
        cause: flights.len() - 1,
    })
}

fn kind_of(flight: &Model) -> Disruption {
    match flight.status {
        Status::Cancelled => Disruption::Cancellation,
        Status::Diverted => Disruption::Diversion,
        Status::Scheduled | Status::Delayed | Status::Departed | Status::Arrived => {
            Disruption::Delay
        }
    }
}

fn misses(flight: &Model, next: &Model) -> bool {
    let delay = expected_arrival_delay(flight);
    let arrives = flight.scheduled_arrival_at + TimeDelta::minutes(delay.into());
    delay > 0 && leaves_at(next) - arrives < MINIMUM_CONNECTION
}

pub(super) fn leaves_at(flight: &Model) -> DateTime<Utc> {
    flight
        .actual_departure_at
        .or(flight.estimated_departure_at)
        .map_or(flight.scheduled_departure_at, |known| {
            known.max(flight.scheduled_departure_at)
        })
}

/// Minutes from scheduled to expected arrival. A flight of which only the departure is known is not expected to make up
/// for it.
pub(super) fn expected_arrival_delay(flight: &Model) -> i32 {
    flight
        .arrival_delay_minutes
        .or(flight.departure_delay_minutes)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::flight::{
        sample,
        state::{Change, apply},
    };

    fn delayed(flight: &Model, minutes: i32) -> Model {
        apply(
            flight,
            &Change::Delay {
                departure: Some(minutes),
                arrival: minutes,
                cause: "93".to_owned(),
            },
        )
        .unwrap()
    }

    fn cancelled(flight: &Model) -> Model {
        apply(
            flight,
            &Change::Cancellation {
                cause: "41".to_owned(),
            },
        )
        .unwrap()
    }

    fn outcome(flights: &[&Model]) -> JourneyOutcome {
        journey_outcome(flights).unwrap()
    }

    #[test]
    fn a_connection_is_kept_with_twenty_minutes_and_missed_with_less() {
        let next = sample::onward(60);
        let kept = outcome(&[&delayed(&sample::flight(), 40), &next]);
        assert_eq!(
            (
                kept.arrival_delay_minutes,
                kept.missed_connection,
                kept.cause
            ),
            (Some(0), false, 1)
        );
        assert!(!kept.is_disrupted());

        let missed = outcome(&[&delayed(&sample::flight(), 41), &next]);
        assert_eq!(
            (
                missed.arrival_delay_minutes,
                missed.missed_connection,
                missed.cause
            ),
            (None, true, 0)
        );
        assert!(missed.is_disrupted());
    }

    #[test]
    fn a_next_flight_that_waits_is_not_missed_and_its_own_delay_counts() {
        let next = delayed(&sample::onward(60), 90);
        let outcome = outcome(&[&delayed(&sample::flight(), 120), &next]);
        assert_eq!(
            (outcome.arrival_delay_minutes, outcome.cause),
            (Some(90), 1)
        );
    }

    #[test]
    fn what_happens_first_decides() {
        let (first, next) = (sample::flight(), sample::onward(60));
        assert_eq!(outcome(&[&cancelled(&first), &cancelled(&next)]).cause, 0);
        let second = outcome(&[&delayed(&first, 300), &cancelled(&next)]);
        assert_eq!((second.kind, second.cause), (Disruption::Cancellation, 1));
        assert_eq!(journey_outcome(&[]), None);
    }

    #[test]
    fn a_diverted_flight_is_unknown_until_its_passengers_arrive() {
        let to = |arrival| Change::Diversion {
            to: "HHN".to_owned(),
            arrival,
            cause: None,
        };
        let lost = apply(&sample::flight(), &to(None)).unwrap();
        assert_eq!(outcome(&[&lost]).arrival_delay_minutes, None);
        let found = apply(&lost, &to(Some(200))).unwrap();
        let outcome = outcome(&[&found]);
        assert_eq!(
            (outcome.kind, outcome.arrival_delay_minutes),
            (Disruption::Diversion, Some(200))
        );
    }

    proptest! {
        #[test]
        fn more_delay_never_makes_a_missed_connection_kept(minutes in 0..1_000_i32, more in 0..500_i32, gap in 20..300_i64) {
            let next = sample::onward(gap);
            let missed = |minutes| outcome(&[&delayed(&sample::flight(), minutes), &next]).missed_connection;
            prop_assert!(!missed(minutes) || missed(minutes + more));
        }
    }
}
