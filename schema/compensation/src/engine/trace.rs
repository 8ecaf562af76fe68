use serde::{Deserialize, Serialize};

use super::assessment::Regime;

/// One rule that was tried, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The body of law.
    pub regime: Regime,
    /// The pack it stands in.
    pub pack: String,
    /// The question it answers: compensation, care, baggage.
    pub answer: String,
    /// The rule.
    pub rule_id: String,
    /// Its version.
    pub rule_version: u32,
    /// What became of it.
    pub outcome: StepOutcome,
    /// Why, in one sentence.
    pub why: String,
}

/// What can become of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StepOutcome {
    /// It grants something.
    Granted,
    /// It grants something as far as is known, and waits for facts.
    Provisional,
    /// It waits for facts before it can name anything.
    Waiting,
    /// It decides, and grants nothing.
    NothingDue,
    /// The journey or the passenger is out of its reach.
    OutOfScope,
    /// It is for another sort of event.
    DoesNotFit,
    /// It does not decide incidents of that day.
    NotInForce,
    /// A rule before it decides.
    NotReached,
}

impl StepOutcome {
    pub(crate) fn of(is_granted: bool, is_open: bool) -> Self {
        match (is_granted, is_open) {
            (true, false) => Self::Granted,
            (true, true) => Self::Provisional,
            (false, true) => Self::Waiting,
            (false, false) => Self::NothingDue,
        }
    }
}
