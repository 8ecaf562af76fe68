//! Time as a parameter.

use std::sync::Arc;

use chrono::{DateTime, Duration, SubsecRound, Utc};
use tokio::sync::watch;

/// How often the machine's clock is looked at by who waits for an instant: it may be set.
const LONGEST_SLEEP: std::time::Duration = std::time::Duration::from_mins(1);

/// Where "now" comes from.
///
/// Instants are whole milliseconds in UTC, so that what is written to SQLite (text) and to PostgreSQL (microseconds)
/// reads back equal.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    Fixed(Arc<watch::Sender<i64>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `instant` until [`Clock::advance`] moves it: for tests, seeds and replays.
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Source::Fixed(Arc::new(watch::Sender::new(
            instant.timestamp_millis(),
        ))))
    }

    /// The present instant, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place where the machine's clock is read"
            )]
            Source::System => Utc::now().trunc_subsecs(3),
            Source::Fixed(millis) => {
                DateTime::from_timestamp_millis(*millis.borrow()).unwrap_or_default()
            }
        }
    }

    /// Moves a fixed clock forward; the system clock is not moved.
    pub fn advance(&self, by: Duration) {
        if let Source::Fixed(millis) = &self.0 {
            millis.send_modify(|millis| *millis += by.num_milliseconds());
        }
    }

    /// Waits until `instant` has come.
    pub async fn wait_until(&self, instant: DateTime<Utc>) {
        if let Source::Fixed(millis) = &self.0 {
            let due = instant.timestamp_millis();
            // It fails when there is no sender any more, and we hold one.
            let _ = millis.subscribe().wait_for(|now| *now >= due).await;
            return;
        }
        while let Ok(left) = (instant - self.now()).to_std()
            && !left.is_zero()
        {
            tokio::time::sleep(left.min(LONGEST_SLEEP)).await;
        }
    }
}
