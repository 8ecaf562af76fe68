//! What compensation tells the other domains about payouts.

use entities::{
    compensation::payout::{Model, PayoutMethod, PayoutStatus},
    id::{ClaimId, PayoutId},
};
use schema_kernel::{NewEvent, Result, Session, outbox};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use crate::DOMAIN;

/// The facts of `compensation.payout.requested.v1`, and with the status before those of `compensation.payout.changed.v1`.
/// Why it failed may be said in words of people, and stays in the payout's history.
#[derive(Serialize)]
struct PayoutFacts<'a> {
    payout_id: PayoutId,
    claim_id: ClaimId,
    method: PayoutMethod,
    status: PayoutStatus,
    amount_minor: i64,
    currency: &'a str,
    delivered_minor: i64,
    delivered_currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<PayoutStatus>,
    to: PayoutStatus,
}

/// Publishes one step.
pub(super) async fn publish(
    transaction: &DatabaseTransaction,
    session: &Session,
    from: Option<PayoutStatus>,
    payout: &Model,
) -> Result<()> {
    let facts = PayoutFacts {
        payout_id: payout.id,
        claim_id: payout.claim_id,
        method: payout.method,
        status: payout.status,
        amount_minor: payout.amount_minor,
        currency: &payout.currency,
        delivered_minor: payout.delivered_minor,
        delivered_currency: &payout.delivered_currency,
        from,
        to: payout.status,
    };
    let told = NewEvent {
        kind: match from {
            None => "compensation.payout.requested.v1",
            Some(_) => "compensation.payout.changed.v1",
        },
        subject: payout.id.to_string(),
        customer_id: Some(payout.customer_id),
        time: session.now(),
        data: &facts,
    };
    outbox::append(transaction, DOMAIN, session, &[told]).await
}
