//! The life of a delivery, without time, database or network of its own.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entities::engagement::delivery::{Model, Reason, State};

/// How often a delivery is tried again after the first time.
pub const RETRIES: i32 = 3;

/// How patient a courier is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The pause before the first retry; each further one is twice as long.
    pub pause: Duration,
    /// How long after it was made a delivery waits for a server or a directory that is away.
    pub give_up_after: Duration,
}

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken over.
    Sent,
    /// It waits for the end of quiet hours.
    Held(DateTime<Utc>),
    /// It is not to be sent.
    Suppressed(Reason),
    /// It did not get through this time.
    Failed {
        /// Why.
        reason: Reason,
        /// What the other side said, as a code.
        reply: Option<String>,
    },
    /// It will never get through.
    Refused {
        /// Why.
        reason: Reason,
        /// What the other side said, as a code.
        reply: Option<String>,
    },
    /// Whoever is needed for it is away; that is not this delivery's fault, and does not count.
    Away(Reason),
}

/// The delivery after one try, which began by counting it. `spread`, from 0 to 1, keeps deliveries apart that failed together.
pub fn after(
    delivery: &Model,
    outcome: Outcome,
    now: DateTime<Utc>,
    spread: f64,
    patience: Patience,
) -> Model {
    let ended = |state, reason, reply| Model {
        state,
        due_at: None,
        lease: None,
        reason,
        reply,
        updated_at: now,
        version: delivery.version + 1,
        ..delivery.clone()
    };
    let waits = |state, attempts, due_at, reason, reply| Model {
        state,
        attempts,
        due_at: Some(due_at),
        ..ended(state, Some(reason), reply)
    };
    let uncounted = (delivery.attempts - 1).max(0);
    match outcome {
        Outcome::Sent => Model {
            sent_at: Some(now),
            ..ended(State::Sent, None, None)
        },
        Outcome::Held(until) => waits(State::Queued, uncounted, until, Reason::QuietHours, None),
        Outcome::Suppressed(reason) => Model {
            attempts: uncounted,
            ..ended(State::Suppressed, Some(reason), None)
        },
        Outcome::Failed { reason, reply } if delivery.attempts <= RETRIES => {
            let due = now + pause(patience.pause, delivery.attempts, spread);
            waits(State::Failed, delivery.attempts, due, reason, reply)
        }
        Outcome::Failed { reason, reply } | Outcome::Refused { reason, reply } => {
            ended(State::Dead, Some(reason), reply)
        }
        Outcome::Away(reason) => {
            let age = (now - delivery.created_at).to_std().unwrap_or_default();
            if age >= patience.give_up_after {
                return ended(State::Dead, Some(reason), None);
            }
            let due = now + pause(patience.pause, 1, spread);
            waits(State::Failed, uncounted, due, reason, None)
        }
    }
}

/// How long to wait after the `attempt`-th try: twice as long each time, a fifth more or less.
fn pause(first: Duration, attempt: i32, spread: f64) -> TimeDelta {
    let doublings = u32::try_from(attempt - 1).unwrap_or_default().min(16);
    let whole = first.saturating_mul(1 << doublings);
    let pause = whole.mul_f64(0.8 + 0.4 * spread.clamp(0.0, 1.0));
    TimeDelta::from_std(pause).unwrap_or(TimeDelta::MAX / 4)
}

/// Whether somebody may ask for another try.
pub fn may_retry(state: State) -> bool {
    match state {
        State::Failed | State::Dead | State::Suppressed => true,
        State::Queued | State::Sending | State::Sent => false,
    }
}

/// Whether nothing more becomes of it by itself.
pub fn is_over(state: State) -> bool {
    match state {
        State::Sent | State::Dead | State::Suppressed => true,
        State::Queued | State::Sending | State::Failed => false,
    }
}

#[cfg(test)]
mod tests {
    use entities::{
        engagement::delivery::Channel,
        id::{CustomerId, DeliveryId, NotificationId},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const PATIENCE: Patience = Patience {
        pause: Duration::from_mins(2),
        give_up_after: Duration::from_hours(24),
    };

    fn sending(attempts: i32) -> Model {
        Model {
            id: DeliveryId(Uuid::from_u128(1)),
            notification_id: NotificationId(Uuid::from_u128(2)),
            customer_id: CustomerId(Uuid::from_u128(3)),
            channel: Channel::Mail,
            state: State::Sending,
            attempts,
            due_at: Some(now()),
            lease: Some(Uuid::from_u128(4)),
            reason: None,
            reply: None,
            masked_address: None,
            sent_at: None,
            created_at: now(),
            updated_at: now(),
            version: 1,
        }
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_132_800, 0).unwrap()
    }

    fn failed() -> Outcome {
        Outcome::Failed {
            reason: Reason::Deferred,
            reply: Some("451 4.7.1".to_owned()),
        }
    }

    #[test]
    fn it_is_tried_four_times_with_pauses_that_double() {
        let mut pauses = Vec::new();
        for attempt in 1..=3 {
            let next = after(&sending(attempt), failed(), now(), 0.5, PATIENCE);
            assert_eq!(next.state, State::Failed);
            pauses.push((next.due_at.unwrap() - now()).num_minutes());
        }
        assert_eq!(pauses, [2, 4, 8]);
        let last = after(&sending(4), failed(), now(), 0.5, PATIENCE);
        assert_eq!((last.state, last.due_at), (State::Dead, None));
        assert_eq!(last.reply.unwrap(), "451 4.7.1");
    }

    #[test]
    fn what_is_away_does_not_count_until_a_day_has_passed() {
        let away = Outcome::Away(Reason::ServerAway);
        let next = after(&sending(1), away.clone(), now(), 0.5, PATIENCE);
        assert_eq!((next.state, next.attempts), (State::Failed, 0));
        let tomorrow = now() + TimeDelta::days(1);
        let next = after(&sending(1), away, tomorrow, 0.5, PATIENCE);
        assert_eq!(next.state, State::Dead);
    }

    fn outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Sent),
            Just(Outcome::Held(now() + TimeDelta::hours(8))),
            Just(Outcome::Suppressed(Reason::NoAddress)),
            Just(failed()),
            Just(Outcome::Refused {
                reason: Reason::Refused,
                reply: None
            }),
            Just(Outcome::Away(Reason::DirectoryAway)),
        ]
    }

    proptest! {
        #[test]
        fn it_is_over_or_due(outcome in outcome(), attempts in 1..6_i32, spread in 0.0..1.0_f64) {
            let next = after(&sending(attempts), outcome, now(), spread, PATIENCE);
            prop_assert_eq!(is_over(next.state), next.due_at.is_none());
            prop_assert_eq!(next.state == State::Sent, next.sent_at.is_some());
            prop_assert!(next.lease.is_none() && next.state != State::Sending);
            prop_assert!(next.due_at.is_none_or(|due| due > now()));
        }

        #[test]
        fn whatever_happens_failures_end(outcomes in prop::collection::vec(outcome(), 0..60)) {
            let (mut delivery, mut failures) = (sending(0), 0);
            for outcome in outcomes {
                if is_over(delivery.state) {
                    break;
                }
                delivery.attempts += 1;
                failures += usize::from(matches!(outcome, Outcome::Failed { .. }));
                delivery = after(&delivery, outcome, now(), 0.5, PATIENCE);
            }
            prop_assert!(failures <= 4, "{failures}");
        }

        #[test]
        fn pauses_keep_their_bounds(attempt in 1..40_i32, spread in any::<f64>()) {
            let pause = pause(Duration::from_secs(100), attempt, if spread.is_nan() { 0.0 } else { spread });
            prop_assert!(pause >= TimeDelta::seconds(80));
        }
    }
}
