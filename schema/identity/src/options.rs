//! How this domain is set.

use chrono::TimeDelta;

use crate::throttle::Throttles;

/// How this domain is set.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long a session lasts at most.
    pub session_lifetime: TimeDelta,
    /// How long a session lasts without being used.
    pub session_idle: TimeDelta,
    /// For how long what somebody has shown counts as shown just now.
    pub step_up_window: TimeDelta,
    /// Whether roles that ask for a second factor get one.
    pub is_second_factor_enforced: bool,
    /// What may be tried how often.
    pub throttles: Throttles,
}
