use async_graphql::{InputObject, Object};
use entities::case::case::{Impact, Model, Modifiers, Urgency};

use crate::kind::{CaseImpact, CaseUrgency};

/// What set the priority of a case: the inputs of the matrix, and what moved its answer.
pub struct CaseWeight {
    impact: Impact,
    urgency: Urgency,
    modifiers: Modifiers,
}

impl CaseWeight {
    /// What set the priority of this case.
    pub(crate) fn of(case: &Model) -> Self {
        Self {
            impact: case.impact,
            urgency: case.urgency,
            modifiers: case.modifiers,
        }
    }
}

/// What set the priority of a case: the inputs of the matrix, and what moved its answer.
#[Object(requires_scopes = "case:internal")]
impl CaseWeight {
    /// How hard the matter hits the customer: the row of the matrix.
    async fn impact(&self) -> CaseImpact {
        self.impact.into()
    }

    /// How soon the matter is over: the column of the matrix.
    async fn urgency(&self) -> CaseUrgency {
        self.urgency.into()
    }

    /// Whether the customer's highest tier raised the priority by one (which makes no P1 of a P3).
    async fn is_top_tier(&self) -> bool {
        self.modifiers.is_top_tier
    }

    /// Whether the risk of losing the customer raised the priority by one (to P2 at most).
    async fn is_churn_risk(&self) -> bool {
        self.modifiers.is_churn_risk
    }
}

/// What moves a priority beside impact and urgency.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct CaseModifiersInput {
    /// Whether the customer has the highest tier of the loyalty programme: raises by one, but makes no P1 of a P3.
    #[graphql(default)]
    pub is_top_tier: bool,
    /// Whether the customer sounds very unhappy and may leave: raises by one, to P2 at most.
    #[graphql(default)]
    pub is_churn_risk: bool,
}

impl From<CaseModifiersInput> for Modifiers {
    fn from(input: CaseModifiersInput) -> Self {
        Self {
            is_top_tier: input.is_top_tier,
            is_churn_risk: input.is_churn_risk,
        }
    }
}
