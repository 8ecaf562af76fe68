//! A person decides a claim that somebody filed: the rules know nothing of it.

use entities::{
    compensation::{
        claim::{self, ClaimStatus, MILES},
        entitlement::EntitlementKind,
    },
    id::{ClaimId, CustomerId},
};
use schema_kernel::{
    Permit, Result, Rows, Session,
    problem::{Conflict, FieldProblem, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;

use super::{Decision, granted, may_decide, not_under_review};
use crate::{
    claim::{
        plan::Move,
        ruling::Ruling,
        state::{Step, after},
        step::{stepped, take},
        store,
    },
    outcome::Verdict,
};

pub(super) async fn decide(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    decision: &Decision,
) -> Result<Verdict<ClaimId>> {
    let Some(claim) = store::hold(transaction, decision.claim, Rows::All).await? else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    if let Err(refusal) = may_decide(session, &claim, decision) {
        return Ok(Err(refusal));
    }
    let decided = match decision.ruling {
        Ruling::Refuse => refused(session, &claim, decision),
        Ruling::Approve => match approved(session, &claim, decision) {
            Ok(approved) => approved_alone(transaction, approved).await?,
            refused => refused,
        },
    };
    let decided = match decided {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let id = decided.id;
    let step = Move {
        claim: decided,
        from: Some(claim.status),
        reason: decision.reason.clone(),
        is_decision: true,
        incident: None,
    };
    take(transaction, session, permit, step).await?;
    Ok(Ok(id))
}

fn refused(session: &Session, claim: &claim::Model, decision: &Decision) -> Verdict<claim::Model> {
    let to = after(Some(claim.status), Step::Refuse)
        .ok_or_else(|| not_under_review(claim, ClaimStatus::Refused))?;
    Ok(claim::Model {
        basis: decision.basis.clone().unwrap_or_default(),
        decided_by: Some(session.actor.id().to_owned()),
        ..stepped(session, claim, to)
    })
}

fn approved(session: &Session, claim: &claim::Model, decision: &Decision) -> Verdict<claim::Model> {
    let (amount_minor, currency) = award(claim, decision)?;
    let to = granted(session, claim, (amount_minor, &currency))?;
    let by = session.actor.id().to_owned();
    Ok(claim::Model {
        regime: decision.regime,
        amount_minor,
        currency,
        basis: decision.basis.clone().unwrap_or_default(),
        proposed_by: (to == ClaimStatus::NeedsApproval).then(|| by.clone()),
        decided_by: Some(by),
        ..stepped(session, claim, to)
    })
}

/// What is granted, with everything that a grant has to say.
fn award(claim: &claim::Model, decision: &Decision) -> Verdict<(i64, String)> {
    let is_goodwill = claim.entitlement_kind == EntitlementKind::Goodwill;
    let mut problems = Vec::new();
    let mut lack = |path: &str, message: &str| problems.push(FieldProblem::at(path, message));
    if decision.award.is_none() {
        lack(
            "input.award",
            "Say what is granted: the rules know nothing of a claim that was filed.",
        );
    }
    if decision.basis.is_none() {
        lack(
            "input.basis",
            "Say by which article or policy it is granted.",
        );
    }
    if decision.regime.is_none() && !is_goodwill {
        lack("input.regime", "Say under which body of law it is granted.");
    }
    if decision.states_facts {
        lack(
            "input.establishedFacts",
            "Facts are stated for claims that the airline opened; here they belong into `reason`.",
        );
    }
    let is_in_miles = decision
        .award
        .as_ref()
        .is_some_and(|(_, currency)| currency == MILES);
    if is_in_miles && !is_goodwill {
        lack(
            "input.award",
            "What is owed is owed in money; miles are for goodwill. The customer may still choose them for the payout.",
        );
    }
    match decision.award.clone() {
        Some(award) if problems.is_empty() => Ok(award),
        _ => Err(InvalidInput::of(problems).into()),
    }
}

/// The law pays for one thing once: no other claim of the passenger's journey stands for it.
async fn approved_alone(
    transaction: &DatabaseTransaction,
    approved: claim::Model,
) -> Result<Verdict<claim::Model>> {
    let claims =
        store::hold_of_journey(transaction, approved.passenger_id, approved.journey_id).await?;
    let is_same = |other: &&claim::Model| {
        other.id != approved.id
            && approved.regime.is_some()
            && other.regime == approved.regime
            && other.entitlement_kind == approved.entitlement_kind
            && other.flight_id == approved.flight_id
    };
    if let Some(other) = claims.iter().find(is_same) {
        let message = format!(
            "There is another claim under this law for the same, which is {}; decide that one, and refuse this one.",
            other.status.as_str()
        );
        return Ok(Err(Conflict::of(message).into()));
    }
    Ok(Ok(approved))
}
