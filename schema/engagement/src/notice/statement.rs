//! What is said of a journey that went wrong, and when it is said again. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Delays from here on, in minutes, are told (Article 14(2)).
pub const NOTABLE_DELAY: i32 = 120;

/// A flight that leaves earlier by more minutes than this counts as cancelled (C-146/20).
pub const NOTABLE_ADVANCE: i32 = 60;

/// A change of a delay by fewer minutes than this is not told anew, unless a right begins or ends with it.
const SMALL_CHANGE: i64 = 15;

/// The delays, in hours, with which rights begin or end (Articles 6, 7 and 8; C-402/07).
const THRESHOLDS: [i64; 4] = [2, 3, 4, 5];

/// A journey that should have ended longer ago than this is history, and nobody is helped by a message about it.
const OLD: TimeDelta = TimeDelta::days(7);

/// What can go wrong with a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Disruption {
    /// It ends later than planned.
    Delay,
    /// One of its flights does not take place.
    Cancellation,
    /// One of its flights goes to another airport.
    Diversion,
    /// The passenger is not let on board.
    DeniedBoarding,
    /// One of its flights leaves earlier than planned.
    BroughtForward,
}

impl Disruption {
    /// The code that templates ask about.
    pub fn code(self) -> &'static str {
        match self {
            Self::Delay => "DELAY",
            Self::Cancellation => "CANCELLATION",
            Self::Diversion => "DIVERSION",
            Self::DeniedBoarding => "DENIED_BOARDING",
            Self::BroughtForward => "BROUGHT_FORWARD",
        }
    }

    /// The disruption with this code.
    pub fn of_code(code: &str) -> Option<Self> {
        [
            Self::Delay,
            Self::Cancellation,
            Self::Diversion,
            Self::DeniedBoarding,
            Self::BroughtForward,
        ]
        .into_iter()
        .find(|disruption| disruption.code() == code)
    }
}

/// What is known of a journey.
#[derive(Clone, Debug)]
pub struct Journey {
    /// What went wrong.
    pub kind: Disruption,
    /// The flight that decides it: `EK46`.
    pub flight: String,
    /// When it should end.
    pub scheduled_arrival_at: DateTime<Utc>,
    /// How late the deciding flight leaves, in minutes; negative when early.
    pub departure_delay_minutes: Option<i32>,
    /// How late the journey ends, in minutes.
    pub arrival_delay_minutes: Option<i32>,
    /// Whether a connection is missed.
    pub missed_connection: bool,
}

/// What is said of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What went wrong.
    pub disruption: Disruption,
    /// The flight that decides it.
    pub flight: String,
    /// How late the journey ends, in minutes, where that is known.
    pub delay: Option<i64>,
    /// How much earlier the flight leaves, in minutes, where it does.
    pub advance: Option<i64>,
    /// Whether a connection is missed.
    pub is_connection_missed: bool,
}

impl Statement {
    /// What there is to say; `None` when nothing went wrong that has to be told.
    pub fn of(journey: &Journey) -> Option<Self> {
        let early = journey
            .departure_delay_minutes
            .filter(|minutes| *minutes < -NOTABLE_ADVANCE);
        let late = journey
            .arrival_delay_minutes
            .max(journey.departure_delay_minutes)
            .filter(|minutes| *minutes >= NOTABLE_DELAY);
        let is_open = journey.arrival_delay_minutes.is_none() && journey.missed_connection;
        let disruption = match journey.kind {
            Disruption::Delay if early.is_some() => Disruption::BroughtForward,
            Disruption::Delay if late.is_none() && !is_open => return None,
            // It arrived where it should, in time.
            Disruption::Diversion
                if journey.arrival_delay_minutes.is_some() && late.is_none() && !is_open =>
            {
                return None;
            }
            kind => kind,
        };
        let says_how_late = matches!(disruption, Disruption::Delay | Disruption::Diversion);
        Some(Self {
            disruption,
            flight: journey.flight.clone(),
            delay: journey
                .arrival_delay_minutes
                .or(late)
                .filter(|minutes| says_how_late && *minutes > 0 && !is_open)
                .map(i64::from),
            advance: early
                .filter(|_| disruption == Disruption::BroughtForward)
                .map(|minutes| -i64::from(minutes)),
            is_connection_missed: journey.missed_connection,
        })
    }

    fn is_much_like(&self, other: &Self) -> bool {
        let alike = |one: Option<i64>, other: Option<i64>| match (one, other) {
            (Some(one), Some(other)) => {
                (one - other).abs() < SMALL_CHANGE && rights(one) == rights(other)
            }
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        self.disruption == other.disruption
            && self.flight == other.flight
            && self.is_connection_missed == other.is_connection_missed
            && alike(self.delay, other.delay)
            && alike(self.advance, other.advance)
    }
}

/// How many thresholds of the law a delay has reached.
fn rights(minutes: i64) -> usize {
    THRESHOLDS
        .iter()
        .filter(|hours| minutes >= *hours * 60)
        .count()
}

/// Whether a message about a journey still helps somebody.
pub fn is_history(journey: &Journey, now: DateTime<Utc>) -> bool {
    now - journey.scheduled_arrival_at > OLD
}

/// What to do when something is known anew of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: it was said, or there is nothing to say.
    Nothing,
    /// Say it for the first time, or again after it was taken back.
    Tell,
    /// Say it in place of what was said.
    Correct,
    /// Take back what was said.
    Withdraw,
}

/// What to do, from what was said last and what there is to say now.
pub fn step(said: Option<&Statement>, now: Option<&Statement>) -> Step {
    match (said, now) {
        (None, None) => Step::Nothing,
        (None, Some(_)) => Step::Tell,
        (Some(_), None) => Step::Withdraw,
        (Some(said), Some(now)) if said.is_much_like(now) => Step::Nothing,
        (Some(_), Some(_)) => Step::Correct,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn journey(kind: Disruption, departure: Option<i32>, arrival: Option<i32>) -> Journey {
        Journey {
            kind,
            flight: "EK46".to_owned(),
            scheduled_arrival_at: DateTime::UNIX_EPOCH,
            departure_delay_minutes: departure,
            arrival_delay_minutes: arrival,
            missed_connection: false,
        }
    }

    fn disruption(
        kind: Disruption,
        departure: Option<i32>,
        arrival: Option<i32>,
    ) -> Option<Disruption> {
        Statement::of(&journey(kind, departure, arrival)).map(|statement| statement.disruption)
    }

    #[test]
    fn what_the_law_names_is_told() {
        let delay = Disruption::Delay;
        for (departure, arrival, told) in [
            (Some(119), Some(119), None),
            (Some(120), Some(90), Some(delay)),
            (None, Some(120), Some(delay)),
            (Some(0), Some(0), None),
            (Some(-60), Some(0), None),
            (Some(-61), Some(0), Some(Disruption::BroughtForward)),
        ] {
            assert_eq!(disruption(delay, departure, arrival), told, "{departure:?}");
        }
        let cancelled = disruption(Disruption::Cancellation, None, None);
        assert_eq!(cancelled, Some(Disruption::Cancellation));
        let denied = disruption(Disruption::DeniedBoarding, None, None);
        assert_eq!(denied, Some(Disruption::DeniedBoarding));
        let late = disruption(Disruption::Diversion, None, Some(200));
        assert_eq!(late, Some(Disruption::Diversion));
        assert_eq!(disruption(Disruption::Diversion, None, Some(60)), None);
    }

    #[test]
    fn a_missed_connection_is_told_before_it_is_known_how_late() {
        let journey = Journey {
            missed_connection: true,
            ..journey(Disruption::Delay, Some(45), None)
        };
        let statement = Statement::of(&journey).unwrap();
        assert!(statement.is_connection_missed && statement.delay.is_none());
    }

    #[test]
    fn a_change_is_told_anew_when_it_matters() {
        let told = |minutes| Statement::of(&journey(Disruption::Delay, None, Some(minutes)));
        for (before, after, expected) in [
            (200, 210, Step::Nothing),
            (200, 215, Step::Correct),
            (175, 181, Step::Correct),
            (241, 239, Step::Correct),
        ] {
            assert_eq!(
                step(told(before).as_ref(), told(after).as_ref()),
                expected,
                "{before} to {after}"
            );
        }
    }

    prop_compose! {
        fn any_journey()(
            kind in prop::sample::select(vec![Disruption::Delay, Disruption::Cancellation, Disruption::Diversion, Disruption::DeniedBoarding]),
            departure in prop::option::of(-200..600_i32),
            arrival in prop::option::of(-200..600_i32),
            missed_connection in any::<bool>(),
        ) -> Journey {
            Journey { missed_connection, ..journey(kind, departure, arrival) }
        }
    }

    proptest! {
        #[test]
        fn what_is_repeated_is_told_once(journey in any_journey()) {
            let statement = Statement::of(&journey);
            prop_assert_eq!(step(statement.as_ref(), statement.as_ref()),
                if statement.is_some() { Step::Nothing } else { step(None, None) });
        }

        #[test]
        fn what_was_said_is_taken_back_or_stands(said in any_journey(), now in any_journey()) {
            let (said, now) = (Statement::of(&said), Statement::of(&now));
            let step = step(said.as_ref(), now.as_ref());
            prop_assert_eq!(step == Step::Withdraw, said.is_some() && now.is_none());
            prop_assert_eq!(step == Step::Tell, said.is_none() && now.is_some());
        }

        #[test]
        fn a_delay_that_the_law_names_is_never_passed_over(departure in prop::option::of(-200..600_i32), arrival in 120..600_i32) {
            prop_assert!(Statement::of(&journey(Disruption::Delay, departure, Some(arrival))).is_some());
        }
    }
}
