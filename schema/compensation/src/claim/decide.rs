//! A person decides a claim that the rules left open.

mod input;

use async_graphql::{Context, SimpleObject, Union};
use entities::{
    compensation::{claim, disruption},
    id::ClaimId,
};
use schema_kernel::{
    ContextExt, Error, Result, Rows, Session,
    idempotency::{Once, once},
    problem::{Conflict, FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};

pub use self::input::{ClaimDecision, DecideClaimInput};
use self::input::{Decision, read};
use super::{
    Claim,
    plan::Decided,
    policy,
    ruling::{Overruled, Ruling, rule},
    settle::settle,
    store,
};
use crate::{
    DOMAIN,
    disruption::{Established, Settlement, store as disruptions},
    rule_pack::{self, RuleBook},
};

/// What became of a decision.
#[derive(Union)]
pub enum DecideClaimOutcome {
    /// The claim is decided.
    ClaimDecided(ClaimDecided),
    /// The input cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such claim, or none that the actor may decide.
    NotFound(NotFound),
    /// The claim has changed since it was read.
    StaleVersion(StaleVersion),
    /// The claim is not under review.
    TransitionNotAllowed(TransitionNotAllowed),
    /// The rules say otherwise on these facts, or the idempotency key was used for something else.
    Conflict(Conflict),
}

/// The claim is decided.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimDecided {
    /// The claim after the decision.
    pub claim: Claim,
}

/// What is kept under an idempotency key.
#[derive(Serialize, Deserialize)]
enum Outcome {
    Decided(ClaimId),
    InvalidInput(InvalidInput),
    NotFound(NotFound),
    StaleVersion(StaleVersion),
    TransitionNotAllowed(TransitionNotAllowed),
    Conflict(Conflict),
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
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || decide_once(transaction, session, book, &decision).await;
            once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &input,
                work,
            )
            .await
        })
        .await?;
    match done {
        Once::Outcome(outcome) => show(context, outcome).await,
        Once::OtherInput => {
            let message = "This idempotency key was used for another decision; take a new one.";
            Ok(DecideClaimOutcome::Conflict(Conflict::of(message)))
        }
    }
}

async fn decide_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    book: &RuleBook,
    decision: &Decision,
) -> Result<Outcome> {
    let not_found = || Ok(Outcome::NotFound(NotFound::of("claim")));
    let rows = session.actor.rows("claim:write");
    // Nobody decides about their own money, whatever scopes they were given.
    if rows != Rows::All {
        return not_found();
    }
    let Some(claim) = store::find(transaction, decision.claim, rows).await? else {
        return not_found();
    };
    let Some(permit) = session.actor.permit("claim:write", claim.customer_id) else {
        return not_found();
    };
    let disruption = disruptions::hold_by_id(transaction, claim.disruption_id).await?;
    let claims = store::hold_of_journey(transaction, claim.passenger_id, claim.journey_id).await?;
    let Some(claim) = claims.iter().find(|held| held.id == claim.id) else {
        return not_found();
    };
    if claim.version != decision.expected_version {
        return Ok(Outcome::StaleVersion(StaleVersion::of(claim.version)));
    }

    let before: Established = serde_json::from_value(disruption.established.clone())?;
    let established = before.clone().with(&decision.established);
    let rules = book.for_writing(transaction, session).await?;
    let settlement = Settlement::of(&rules, &disruption, &established, &claims)?;
    let due = settlement.due.iter().find(|due| policy::is_for(claim, due));
    let to = match rule(claim.status, decision.ruling, due) {
        Ok(to) => to,
        Err(overruled) => return Ok(refuse(claim, decision.ruling, overruled)),
    };
    let decided = Decided {
        claim: claim.id,
        to,
        basis: decision.basis.clone(),
        reason: decision.reason.clone(),
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
        disruptions::update(transaction, &permit, changed.clone()).await?;
        changed
    };
    settle(
        transaction,
        session,
        &permit,
        &disruption,
        &settlement,
        claims,
        Some(&decided),
    )
    .await?;
    Ok(Outcome::Decided(decision.claim))
}

fn refuse(claim: &claim::Model, ruling: Ruling, overruled: Overruled) -> Outcome {
    let regime = crate::engine::Regime::from(claim.regime);
    match overruled {
        Overruled::NotUnderReview(allowed) => {
            let to = match ruling {
                Ruling::Approve => claim::ClaimStatus::Approved,
                Ruling::Refuse => claim::ClaimStatus::Refused,
            };
            let allowed = allowed.into_iter().map(|status| status.as_str().to_owned()).collect();
            let refusal = TransitionNotAllowed::of(claim.status.as_str(), to.as_str(), allowed);
            Outcome::TransitionNotAllowed(refusal.by("only a claim under review is decided"))
        }
        Overruled::NothingDue => Outcome::Conflict(
            Conflict::of(format!("On these facts {regime} grants nothing, so there is nothing to approve; refuse the claim, or state other facts.")),
        ),
        Overruled::StillOwed(basis) => Outcome::Conflict(
            Conflict::of(format!("On these facts {regime} grants it without an open question; a refusal needs a fact that excuses the carrier."))
                .by(basis),
        ),
        Overruled::NotMeasured => Outcome::InvalidInput(InvalidInput::of(vec![FieldProblem::at(
            "input.establishedFacts",
            "The rules cannot name an amount yet; state the facts that `reviewReasons` asks for.",
        )])),
    }
}

async fn show(context: &Context<'_>, outcome: Outcome) -> Result<DecideClaimOutcome> {
    Ok(match outcome {
        Outcome::Decided(claim) => {
            let claim = super::load(context, claim).await.transpose()?;
            let claim = claim
                .ok_or_else(|| Error::internal(anyhow::anyhow!("a decided claim vanished")))?;
            DecideClaimOutcome::ClaimDecided(ClaimDecided { claim })
        }
        Outcome::InvalidInput(problem) => DecideClaimOutcome::InvalidInput(problem),
        Outcome::NotFound(problem) => DecideClaimOutcome::NotFound(problem),
        Outcome::StaleVersion(problem) => DecideClaimOutcome::StaleVersion(problem),
        Outcome::TransitionNotAllowed(problem) => DecideClaimOutcome::TransitionNotAllowed(problem),
        Outcome::Conflict(problem) => DecideClaimOutcome::Conflict(problem),
    })
}
