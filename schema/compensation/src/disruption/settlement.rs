//! Everything the rules say about one disruption, worked out before anything is written.

use std::collections::BTreeMap;

use entities::{
    compensation::{claim, disruption},
    id::ClaimId,
};
use schema_kernel::Result;

use super::{CauseReading, Established};
use crate::{
    claim::policy::{self, Due},
    engine::{self, Assessment, CaseFacts, Entitlement, Regime, RuleSet},
    matter,
};

/// What the rules say about a disruption, on the reported facts together with the established ones.
#[derive(Clone, Debug)]
pub(crate) struct Settlement {
    /// The facts it rests on.
    pub(crate) facts: CaseFacts,
    /// The versions of the packs that answered, by name.
    pub(crate) versions: BTreeMap<String, u32>,
    /// The answers of each regime.
    pub(crate) assessments: Vec<Assessment>,
    /// What is owed or at stake by them, less what was paid for it.
    pub(crate) due: Vec<Due>,
    /// What a person is told about claims for which more was paid than is due.
    pub(crate) overpaid: BTreeMap<ClaimId, String>,
}

impl Settlement {
    /// Works it out under these rules. `claims` are all claims of the passenger's journey, of this flight and of others.
    pub(crate) fn of(
        rules: &RuleSet,
        disruption: &disruption::Model,
        established: &Established,
        claims: &[claim::Model],
    ) -> Result<Self> {
        let reported: CaseFacts = serde_json::from_value(disruption.facts.clone())?;
        let facts = established.over(&reported);
        let assessments = engine::assess(&facts, rules);
        let cause = CauseReading::of(disruption.cause_code.as_deref());
        let mut due = policy::due(&facts, cause, &assessments, rules);
        let others: Vec<_> = claims
            .iter()
            .filter(|claim| claim.flight_id != disruption.flight_id)
            .collect();
        policy::mark_paid(&mut due, &others);
        if matter::is_baggage(&disruption.matter) {
            policy::mark_unproven(&mut due);
        }
        let own: Vec<_> = claims
            .iter()
            .filter(|claim| claim.flight_id == disruption.flight_id)
            .cloned()
            .collect();
        let overpaid = policy::less_paid(&mut due, &own);
        Ok(Self {
            versions: rules.versions_on(facts.event.incident_on),
            facts,
            assessments,
            due,
            overpaid,
        })
    }

    /// The reason a regime gives, in one sentence.
    pub(crate) fn why(&self, regime: Regime) -> Option<String> {
        weightiest(&self.assessments, regime).map(|assessment| assessment.why.clone())
    }
}

/// Of the answers of a regime, the one that owes an amount; else the first, which is about compensation or refund.
pub(crate) fn weightiest(assessments: &[Assessment], regime: Regime) -> Option<&Assessment> {
    let mut own = assessments
        .iter()
        .filter(|assessment| assessment.regime == regime);
    let first = own.clone().next();
    own.find(|assessment| assessment.entitlements.iter().any(Entitlement::is_payable))
        .or(first)
}
