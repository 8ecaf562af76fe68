//! Time as a parameter.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Duration, SubsecRound, Utc};

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
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `instant` until [`Clock::advance`] moves it: for tests, seeds and replays.
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Source::Fixed(Arc::new(AtomicI64::new(
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
                DateTime::from_timestamp_millis(millis.load(Ordering::Relaxed)).unwrap_or_default()
            }
        }
    }

    /// Moves a fixed clock forward; the system clock is not moved.
    pub fn advance(&self, by: Duration) {
        if let Source::Fixed(millis) = &self.0 {
            millis.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
        }
    }
}
