//! Somebody asks for the payment of a claim.

mod input;

use async_graphql::{Context, InputType, SimpleObject};
use entities::{
    compensation::{
        claim::{self, ClaimStatus, DueNotice},
        payout::{Model, PayoutStatus},
        payout_agreement,
    },
    id::{CustomerId, PayoutId},
};
use schema_kernel::{
    ContextExt, Permit, Result, Session,
    idempotency::{Once, once},
    problem::{Conflict, FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::DatabaseTransaction;

pub use self::input::{AgreementInput, RequestPayoutInput};
use self::input::{Asked, read};
use super::{
    Payout,
    policy::{self, NotPayable},
    state::Step,
    step::{next, take},
    store,
};
use crate::{
    DOMAIN, claim as claims,
    outcome::{Refusal, Verdict, made, other_input, outcomes},
};

outcomes! {
    /// What became of the request for a payment.
    RequestPayoutOutcome {
        /// The payout is on its way, or waits for approval; its status says which.
        PayoutRequested(PayoutRequested),
    } refused by {
        /// The input cannot be right.
        InvalidInput,
        /// There is no such claim, or none of the actor's.
        NotFound,
        /// The claim has changed since it was read.
        StaleVersion,
        /// The claim is not approved.
        TransitionNotAllowed,
        /// The claim has a payout already, or the idempotency key was used for something else.
        Conflict,
    }
}

/// The payout is on its way, or waits for approval; its status says which.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct PayoutRequested {
    /// The payout.
    pub payout: Payout,
}

/// Asks for the payment of an approved claim: a customer for their own, an agent for anybody's.
pub(crate) async fn request(
    context: &Context<'_>,
    input: RequestPayoutInput,
) -> Result<RequestPayoutOutcome> {
    let session = context.session()?;
    let asked = match read(&input, session.now()) {
        Ok(asked) => asked,
        Err(refusal) => return RequestPayoutOutcome::refused(refusal),
    };
    let fingerprint = input.to_value();
    let done = context
        .database()?
        .transaction(async |transaction| {
            let work = async || request_once(transaction, session, &asked).await;
            let key = Some(input.idempotency_key);
            once(transaction, DOMAIN, session, key, &fingerprint, work).await
        })
        .await?;
    match done {
        Once::OtherInput => RequestPayoutOutcome::refused(other_input()),
        Once::Outcome(Err(refusal)) => RequestPayoutOutcome::refused(refusal),
        Once::Outcome(Ok(id)) => {
            let payout = made(super::load(context, id).await)?;
            Ok(RequestPayoutOutcome::PayoutRequested(PayoutRequested {
                payout,
            }))
        }
    }
}

async fn request_once(
    transaction: &DatabaseTransaction,
    session: &Session,
    asked: &Asked,
) -> Result<Verdict<PayoutId>> {
    let rows = session.actor.rows("payout:request");
    let Some(claim) = claims::store::hold(transaction, asked.claim, rows).await? else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    let Some(permit) = session.actor.permit("payout:request", claim.customer_id) else {
        return Ok(Err(NotFound::of("claim").into()));
    };
    if claim.version != asked.expected_version {
        return Ok(Err(StaleVersion::of(claim.version).into()));
    }
    if claim.status != ClaimStatus::Approved {
        let (from, to) = (claim.status.as_str(), ClaimStatus::Paying.as_str());
        let refusal = TransitionNotAllowed::of(from, to, Vec::new());
        return Ok(Err(refusal.by("only an approved claim is paid").into()));
    }
    if store::has_live(transaction, claim.id).await? {
        let message =
            "The claim has a payout already; cancel that one first if another way is wanted.";
        return Ok(Err(Conflict::of(message).into()));
    }
    let payout = match draft(session, &claim, asked) {
        Ok(payout) => payout,
        Err(refusal) => return Ok(Err(refusal)),
    };
    write(transaction, session, &permit, &claim, asked, payout)
        .await
        .map(Ok)
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    claim: &claim::Model,
    asked: &Asked,
    payout: Model,
) -> Result<PayoutId> {
    take(transaction, session, permit, (Step::Request, None), &payout).await?;
    if let Some(agreement) = &asked.agreement {
        let signed = payout_agreement::Model {
            payout_id: payout.id,
            claim_id: claim.id,
            customer_id: claim.customer_id,
            passenger_id: claim.passenger_id,
            channel: agreement.channel,
            text_version: agreement.text_version.clone(),
            signed_at: agreement.signed_at,
            recorded_by: session.actor.id().to_owned(),
            recorded_at: session.now(),
        };
        store::sign(transaction, permit, signed).await?;
    }
    let is_own_decision = claim.decided_by.as_deref() == Some(session.actor.id());
    if !policy::needs_approval(payout.amount_minor, &payout.currency, is_own_decision)
        && let Some(approved) = next(session, &payout, Step::Approve)
    {
        let from = Some(payout.status);
        take(
            transaction,
            session,
            permit,
            (Step::Approve, from),
            &approved,
        )
        .await?;
    }
    Ok(payout.id)
}

fn draft(session: &Session, claim: &claim::Model, asked: &Asked) -> Verdict<Model> {
    let (method, now) = (asked.method, session.now());
    let delivery = policy::delivery(
        method,
        claim.amount_minor,
        &claim.currency,
        now.date_naive(),
    )
    .map_err(not_payable)?;
    check_agreement(claim, asked)?;
    Ok(Model {
        id: session.new_id(),
        claim_id: claim.id,
        live_claim_id: Some(claim.id),
        customer_id: claim.customer_id,
        method,
        status: PayoutStatus::Requested,
        amount_minor: claim.amount_minor,
        currency: claim.currency.clone(),
        delivered_minor: delivery.amount_minor,
        delivered_currency: delivery.currency,
        destination_token: asked.destination_token.clone(),
        requested_by: session.actor.id().to_owned(),
        requested_at: now,
        approved_by: None,
        due_by: claim.due_by,
        due_notice: DueNotice::None,
        reason: None,
        provider_reference: None,
        attempts: 0,
        next_attempt_at: None,
        leased_by: None,
        leased_until: None,
        updated_at: now,
        version: 1,
    })
}

/// Owed money is replaced only with the signature of the passenger to whom it is owed.
fn check_agreement(claim: &claim::Model, asked: &Asked) -> Verdict<()> {
    let is_needed = policy::needs_agreement(asked.method, claim.entitlement_kind, &claim.currency);
    let wrong = match &asked.agreement {
        None if is_needed => Some((
            "input.agreement",
            "Money is owed; a voucher or miles in its place need the passenger's signed agreement. Offer the money first.",
        )),
        Some(_) if !is_needed => Some((
            "input.agreement",
            "Nothing has to be signed for this way to pay; leave the agreement out.",
        )),
        Some(agreement) if agreement.passenger != claim.passenger_id => Some((
            "input.agreement.passengerId",
            "Only the passenger to whom it is owed can agree.",
        )),
        None | Some(_) => None,
    };
    match wrong {
        None => Ok(()),
        Some((path, message)) => {
            let problem = FieldProblem::at(path, message).by("Regulation (EC) 261/2004 Art 7(3)");
            Err(InvalidInput::of(vec![problem]).into())
        }
    }
}

fn not_payable(why: NotPayable) -> Refusal {
    let message = match why {
        NotPayable::UnknownCurrency => {
            "The airline pays nothing in the currency of this claim; the claim has to be granted in another one."
        }
        NotPayable::NoRate => {
            "There is no rate between the currency of this claim and miles; choose money or a voucher."
        }
        NotPayable::MilesOnly => "Miles are owed here, and only miles can be given.",
        NotPayable::TooLarge => "The amount is too large for a voucher; choose money.",
    };
    InvalidInput::of(vec![FieldProblem::at("input.method", message)]).into()
}
