//! Everything the rules say about one disruption, worked out before anything is written.

use entities::compensation::{claim, disruption};
use schema_kernel::Result;

use super::{CauseReading, Established};
use crate::{
    claim::policy::{self, Due},
    engine::{self, Assessment, CaseFacts, Regime},
};

/// What the rules say about a disruption, on the reported facts together with the established ones.
#[derive(Clone, Debug)]
pub(crate) struct Settlement {
    /// The facts it rests on.
    pub(crate) facts: CaseFacts,
    /// The answer of each regime.
    pub(crate) assessments: Vec<Assessment>,
    /// What is owed or at stake by them.
    pub(crate) due: Vec<Due>,
}

impl Settlement {
    /// Works it out. `claims` are all claims of the passenger's journey, of this flight and of others.
    pub(crate) fn of(
        disruption: &disruption::Model,
        established: &Established,
        claims: &[claim::Model],
    ) -> Result<Self> {
        let reported: CaseFacts = serde_json::from_value(disruption.facts.clone())?;
        let facts = established.over(&reported);
        let assessments = engine::assess(&facts);
        let cause = CauseReading::of(disruption.cause_code.as_deref());
        let mut due = policy::due(&facts, cause, &assessments);
        let others: Vec<_> = claims
            .iter()
            .filter(|claim| claim.flight_id != disruption.flight_id)
            .collect();
        policy::mark_paid(&mut due, &others);
        Ok(Self {
            facts,
            assessments,
            due,
        })
    }

    /// The reason a regime gives, in one sentence.
    pub(crate) fn why(&self, regime: Regime) -> Option<String> {
        self.assessments
            .iter()
            .find(|assessment| assessment.regime == regime)
            .map(|assessment| assessment.why.clone())
    }
}
