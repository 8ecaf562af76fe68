//! The claimant appeals against a refusal.

use async_graphql::{Context, ID, InputObject, InputType, SimpleObject};
use chrono::{Days, NaiveDate};
use entities::{
    compensation::claim::{self, ClaimStatus},
    id::ClaimId,
};
use schema_kernel::{
    ContextExt, Result, Session, id,
    idempotency::{Once, once},
    problem::{FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{
    Claim,
    decide::text,
    plan::Move,
    policy::{self, APPEALED},
    state::{Step, after},
    step::{stepped, take},
    store,
};
use crate::{
    DOMAIN,
    outcome::{Verdict, made, other_input, outcomes},
};

/// Days after a refusal within which it can be appealed: ours; no law sets any.
const DAYS_TO_APPEAL: u64 = 365;

/// An appeal against a refusal.
#[derive(Clone, Debug, InputObject)]
pub struct AppealClaimInput {
    /// The claim.
    pub claim_id: ID,
    /// The version of the claim that was read.
    pub expected_version: i32,
    /// What speaks against the refusal; at most 2000 characters.
    pub reason: String,
    /// The same key with the same input appeals once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

outcomes! {
    /// What became of an appeal.
    AppealClaimOutcome {
        /// A person other than the one who refused it will look at the claim.
        ClaimAppealed(ClaimAppealed),
    } refused by {
        /// The input cannot be right.
        InvalidInput,
        /// There is no such claim, or none of the actor's.
        NotFound,
        /// The claim has changed since it was read.
        StaleVersion,
        /// The claim is not refused, was appealed before, or it is too late.
        TransitionNotAllowed,
        /// The idempotency key was used for something else.
        Conflict,
    }
}

/// A person other than the one who refused it will look at the claim.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ClaimAppealed {
    /// The claim, under review again.
    pub claim: Claim,
}

/// The last day on which a refusal can be appealed; `None` where it cannot.
fn last_day(claim: &claim::Model) -> Option<NaiveDate> {
    let can = claim.status == ClaimStatus::Refused && claim.appealed_at.is_none();
    let refused_on = claim.updated_at.date_naive();
    refused_on
        .checked_add_days(Days::new(DAYS_TO_APPEAL))
        .filter(|_| can)
}

/// What can be done about a refusal, in words for the claimant; `None` of a claim that is not refused.
pub(super) fn path(claim: &claim::Model) -> Option<String> {
    if claim.status != ClaimStatus::Refused {
        return None;
    }
    let elsewhere = "You may also turn to the body that enforces passenger rights in the country of departure, to an arbitration body, or to a court.";
    Some(match last_day(claim) {
        Some(last) => format!(
            "If you disagree, appeal with `appealClaim` until {last} and say why; a person other than the one who refused it will decide. {elsewhere}"
        ),
        None => format!("Two people have decided this claim. {elsewhere}"),
    })
}

/// Opens a refused claim again, for another person.
pub(crate) async fn appeal(
    context: &Context<'_>,
    input: AppealClaimInput,
) -> Result<AppealClaimOutcome> {
    let session = context.session()?;
    let mut problems = Vec::new();
    let reason = text("input.reason", Some(&input.reason), &mut problems);
    let Some(reason) = reason else {
        if problems.is_empty() {
            let message = "Say what speaks against the refusal.";
            problems.push(FieldProblem::at("input.reason", message));
        }
        return Ok(AppealClaimOutcome::InvalidInput(InvalidInput::of(problems)));
    };
    let Some(id) = id::try_read::<ClaimId>(&input.claim_id) else {
        return Ok(AppealClaimOutcome::NotFound(NotFound::of("claim")));
    };
    let fingerprint = input.to_value();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let seen = (id, input.expected_version);
            let work = async || appeal_once(transaction, session, seen, &reason).await;
            let key = input.idempotency_key;
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => AppealClaimOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => AppealClaimOutcome::refused(refusal),
        Once::Outcome(Ok(id)) => {
            let claim = made(super::load(context, id).await)?;
            Ok(AppealClaimOutcome::ClaimAppealed(ClaimAppealed { claim }))
        }
    }
}

async fn appeal_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    (id, expected_version): (ClaimId, i32),
    reason: &str,
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
    let today = session.now().date_naive();
    let to = after(Some(claim.status), Step::Appeal)
        .filter(|_| last_day(&claim).is_some_and(|last| today <= last));
    let Some(to) = to else {
        let (from, to) = (claim.status.as_str(), ClaimStatus::NeedsReview.as_str());
        let rule = format!("a refusal is appealed once, within {DAYS_TO_APPEAL} days");
        return Ok(Err(TransitionNotAllowed::of(from, to, Vec::new())
            .by(rule)
            .into()));
    };
    let mut reasons = policy::reasons_of(&claim);
    reasons.push(APPEALED.to_owned());
    let appealed = claim::Model {
        appealed_at: Some(session.now()),
        review_reasons: json!(reasons),
        ..stepped(session, &claim, to)
    };
    let step = Move {
        claim: appealed,
        from: Some(claim.status),
        reason: Some(reason.to_owned()),
        is_decision: true,
        incident: None,
    };
    take(transaction, session, &permit, step).await?;
    Ok(Ok(id))
}
