//! Whether a session holds: pure.

use chrono::{DateTime, TimeDelta, Utc};
use entities::identity::{session::Model, user};

/// How exactly it is kept when a session was last seen. More exactly would cost a write with each request.
pub(crate) const SEEN_TO: TimeDelta = TimeDelta::minutes(1);

/// Whether a session of this user holds at this moment: it was not ended, is not too old, was used lately, and its user can
/// sign in.
pub fn holds(session: &Model, user: &user::Model, now: DateTime<Utc>, idle: TimeDelta) -> bool {
    session.revoked_at.is_none()
        && session.user_id == user.id
        && user.state == user::State::Active
        && now < ends_at(session, idle)
}

/// When a session ends by itself, if nobody uses it until then.
pub fn ends_at(session: &Model, idle: TimeDelta) -> DateTime<Utc> {
    // Seen up to a minute later than it is kept.
    session
        .expires_at
        .min(session.last_seen_at + idle + SEEN_TO)
}

#[cfg(test)]
mod tests {
    use entities::id::{UserId, UserSessionId};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn user(state: user::State) -> user::Model {
        user::Model {
            id: UserId(Uuid::from_u128(1)),
            email: "amal@example.com".to_owned(),
            display_name: "Amal".to_owned(),
            language: "en".to_owned(),
            role: "finance".to_owned(),
            customer_id: None,
            state,
            password_hash: None,
            password_changed_at: None,
            signed_in_at: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    fn session(last_seen: i64, expires: i64, revoked: Option<i64>) -> Model {
        let at = |minutes| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        Model {
            id: UserSessionId(Uuid::from_u128(2)),
            token_hash: String::new(),
            user_id: UserId(Uuid::from_u128(1)),
            browser: None,
            is_for_enrolment: false,
            has_second_factor: false,
            stepped_up_until: None,
            created_at: at(0),
            last_seen_at: at(last_seen),
            expires_at: at(expires),
            revoked_at: revoked.map(at),
        }
    }

    proptest! {
        #[test]
        fn it_never_outlives_any_of_its_ends(
            now in 0i64..3_000, last_seen in 0i64..1_500, expires in 0i64..2_000, revoked in proptest::option::of(0i64..3_000),
        ) {
            let at = DateTime::UNIX_EPOCH + TimeDelta::minutes(now);
            let idle = TimeDelta::minutes(60);
            let session = session(last_seen, expires, revoked);
            let is_alive = holds(&session, &user(user::State::Active), at, idle);
            prop_assert_eq!(is_alive, revoked.is_none() && now < expires && now < last_seen + 61);
            for state in [user::State::Invited, user::State::Disabled] {
                prop_assert!(!holds(&session, &user(state), at, idle));
            }
        }
    }
}
