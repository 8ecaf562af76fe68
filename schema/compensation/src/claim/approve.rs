//! A second person approves what a first one granted above their authority.

use async_graphql::{Context, ID, InputObject, InputType, SimpleObject};
use entities::{
    compensation::claim::{self, ClaimStatus},
    id::ClaimId,
};
use schema_kernel::{
    ContextExt, Result, Rows, Session, id,
    idempotency::{Once, once},
    problem::{ApprovalRequired, Conflict, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Claim,
    authority::{self, Level, NotEntitled},
    plan::Move,
    state::{Step, after},
    step::{stepped, take},
    store,
};
use crate::{
    DOMAIN,
    outcome::{Refusal, Verdict, made, other_input, outcomes},
};

/// The approval of a claim that waits for one. To refuse it, `decideClaim`.
#[derive(Clone, Debug, InputObject)]
pub struct ApproveClaimInput {
    /// The claim.
    pub claim_id: ID,
    /// The version of the claim that was read: it is these terms that are approved.
    pub expected_version: i32,
    /// The same key with the same input approves once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

outcomes! {
    /// What became of an approval.
    ApproveClaimOutcome {
        /// The claim is approved.
        ClaimApproved(ClaimApproved),
    } refused by {
        /// There is no such claim, or none that the actor may decide.
        NotFound,
        /// The claim has changed since it was read.
        StaleVersion,
        /// The claim waits for no approval.
        TransitionNotAllowed,
        /// It has to be somebody else, or somebody with more authority.
        ApprovalRequired,
        /// Somebody else approved it first, or the idempotency key was used for something else.
        Conflict,
    }
}

/// The claim is approved by two people.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimApproved {
    /// The claim after it.
    pub claim: Claim,
}

/// The role whose approval the claim waits for.
pub(super) fn awaited(claim: &claim::Model) -> Option<&'static str> {
    (claim.status == ClaimStatus::NeedsApproval)
        .then(|| authority::needed(claim.amount_minor, &claim.currency).map(Level::role))
        .flatten()
}

/// Approves what somebody else granted.
pub(crate) async fn approve(
    context: &Context<'_>,
    input: ApproveClaimInput,
) -> Result<ApproveClaimOutcome> {
    let session = context.session()?;
    let Some(id) = id::try_read::<ClaimId>(&input.claim_id) else {
        return Ok(ApproveClaimOutcome::NotFound(NotFound::of("claim")));
    };
    let fingerprint = input.to_value();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work =
                async || approve_once(transaction, session, id, input.expected_version).await;
            let key = input.idempotency_key;
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => ApproveClaimOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => ApproveClaimOutcome::refused(refusal),
        Once::Outcome(Ok(id)) => {
            let claim = made(super::load(context, id).await)?;
            Ok(ApproveClaimOutcome::ClaimApproved(ClaimApproved { claim }))
        }
    }
}

async fn approve_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: ClaimId,
    expected_version: i32,
) -> Result<Verdict<ClaimId>> {
    let rows = session.actor.rows("claim:decide");
    if rows != Rows::All {
        return Ok(Err(NotFound::of("claim").into()));
    }
    let Some(claim) = store::hold(transaction, id, rows).await? else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    let Some(permit) = session.actor.permit("claim:decide", claim.customer_id) else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    if claim.status == ClaimStatus::Approved && claim.version == expected_version + 1 {
        let message =
            "Somebody else approved this claim a moment ago; there is nothing left to approve.";
        return Ok(Err(Conflict::of(message).into()));
    }
    if claim.version != expected_version {
        return Ok(Err(StaleVersion::of(claim.version).into()));
    }
    let Some(to) = after(Some(claim.status), Step::Confirm) else {
        let (from, to) = (claim.status.as_str(), ClaimStatus::Approved.as_str());
        let refusal = TransitionNotAllowed::of(from, to, Vec::new());
        return Ok(Err(refusal
            .by("only what waits for approval is approved")
            .into()));
    };
    let requester = claim.proposed_by.clone().unwrap_or_default();
    let approver = (session.actor.id(), Level::of(session.actor.role()));
    if let Err(why) = authority::second(approver, &requester, claim.amount_minor, &claim.currency) {
        return Ok(Err(not_entitled(why)));
    }
    let step = Move {
        claim: claim::Model {
            decided_by: Some(session.actor.id().to_owned()),
            ..stepped(session, &claim, to)
        },
        from: Some(claim.status),
        reason: None,
        is_decision: true,
        incident: None,
    };
    take(transaction, session, &permit, step).await?;
    Ok(Ok(id))
}

/// Why somebody's approval does not count, in words.
pub(crate) fn not_entitled(why: NotEntitled) -> Refusal {
    match why {
        NotEntitled::OwnRequest => ApprovalRequired::of(
            Level::Manager.role(),
            "You asked for it yourself; somebody else has to approve it.",
        )
        .by("nobody approves their own request")
        .into(),
        NotEntitled::Needs(level) => ApprovalRequired::of(
            level.role(),
            format!("The amount is above your authority; it takes the role {} or one above it.", level.role()),
        )
        .into(),
        NotEntitled::Unknown => Conflict::of("Nobody has authority in this currency, so nothing is granted in it; grant it in another one.").into(),
    }
}
