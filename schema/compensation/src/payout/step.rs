//! Takes a step of a payout: its row, its history, the books, the claim it pays, and the event, all with one commit.

use entities::{
    compensation::{
        claim::{self, ClaimStatus},
        payout::{Model, PayoutStatus},
        payout_event,
    },
    id::CustomerId,
};
use schema_kernel::{Error, Permit, Result, Rows, Session};
use sea_orm::DatabaseTransaction;

use super::{
    event, ledger,
    state::{Step, after},
    store,
};
use crate::claim::{
    plan::Move,
    state::{self as claim_state, Step as ClaimStep},
    step::{stepped, take as take_claim},
    store as claims,
};

/// A payout after a step that its status allows: with its new status, the time, and a new version. `None` where it does not
/// allow it.
pub(super) fn next(session: &Session, payout: &Model, step: Step) -> Option<Model> {
    let to = after(Some(payout.status), step)?;
    Some(Model {
        status: to,
        live_claim_id: Some(payout.claim_id).filter(|_| to != PayoutStatus::Cancelled),
        next_attempt_at: match to {
            PayoutStatus::Approved => Some(session.now()),
            PayoutStatus::Sending | PayoutStatus::Sent => payout.next_attempt_at,
            PayoutStatus::Requested
            | PayoutStatus::Settled
            | PayoutStatus::Failed
            | PayoutStatus::Cancelled => None,
        },
        attempts: if step == Step::Retry {
            0
        } else {
            payout.attempts
        },
        updated_at: session.now(),
        version: payout.version + 1,
        ..payout.clone()
    })
}

/// Writes the payout as it is after `step`.
pub(super) async fn take(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    (step, from): (Step, Option<PayoutStatus>),
    payout: &Model,
) -> Result<()> {
    match from {
        None => store::insert(transaction, permit, payout).await?,
        Some(_) => store::update(transaction, permit, payout).await?,
    }
    let history = payout_event::Model {
        payout_id: payout.id,
        version: payout.version,
        customer_id: payout.customer_id,
        from_status: from,
        to_status: payout.status,
        actor: session.actor.id().to_owned(),
        reason: payout.reason.clone(),
        at: session.now(),
    };
    store::append(transaction, permit, history).await?;
    let lines = ledger::posting(step, payout);
    store::post(transaction, permit, payout, &lines, session.now()).await?;
    move_claim(transaction, session, permit, step, payout).await?;
    event::publish(transaction, session, from, payout).await
}

/// What the step means for the claim.
async fn move_claim(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    step: Step,
    payout: &Model,
) -> Result<()> {
    let claim_step = match step {
        Step::Send => ClaimStep::Send,
        Step::Settle => ClaimStep::Pay,
        Step::Fail => ClaimStep::Return,
        Step::Request | Step::Approve | Step::Accept | Step::Retry | Step::Cancel => return Ok(()),
    };
    let claim = held(transaction, payout).await?;
    let to = claim_state::after(Some(claim.status), claim_step).ok_or_else(|| {
        Error::internal(anyhow::anyhow!(
            "a payout moves a claim that does not wait for it"
        ))
    })?;
    let step = Move {
        claim: stepped(session, &claim, to),
        from: Some(claim.status),
        reason: None,
        is_decision: false,
        incident: None,
    };
    take_claim(transaction, session, permit, step).await
}

/// The claim that is paid, held until the transaction ends.
pub(super) async fn held(
    transaction: &DatabaseTransaction,
    payout: &Model,
) -> Result<claim::Model> {
    claims::hold(transaction, payout.claim_id, Rows::All)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a payout has lost its claim")))
}

/// Whether the claim is still what the payout pays.
pub(super) fn pays(payout: &Model, claim: &claim::Model) -> bool {
    claim.status == ClaimStatus::Approved
        && claim.amount_minor == payout.amount_minor
        && claim.currency == payout.currency
}
