//! How this domain is set.

use chrono::TimeDelta;

/// How this domain is set.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long after its end a month is published.
    pub settle: TimeDelta,
    /// How many questions each partner may ask in 24 hours.
    pub questions_a_day: u32,
    /// What a cube of a month costs of a partner's privacy budget, with noise of this ε; `None` for counts without noise.
    pub epsilon: Option<f64>,
    /// How much of it each partner may spend in a calendar year.
    pub epsilon_a_year: f64,
}
