use async_graphql::{Enum, Object};
use entities::compensation::assessment;

use super::Regime;
use crate::engine::{Step, StepOutcome};

/// One rule that was tried, and what became of it.
pub struct TraceStep(pub(crate) Step);

/// What can become of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "StepOutcome")]
pub enum TraceOutcome {
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

/// One rule that was tried, and what became of it.
#[Object(requires_scopes = "claim:read")]
impl TraceStep {
    /// The body of law.
    async fn regime(&self) -> Regime {
        assessment::Regime::from(self.0.regime).into()
    }

    /// The question it answers. Example: `"compensation"`.
    async fn answer(&self) -> &str {
        &self.0.answer
    }

    /// The rule. Example: `"EU261-DELAY"`.
    async fn rule_id(&self) -> &str {
        &self.0.rule_id
    }

    /// The version of the rule.
    async fn rule_version(&self) -> u32 {
        self.0.rule_version
    }

    /// What became of it.
    async fn outcome(&self) -> TraceOutcome {
        self.0.outcome.into()
    }

    /// Why, in one sentence. Example: `"It is for another sort of event."`.
    async fn why(&self) -> &str {
        &self.0.why
    }
}
