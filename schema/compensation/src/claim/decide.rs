//! A person decides a claim that the rules left open, or that somebody filed.

mod filed;
mod input;

use async_graphql::{Context, InputType, SimpleObject};
use entities::{
    compensation::{
        claim::{self, ClaimStatus},
        disruption,
    },
    id::{ClaimId, CustomerId},
};
use schema_kernel::{
    ContextExt, Permit, Result, Rows, Session,
    idempotency::{Once, once},
    problem::{
        ApprovalRequired, Conflict, FieldProblem, InvalidInput, NotFound, StaleVersion,
        TransitionNotAllowed,
    },
};
use sea_orm::DatabaseTransaction;

pub(crate) use self::input::text;
pub use self::input::{AwardInput, ClaimDecision, DecideClaimInput};
use self::input::{Decision, read};
use super::{
    Claim,
    approve::awaited,
    authority::{self, Authority, Level, NotEntitled},
    plan::Decided,
    policy,
    ruling::{Overruled, Ruling, rule},
    settle::settle,
    state::{Step, after},
    store,
};
use crate::{
    DOMAIN,
    disruption::{Established, Settlement, store as disruptions},
    outcome::{Refusal, Verdict, made, other_input, outcomes},
    rule_pack::{self, RuleBook},
};

outcomes! {
    /// What became of a decision.
    DecideClaimOutcome {
        /// The claim is decided.
        ClaimDecided(ClaimDecided),
        /// The amount is above the authority of who decided; a second person has to approve it.
        ClaimProposed(ClaimProposed),
    } refused by {
        /// The input cannot be right.
        InvalidInput,
        /// There is no such claim, or none that the actor may decide.
        NotFound,
        /// The claim has changed since it was read.
        StaleVersion,
        /// The claim is not under review.
        TransitionNotAllowed,
        /// Another person has to decide: an appeal, or what somebody else has to judge.
        ApprovalRequired,
        /// The rules say otherwise on these facts, or the idempotency key was used for something else.
        Conflict,
    }
}

/// The claim is decided.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimDecided {
    /// The claim after the decision.
    pub claim: Claim,
}

/// The claim is granted by one person, above their authority: `approveClaim` by a second one makes it owed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimProposed {
    /// The claim, with what was granted.
    pub claim: Claim,
    /// The role that may approve it; those above it may as well. Example: `"cmp-manager"`.
    pub approver_role: String,
}

/// Decides a claim under review. The rules are asked again with what was found out; a person settles what they leave open.
pub(crate) async fn decide(
    context: &Context<'_>,
    input: DecideClaimInput,
) -> Result<DecideClaimOutcome> {
    let (session, book) = (context.session()?, rule_pack::book(context)?);
    let decision = match read(&input) {
        Ok(Some(decision)) => decision,
        Ok(None) => return Ok(DecideClaimOutcome::NotFound(NotFound::of("claim"))),
        Err(problems) => return Ok(DecideClaimOutcome::InvalidInput(InvalidInput::of(problems))),
    };
    let fingerprint = input.to_value();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || decide_once(transaction, session, book, &decision).await;
            let key = input.idempotency_key;
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => DecideClaimOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => DecideClaimOutcome::refused(refusal),
        Once::Outcome(Ok(id)) => {
            let claim = made(super::load(context, id).await)?;
            Ok(match awaited(&claim.0) {
                Some(role) => DecideClaimOutcome::ClaimProposed(ClaimProposed {
                    claim,
                    approver_role: role.to_owned(),
                }),
                None => DecideClaimOutcome::ClaimDecided(ClaimDecided { claim }),
            })
        }
    }
}

async fn decide_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    book: &RuleBook,
    decision: &Decision,
) -> Result<Verdict<ClaimId>> {
    let not_found = || Ok(Err(NotFound::of("claim").into()));
    let rows = session.actor.rows("claim:decide");
    // Nobody decides about their own money, whatever scopes they were given.
    if rows != Rows::All {
        return not_found();
    }
    let Some(claim) = store::find(transaction, decision.claim, rows).await? else {
        return not_found();
    };
    let Some(permit) = session.actor.permit("claim:decide", claim.customer_id) else {
        return not_found();
    };
    match claim.disruption_id {
        Some(disruption) => {
            let disruption = disruptions::hold_by_id(transaction, disruption).await?;
            by_rules(
                transaction,
                session,
                book,
                &permit,
                decision,
                &claim,
                disruption,
            )
            .await
        }
        None => filed::decide(transaction, session, &permit, decision).await,
    }
}

/// Whether this person may decide this claim in this version.
fn may_decide(session: &Session, claim: &claim::Model, decision: &Decision) -> Verdict<()> {
    if claim.version != decision.expected_version {
        return Err(StaleVersion::of(claim.version).into());
    }
    let is_own = claim.decided_by.as_deref() == Some(session.actor.id());
    if claim.appealed_at.is_some() && claim.status == ClaimStatus::NeedsReview && is_own {
        let message = "You decided this claim before; the appeal is decided by another person.";
        return Err(ApprovalRequired::of(Level::Supervisor.role(), message).into());
    }
    Ok(())
}

/// The status to which a grant leads: owed, or waiting for a second person.
fn granted(
    session: &Session,
    claim: &claim::Model,
    (amount, currency): (i64, &str),
) -> Verdict<ClaimStatus> {
    let level = Level::of(session.actor.role());
    let step = match authority::grant(level, amount, currency) {
        Authority::Alone => Step::Approve,
        Authority::With(_) => Step::Propose,
        Authority::Unknown => return Err(super::approve::not_entitled(NotEntitled::Unknown)),
    };
    after(Some(claim.status), step).ok_or_else(|| not_under_review(claim, ClaimStatus::Approved))
}

fn not_under_review(claim: &claim::Model, to: ClaimStatus) -> Refusal {
    let allowed = super::state::decisions(claim.status);
    let allowed = allowed
        .into_iter()
        .map(|status| status.as_str().to_owned())
        .collect();
    let refusal = TransitionNotAllowed::of(claim.status.as_str(), to.as_str(), allowed);
    let rule = if claim.status == ClaimStatus::NeedsApproval {
        "a claim that waits for approval is approved with `approveClaim`"
    } else {
        "only a claim under review is decided"
    };
    refusal.by(rule).into()
}

/// A claim that the airline opened: the rules are asked again with what was found out.
async fn by_rules(
    transaction: &DatabaseTransaction,
    session: &Session,
    book: &RuleBook,
    permit: &Permit<CustomerId>,
    decision: &Decision,
    claim: &claim::Model,
    disruption: disruption::Model,
) -> Result<Verdict<ClaimId>> {
    let claims = store::hold_of_matter(transaction, &disruption).await?;
    let Some(claim) = claims.iter().find(|held| held.id == claim.id) else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    if let Err(refusal) = may_decide(session, claim, decision) {
        return Ok(Err(refusal));
    }
    if decision.award.is_some() || decision.regime.is_some() {
        let message = "The airline opened this claim; its rules name law and amount, so `award` and `regime` are left out.";
        let problem = FieldProblem::at("input.award", message);
        return Ok(Err(InvalidInput::of(vec![problem]).into()));
    }

    let before: Established = serde_json::from_value(disruption.established.clone())?;
    let established = before.clone().with(&decision.established);
    let rules = book.for_writing(transaction, session).await?;
    let settlement = Settlement::of(&rules, &disruption, &established, &claims)?;
    let due = settlement.due.iter().find(|due| policy::is_for(claim, due));
    let to = match rule(claim.status, decision.ruling, due) {
        Ok(to) => to,
        Err(overruled) => return Ok(Err(refuse(claim, decision.ruling, overruled))),
    };
    let to = match due.filter(|_| to == ClaimStatus::Approved) {
        Some(due) => match granted(session, claim, (due.amount_minor, &due.currency)) {
            Ok(to) => to,
            Err(refusal) => return Ok(Err(refusal)),
        },
        None => to,
    };
    let decided = Decided {
        claim: claim.id,
        to,
        basis: decision
            .basis
            .clone()
            .filter(|_| decision.ruling == Ruling::Refuse),
        reason: decision.reason.clone(),
        by: session.actor.id().to_owned(),
    };

    let disruption = if established == before {
        disruption
    } else {
        let version = disruption.version + 1;
        let changed = disruption::Model {
            established: serde_json::to_value(&established)?,
            version,
            ..disruption
        };
        disruptions::update(transaction, permit, changed.clone()).await?;
        changed
    };
    let settled = Some(&decided);
    settle(
        transaction,
        session,
        permit,
        &disruption,
        &settlement,
        claims,
        settled,
    )
    .await?;
    Ok(Ok(decision.claim))
}

fn refuse(claim: &claim::Model, ruling: Ruling, overruled: Overruled) -> Refusal {
    let regime = claim.regime.map_or_else(
        || "the law".to_owned(),
        |regime| crate::engine::Regime::from(regime).to_string(),
    );
    match overruled {
        Overruled::NotUnderReview(_) => {
            let to = match ruling {
                Ruling::Approve => ClaimStatus::Approved,
                Ruling::Refuse => ClaimStatus::Refused,
            };
            not_under_review(claim, to)
        }
        Overruled::NothingDue => {
            Conflict::of(format!("On these facts {regime} grants nothing, so there is nothing to approve; refuse the claim, or state other facts.")).into()
        }
        Overruled::StillOwed(basis) => {
            let message = format!("On these facts {regime} grants it without an open question; a refusal needs a fact that excuses the carrier.");
            Conflict::of(message).by(basis).into()
        }
        Overruled::NotMeasured => InvalidInput::of(vec![FieldProblem::at(
            "input.establishedFacts",
            "The rules cannot name an amount yet; state the facts that `reviewReasons` asks for.",
        )])
        .into(),
    }
}
