//! The claimant takes a claim back.

use async_graphql::{Context, ID, InputObject, InputType, SimpleObject};
use entities::{
    compensation::claim::{ClaimOrigin, ClaimStatus},
    id::ClaimId,
};
use schema_kernel::{
    ContextExt, Result, Session, id,
    idempotency::{Once, once},
    problem::{Conflict, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Claim,
    decide::text,
    plan::Move,
    state::{Step, after},
    step::{stepped, take},
    store,
};
use crate::{
    DOMAIN,
    outcome::{Verdict, made, other_input, outcomes},
};

/// What the history says when the claimant gives no reason.
const TAKEN_BACK: &str = "The claimant took it back.";

/// A claim that its claimant takes back.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawClaimInput {
    /// The claim: one that was filed.
    pub claim_id: ID,
    /// The version of the claim that was read.
    pub expected_version: i32,
    /// Why, in a sentence; at most 2000 characters.
    pub reason: Option<String>,
    /// The same key with the same input withdraws once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

outcomes! {
    /// What became of a claim that its claimant takes back.
    WithdrawClaimOutcome {
        /// The claim is withdrawn.
        ClaimWithdrawn(ClaimWithdrawn),
    } refused by {
        /// The input cannot be right.
        InvalidInput,
        /// There is no such claim, or none of the actor's.
        NotFound,
        /// The claim has changed since it was read.
        StaleVersion,
        /// The claim is decided.
        TransitionNotAllowed,
        /// The airline opened the claim by itself, or the idempotency key was used for something else.
        Conflict,
    }
}

/// The claim is withdrawn.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimWithdrawn {
    /// The claim after it.
    pub claim: Claim,
}

/// Takes a claim back that was filed and is not decided yet.
pub(crate) async fn withdraw(
    context: &Context<'_>,
    input: WithdrawClaimInput,
) -> Result<WithdrawClaimOutcome> {
    let session = context.session()?;
    let mut problems = Vec::new();
    let reason = text("input.reason", input.reason.as_deref(), &mut problems);
    if !problems.is_empty() {
        return Ok(WithdrawClaimOutcome::InvalidInput(InvalidInput::of(
            problems,
        )));
    }
    let Some(id) = id::try_read::<ClaimId>(&input.claim_id) else {
        return Ok(WithdrawClaimOutcome::NotFound(NotFound::of("claim")));
    };
    let fingerprint = input.to_value();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let seen = (id, input.expected_version);
            let work = async || withdraw_once(transaction, session, seen, reason.as_deref()).await;
            let key = input.idempotency_key;
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => WithdrawClaimOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => WithdrawClaimOutcome::refused(refusal),
        Once::Outcome(Ok(id)) => {
            let claim = made(super::load(context, id).await)?;
            Ok(WithdrawClaimOutcome::ClaimWithdrawn(ClaimWithdrawn {
                claim,
            }))
        }
    }
}

async fn withdraw_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    (id, expected_version): (ClaimId, i32),
    reason: Option<&str>,
) -> Result<Verdict<ClaimId>> {
    let rows = session.actor.rows("claim:file");
    let Some(claim) = store::hold(transaction, id, rows).await? else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    let Some(permit) = session.actor.permit("claim:file", claim.customer_id) else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    if claim.version != expected_version {
        return Ok(Err(StaleVersion::of(claim.version).into()));
    }
    if claim.origin == ClaimOrigin::Automatic {
        let message =
            "The airline opened this claim because it owes it; there is nothing to take back.";
        return Ok(Err(Conflict::of(message).into()));
    }
    let Some(to) = after(Some(claim.status), Step::Retract) else {
        let (from, to) = (claim.status.as_str(), ClaimStatus::Withdrawn.as_str());
        return Ok(Err(TransitionNotAllowed::of(from, to, Vec::new()).into()));
    };
    let step = Move {
        claim: stepped(session, &claim, to),
        from: Some(claim.status),
        reason: Some(reason.unwrap_or(TAKEN_BACK).to_owned()),
        is_decision: true,
        incident: None,
    };
    take(transaction, session, &permit, step).await?;
    Ok(Ok(id))
}
