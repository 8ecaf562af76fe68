//! What happens to the claims of a disruption, worked out before anything is written.

use std::collections::HashMap;

use entities::{
    compensation::{
        assessment::Regime,
        claim::{self, ClaimOrigin, ClaimStatus, DueNotice},
        disruption,
        filing::Incident,
    },
    id::{AssessmentId, ClaimId},
};
use schema_kernel::{Error, Result, Session};

use super::{
    policy::{self, Due, Next},
    state::{Step, after},
};
use crate::disruption::Settlement;

/// A claim as it will be, and how it came there.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    /// The claim after the step, with its new version.
    pub(crate) claim: claim::Model,
    /// The status before; absent when it is opened.
    pub(crate) from: Option<ClaimStatus>,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Whether a person decided it, in their own words.
    pub(crate) is_decision: bool,
    /// What happened, where somebody files it.
    pub(crate) incident: Option<Incident>,
}

/// Everything that will be written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Claims that are opened or change.
    pub(crate) moves: Vec<Move>,
    /// Claims that stand, now on another assessment that says the same.
    pub(crate) rests_on: Vec<(ClaimId, AssessmentId)>,
}

/// What a person decided about one of the claims.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) claim: ClaimId,
    pub(crate) to: ClaimStatus,
    /// The article that refuses it; the rule's own when it is approved.
    pub(crate) basis: Option<String>,
    pub(crate) reason: Option<String>,
    /// Who decided, as histories show it.
    pub(crate) by: String,
}

/// Plans the claims of `disruption` by what the rules say now; the decided claim follows the person instead. `claims` are
/// all claims of the passenger's journey; those of other flights end, because this one decides the journey.
pub(crate) fn plan(
    session: &Session,
    disruption: &disruption::Model,
    settlement: &Settlement,
    recorded: &HashMap<Regime, AssessmentId>,
    claims: Vec<claim::Model>,
    decided: Option<&Decided>,
) -> Result<Plan> {
    let (own, others): (Vec<_>, Vec<_>) = claims
        .into_iter()
        .partition(|claim| claim.flight_id == disruption.flight_id);
    let mut plan = Plan::default();
    plan.moves.extend(
        others
            .into_iter()
            .filter_map(|claim| supersede(session, disruption, claim)),
    );
    for due in &settlement.due {
        let alike: Vec<_> = own
            .iter()
            .filter(|claim| policy::is_for(claim, due))
            .collect();
        if alike.iter().all(|claim| claim.status == ClaimStatus::Paid) {
            let assessment = recorded.get(&due.regime).copied();
            let assessment = assessment
                .ok_or_else(|| Error::internal(anyhow::anyhow!("a debt without its assessment")))?;
            let part = i32::try_from(alike.len()).map_err(Error::internal)?;
            plan.moves
                .extend(open(session, disruption, settlement, due, assessment, part));
        }
    }
    for claim in own {
        // What a person granted on what a claimant proved, the rules do not take away.
        if claim.origin == ClaimOrigin::Filed {
            continue;
        }
        if claim.status == ClaimStatus::Paid {
            plan.moves.extend(mark(session, settlement, claim));
            continue;
        }
        let due = settlement
            .due
            .iter()
            .find(|due| policy::is_for(&claim, due));
        let assessment = claim
            .regime
            .and_then(|regime| recorded.get(&regime).copied())
            .or(claim.assessment_id);
        match decided.filter(|decided| decided.claim == claim.id) {
            Some(decided) => plan
                .moves
                .push(decide(session, claim, due, assessment, decided)),
            None => follow(&mut plan, session, settlement, claim, due, assessment),
        }
    }
    Ok(plan)
}

/// A claim follows the rules.
fn follow(
    plan: &mut Plan,
    session: &Session,
    settlement: &Settlement,
    claim: claim::Model,
    due: Option<&Due>,
    assessment: Option<AssessmentId>,
) {
    match policy::reconsider(&claim, due) {
        Next::Moves { to, terms } => {
            let reason = claim
                .regime
                .and_then(|regime| settlement.why(regime.into()));
            let from = Some(claim.status);
            let claim = changed(session, claim, to, terms, assessment);
            plan.moves.push(Move {
                claim,
                from,
                reason,
                is_decision: false,
                incident: None,
            });
        }
        Next::Stands if claim.assessment_id != assessment && claim.status != ClaimStatus::Paid => {
            plan.rests_on
                .extend(assessment.map(|assessment| (claim.id, assessment)));
        }
        Next::Stands => {}
    }
}

/// A claim that was paid, and of which too much was paid or not any more: nothing is taken back, and a person is asked.
fn mark(session: &Session, settlement: &Settlement, claim: claim::Model) -> Option<Move> {
    let known = policy::reasons_of(&claim);
    let mut reasons = policy::without_overpayment(&known);
    reasons.extend(settlement.overpaid.get(&claim.id).cloned());
    if reasons == known {
        return None;
    }
    let reason = claim
        .regime
        .and_then(|regime| settlement.why(regime.into()));
    Some(Move {
        from: Some(claim.status),
        claim: claim::Model {
            review_reasons: reasons.into(),
            updated_at: session.now(),
            version: claim.version + 1,
            ..claim
        },
        reason,
        is_decision: false,
        incident: None,
    })
}

/// A claim of a flight that decides the journey no longer.
fn supersede(
    session: &Session,
    disruption: &disruption::Model,
    claim: claim::Model,
) -> Option<Move> {
    if claim.origin == ClaimOrigin::Filed {
        return None;
    }
    let to = after(Some(claim.status), Step::Withdraw)?;
    let (from, assessment) = (Some(claim.status), claim.assessment_id);
    let reason = format!(
        "Flight {} decides the journey now.",
        disruption.flight_designator
    );
    let claim = changed(session, claim, to, None, assessment);
    Some(Move {
        claim,
        from,
        reason: Some(reason),
        is_decision: false,
        incident: None,
    })
}

fn open(
    session: &Session,
    disruption: &disruption::Model,
    settlement: &Settlement,
    due: &Due,
    assessment_id: AssessmentId,
    part: i32,
) -> Option<Move> {
    let now = session.now();
    let claim = claim::Model {
        id: session.new_id(),
        customer_id: disruption.customer_id,
        order_id: disruption.order_id,
        journey_id: disruption.journey_id,
        passenger_id: disruption.passenger_id,
        flight_id: disruption.flight_id,
        matter: disruption.matter.clone(),
        part,
        origin: ClaimOrigin::Automatic,
        disruption_id: Some(disruption.id),
        assessment_id: Some(assessment_id),
        case_id: None,
        regime: Some(due.regime),
        entitlement_kind: due.kind,
        amount_minor: due.amount_minor,
        currency: due.currency.clone(),
        basis: due.basis.clone(),
        status: due.opening()?,
        review_reasons: due.reasons.clone().into(),
        decided_by: None,
        proposed_by: None,
        appealed_at: None,
        due_by: due.due_by,
        due_notice: DueNotice::None,
        opened_at: now,
        updated_at: now,
        version: 1,
    };
    Some(Move {
        claim,
        from: None,
        reason: settlement.why(due.regime.into()),
        is_decision: false,
        incident: None,
    })
}

fn decide(
    session: &Session,
    claim: claim::Model,
    due: Option<&Due>,
    assessment: Option<AssessmentId>,
    decided: &Decided,
) -> Move {
    let from = Some(claim.status);
    let mut claim = changed(session, claim, decided.to, due.cloned(), assessment);
    if let Some(basis) = &decided.basis {
        claim.basis.clone_from(basis);
    }
    if decided.to == ClaimStatus::NeedsApproval {
        claim.proposed_by = Some(decided.by.clone());
    }
    claim.decided_by = Some(decided.by.clone());
    Move {
        claim,
        from,
        reason: decided.reason.clone(),
        is_decision: true,
        incident: None,
    }
}

fn changed(
    session: &Session,
    mut claim: claim::Model,
    to: ClaimStatus,
    terms: Option<Due>,
    assessment: Option<AssessmentId>,
) -> claim::Model {
    if let Some(terms) = terms {
        claim.amount_minor = terms.amount_minor;
        claim.currency = terms.currency;
        claim.basis = terms.basis;
        claim.due_by = terms.due_by;
        claim.review_reasons = terms.reasons.into();
    }
    claim.status = to;
    claim.assessment_id = assessment;
    claim.proposed_by = None;
    claim.updated_at = session.now();
    claim.version += 1;
    claim
}
