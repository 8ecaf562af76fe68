//! What people do about a payout that was asked for.

mod input;

use async_graphql::{Context, InputType, SimpleObject, Value};
use entities::{
    compensation::payout::{Model, PayoutStatus},
    id::{CustomerId, PayoutId},
};
use schema_kernel::{
    ContextExt, Permit, Result, Rows, Scope, Session,
    idempotency::{Once, once},
    problem::{Conflict, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

pub use self::input::{
    ApprovePayoutInput, CancelPayoutInput, ConfirmPayoutInput, Confirmation, RetryPayoutInput,
};
use self::input::{Seen, Wanted};
use super::{
    Payout,
    state::{Step, reachable},
    step::{held, next, pays, take},
    store,
};
use crate::{
    DOMAIN,
    claim::{
        approve::not_entitled,
        authority::{self, Level},
        settle,
    },
    outcome::{Refusal, Verdict, made, other_input, outcomes},
    rule_pack::{self, RuleBook},
};

/// Writes the outcome of a verb that moves a payout: they differ in their names, and in what else can stand in the way.
macro_rules! reviews {
    ($($(#[$doc:meta])* $outcome:ident {
        $(#[$made_doc:meta])* $made:ident
        $(or $(#[$also_doc:meta])* $also:ident)?
    })*) => {$(
        outcomes! {
            $(#[$doc])*
            $outcome {
                $(#[$made_doc])*
                $made($made),
            } refused by {
                /// The input cannot be right.
                InvalidInput,
                /// There is no such payout, or none of the actor's.
                NotFound,
                /// The payout has changed since it was read.
                StaleVersion,
                /// The payout's status does not allow it.
                TransitionNotAllowed,
                /// It has to be somebody else, or somebody with more authority.
                ApprovalRequired,
                /// Somebody else did it first, the claim has changed, or the idempotency key was used for something else.
                Conflict,
                $($(#[$also_doc])* $also,)?
            }
        }

        $(#[$made_doc])*
        #[derive(SimpleObject)]
        #[graphql(requires_scopes = "public")]
        pub struct $made {
            /// The payout after it.
            pub payout: Payout,
        }
    )*};
}

reviews! {
    /// What became of an approval.
    ApprovePayoutOutcome {
        /// The payout is approved, and will be sent.
        PayoutApproved
        or
        /// The actor has to show again who they are.
        StepUpRequired
    }
    /// What became of calling a payout off.
    CancelPayoutOutcome {
        /// The payout is called off; the claim can be paid in another way.
        PayoutCancelled
    }
    /// What became of sending a payout again.
    RetryPayoutOutcome {
        /// The payout will be sent again, under the same key.
        PayoutRetried
        or
        /// The actor has to show again who they are.
        StepUpRequired
    }
    /// What became of recording what a bank statement says.
    ConfirmPayoutOutcome {
        /// It is recorded: the payout is settled, or failed.
        PayoutConfirmed
        or
        /// The actor has to show again who they are.
        StepUpRequired
    }
}

/// Approves a payout that somebody else asked for.
pub(crate) async fn approve(
    context: &Context<'_>,
    input: ApprovePayoutInput,
) -> Result<ApprovePayoutOutcome> {
    let wanted = Wanted::from(&input);
    Ok(
        match review(context, wanted, input.to_value(), input.idempotency_key).await? {
            Ok(payout) => ApprovePayoutOutcome::PayoutApproved(PayoutApproved { payout }),
            Err(refusal) => ApprovePayoutOutcome::refused(refusal)?,
        },
    )
}

/// Calls a payout off before anything is paid.
pub(crate) async fn cancel(
    context: &Context<'_>,
    input: CancelPayoutInput,
) -> Result<CancelPayoutOutcome> {
    let wanted = match Wanted::cancelling(&input) {
        Ok(wanted) => wanted,
        Err(refusal) => return CancelPayoutOutcome::refused(refusal),
    };
    Ok(
        match review(context, wanted, input.to_value(), input.idempotency_key).await? {
            Ok(payout) => CancelPayoutOutcome::PayoutCancelled(PayoutCancelled { payout }),
            Err(refusal) => CancelPayoutOutcome::refused(refusal)?,
        },
    )
}

/// Sends a payout again that failed.
pub(crate) async fn retry(
    context: &Context<'_>,
    input: RetryPayoutInput,
) -> Result<RetryPayoutOutcome> {
    let wanted = Wanted::from(&input);
    Ok(
        match review(context, wanted, input.to_value(), input.idempotency_key).await? {
            Ok(payout) => RetryPayoutOutcome::PayoutRetried(PayoutRetried { payout }),
            Err(refusal) => RetryPayoutOutcome::refused(refusal)?,
        },
    )
}

/// Records what a bank statement says of a payout that was sent.
pub(crate) async fn confirm(
    context: &Context<'_>,
    input: ConfirmPayoutInput,
) -> Result<ConfirmPayoutOutcome> {
    let wanted = match Wanted::confirming(&input) {
        Ok(wanted) => wanted,
        Err(refusal) => return ConfirmPayoutOutcome::refused(refusal),
    };
    Ok(
        match review(context, wanted, input.to_value(), input.idempotency_key).await? {
            Ok(payout) => ConfirmPayoutOutcome::PayoutConfirmed(PayoutConfirmed { payout }),
            Err(refusal) => ConfirmPayoutOutcome::refused(refusal)?,
        },
    )
}

async fn review(
    context: &Context<'_>,
    wanted: Wanted,
    fingerprint: Value,
    key: Option<Uuid>,
) -> Result<Verdict<Payout>> {
    let (session, book) = (context.session()?, rule_pack::book(context)?);
    let Some(seen) = wanted.seen else {
        return Ok(Err(NotFound::of("payout").into()));
    };
    // It is kept under no key: the same request is sent again once they have.
    if moves_money(wanted.step)
        && let Err(required) = session.actor.stepped_up(session.now())
    {
        return Ok(Err(required.into()));
    }
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || review_once(transaction, session, book, seen, &wanted).await;
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    Ok(match done {
        Once::OtherInput => Err(other_input()),
        Once::Outcome(Err(refusal)) => Err(refusal),
        Once::Outcome(Ok(id)) => Ok(made(super::load(context, id).await)?),
    })
}

async fn review_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    book: &RuleBook,
    seen: Seen,
    wanted: &Wanted,
) -> Result<Verdict<PayoutId>> {
    let scope = scope(wanted.step);
    let rows = session.actor.rows(scope);
    let Some(payout) = store::hold(transaction, seen.payout, rows).await? else {
        return Ok(Err(NotFound::of("payout").into()));
    };
    let Some(permit) = session.actor.permit(scope, payout.customer_id) else {
        return Ok(Err(NotFound::of("payout").into()));
    };
    if let Err(refusal) = may(session, &payout, seen, wanted.step, rows) {
        return Ok(Err(refusal));
    }
    let Some(mut moved) =
        next(session, &payout, wanted.step).filter(|_| is_by_hand(&payout, wanted.step))
    else {
        return Ok(Err(not_allowed(&payout, wanted.step)));
    };
    if matches!(wanted.step, Step::Approve | Step::Retry) {
        if !pays(&payout, &held(transaction, &payout).await?) {
            let message = "The claim has changed since the payout was asked for; cancel the payout, and ask for a new one.";
            return Ok(Err(Conflict::of(message).into()));
        }
        moved.approved_by = Some(session.actor.id().to_owned());
    }
    moved.reason.clone_from(&wanted.reason);
    moved.leased_by = None;
    moved.leased_until = None;
    let change = (wanted.step, &payout, &moved);
    write(transaction, session, book, &permit, change).await?;
    Ok(Ok(payout.id))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    book: &RuleBook,
    permit: &Permit<CustomerId>,
    (step, payout, moved): (Step, &Model, &Model),
) -> Result<()> {
    let from = Some(payout.status);
    take(transaction, session, permit, (step, from), moved).await?;
    if matches!(step, Step::Fail | Step::Settle)
        && let Some(journey) = settle::hold(transaction, payout.claim_id).await?
    {
        // What was reported while the payment was on its way comes to count.
        settle::again(transaction, session, permit, book, journey).await?;
    }
    Ok(())
}

fn scope(step: Step) -> Scope {
    match step {
        Step::Cancel | Step::Request => "payout:request",
        Step::Approve | Step::Retry | Step::Settle | Step::Fail | Step::Send | Step::Accept => {
            "payout:approve"
        }
    }
}

/// What a stolen session must not be enough for.
fn moves_money(step: Step) -> bool {
    match step {
        Step::Approve | Step::Retry | Step::Settle | Step::Fail => true,
        Step::Request | Step::Send | Step::Accept | Step::Cancel => false,
    }
}

/// What a statement says is of what was sent; an answer that is not known yet only the provider gives.
fn is_by_hand(payout: &Model, step: Step) -> bool {
    match step {
        Step::Settle | Step::Fail => payout.status == PayoutStatus::Sent,
        Step::Request | Step::Approve | Step::Send | Step::Accept | Step::Retry | Step::Cancel => {
            true
        }
    }
}

/// Whether this person may do it to this version of the payout.
fn may(session: &Session, payout: &Model, seen: Seen, step: Step, rows: Rows) -> Verdict<()> {
    let is_done = step == Step::Approve
        && payout.status == PayoutStatus::Approved
        && payout.version == seen.version + 1;
    if is_done {
        let message =
            "Somebody else approved this payout a moment ago; there is nothing left to approve.";
        return Err(Conflict::of(message).into());
    }
    if payout.version != seen.version {
        return Err(StaleVersion::of(payout.version).into());
    }
    match step {
        Step::Approve | Step::Retry if rows == Rows::All => {
            let approver = (session.actor.id(), Level::of(session.actor.role()));
            authority::second(
                approver,
                &payout.requested_by,
                payout.amount_minor,
                &payout.currency,
            )
            .map_err(not_entitled)
        }
        // Nobody says of their own money that it came or did not.
        Step::Approve | Step::Retry | Step::Settle | Step::Fail if rows != Rows::All => {
            Err(NotFound::of("payout").into())
        }
        Step::Approve
        | Step::Retry
        | Step::Settle
        | Step::Fail
        | Step::Request
        | Step::Send
        | Step::Accept
        | Step::Cancel => Ok(()),
    }
}

fn not_allowed(payout: &Model, step: Step) -> Refusal {
    let to = match step {
        Step::Request => PayoutStatus::Requested,
        Step::Approve | Step::Retry => PayoutStatus::Approved,
        Step::Send => PayoutStatus::Sending,
        Step::Accept => PayoutStatus::Sent,
        Step::Settle => PayoutStatus::Settled,
        Step::Fail => PayoutStatus::Failed,
        Step::Cancel => PayoutStatus::Cancelled,
    };
    let allowed = reachable(payout.status)
        .into_iter()
        .map(|status| status.as_str().to_owned())
        .collect();
    let refusal = TransitionNotAllowed::of(payout.status.as_str(), to.as_str(), allowed);
    let rule = match step {
        Step::Cancel => "what was given to the provider is not called off",
        Step::Settle | Step::Fail => "a statement is about a payout that was sent",
        Step::Request | Step::Approve | Step::Send | Step::Accept | Step::Retry => {
            "a payout goes one way"
        }
    };
    refusal.by(rule).into()
}
