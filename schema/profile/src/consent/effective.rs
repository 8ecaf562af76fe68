//! What holds at a moment. Pure.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entities::profile::consent::{Model, Purpose, State};

use super::view::ConsentState;

/// What holds of these statements at an instant, by purpose. Statements come the oldest first.
pub(super) fn at(
    statements: &[Model],
    instant: DateTime<Utc>,
) -> BTreeMap<Purpose, (ConsentState, &Model)> {
    let mut effective: BTreeMap<Purpose, (ConsentState, &Model)> = BTreeMap::new();
    for statement in statements
        .iter()
        .filter(|statement| statement.at <= instant)
    {
        let has_expired = statement
            .expires_at
            .is_some_and(|expires_at| expires_at <= instant);
        let state = match statement.state {
            State::Granted if has_expired => ConsentState::Expired,
            State::Granted => ConsentState::Granted,
            State::Pending => ConsentState::Pending,
            State::Denied => ConsentState::Denied,
            State::Withdrawn => ConsentState::Withdrawn,
        };
        // To ask again does not take away what was allowed.
        let keeps = state == ConsentState::Pending
            && effective
                .get(&statement.purpose)
                .is_some_and(|(state, _)| *state == ConsentState::Granted);
        if !keeps {
            effective.insert(statement.purpose, (state, statement));
        }
    }
    effective
}

/// The more restrictive of two: what two records of one person come to when they are merged.
#[must_use]
pub fn stricter(one: ConsentState, other: ConsentState) -> ConsentState {
    if rank(one) <= rank(other) { one } else { other }
}

fn rank(state: ConsentState) -> u8 {
    match state {
        ConsentState::Withdrawn => 0,
        ConsentState::Denied => 1,
        ConsentState::Expired => 2,
        ConsentState::Unknown => 3,
        ConsentState::Pending => 4,
        ConsentState::Granted => 5,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use entities::id::{ConsentId, CustomerId};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn said(state: State, minute: i64) -> Model {
        Model {
            id: ConsentId(Uuid::nil()),
            customer_id: CustomerId(Uuid::nil()),
            purpose: Purpose::MarketingEmail,
            state,
            text_version: "2026-11".to_owned(),
            language: "en".to_owned(),
            recorded_by: "test".to_owned(),
            expires_at: None,
            token_hash: None,
            at: moment(minute),
        }
    }

    fn moment(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn state(statements: &[Model], minute: i64) -> Option<ConsentState> {
        let effective = at(statements, moment(minute));
        effective
            .get(&Purpose::MarketingEmail)
            .map(|(state, _)| *state)
    }

    #[test]
    fn every_past_moment_has_its_answer() {
        let statements = [
            said(State::Pending, 10),
            said(State::Granted, 20),
            said(State::Pending, 25),
            said(State::Withdrawn, 30),
        ];
        assert_eq!(state(&statements, 9), None);
        assert_eq!(state(&statements, 10), Some(ConsentState::Pending));
        assert_eq!(state(&statements, 20), Some(ConsentState::Granted));
        assert_eq!(state(&statements, 27), Some(ConsentState::Granted));
        assert_eq!(state(&statements, 30), Some(ConsentState::Withdrawn));
    }

    #[test]
    fn what_has_expired_is_not_allowed() {
        let mut granted = said(State::Granted, 10);
        granted.expires_at = Some(moment(20));
        assert_eq!(
            state(std::slice::from_ref(&granted), 19),
            Some(ConsentState::Granted)
        );
        assert_eq!(state(&[granted], 20), Some(ConsentState::Expired));
    }

    proptest! {
        #[test]
        fn what_is_said_later_changes_no_moment_before(minutes in prop::collection::vec(0_i64..100, 1..20), look in 0_i64..100) {
            let mut minutes = minutes;
            minutes.sort_unstable();
            let states = [State::Pending, State::Granted, State::Denied, State::Withdrawn];
            let statements: Vec<Model> = minutes
                .iter()
                .enumerate()
                .map(|(index, minute)| said(states[index % states.len()], *minute))
                .collect();
            let known: Vec<Model> = statements.iter().filter(|said| said.at <= moment(look)).cloned().collect();
            prop_assert_eq!(state(&statements, look), state(&known, look));
        }

        #[test]
        fn merging_allows_nothing_that_one_forbade(one in 0_usize..6, other in 0_usize..6) {
            let all = [
                ConsentState::Unknown,
                ConsentState::Pending,
                ConsentState::Granted,
                ConsentState::Denied,
                ConsentState::Withdrawn,
                ConsentState::Expired,
            ];
            let (one, other) = (all[one], all[other]);
            let merged = stricter(one, other);
            prop_assert_eq!(merged, stricter(other, one));
            let both = one == ConsentState::Granted && other == ConsentState::Granted;
            prop_assert_eq!(merged == ConsentState::Granted, both);
        }
    }
}
