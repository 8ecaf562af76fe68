//! The clock of last days: claims and payouts that come near theirs, or pass it, are told of once each.

pub(crate) mod store;

use chrono::{Days, NaiveDate};
use entities::{compensation::claim::DueNotice, id::CustomerId};
use schema_kernel::{Database, Error, NewEvent, Permit, Result, Session, outbox};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use crate::DOMAIN;

/// How many days before the last one it is near.
const NEAR: u64 = 3;

/// How many are told of in one transaction.
const BATCH: u64 = 100;

/// What can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A claim that is open.
    Claim,
    /// A payout that is open.
    Payout,
}

/// Something that is near its last day, or past it.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) id: uuid::Uuid,
    pub(crate) customer: CustomerId,
    pub(crate) due_by: NaiveDate,
    pub(crate) status: &'static str,
}

/// The facts of `compensation.claim.due_soon.v1` and `.overdue.v1`, and the same of a payout.
#[derive(Serialize)]
struct DueFacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    claim_id: Option<uuid::Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payout_id: Option<uuid::Uuid>,
    status: &'static str,
    due_by: NaiveDate,
}

/// Tells of every open claim and payout that has come near its last day or passed it, and returns how many there were.
///
/// # Errors
/// When the database fails. What was told stays told; the rest is found again by the next call.
pub async fn tell(database: &Database, session: &Session) -> Result<u64> {
    let mut told = 0;
    for what in [What::Claim, What::Payout] {
        for notice in [DueNotice::Overdue, DueNotice::Soon] {
            loop {
                let batch = database
                    .transaction(async |transaction| {
                        tell_batch(transaction, session, what, notice).await
                    })
                    .await?;
                told += batch;
                if batch < BATCH {
                    break;
                }
            }
        }
    }
    Ok(told)
}

async fn tell_batch(
    transaction: &DatabaseTransaction,
    session: &Session,
    what: What,
    notice: DueNotice,
) -> Result<u64> {
    let today = session.now().date_naive();
    let due = store::hold_due(transaction, what, notice, last_day(notice, today), BATCH).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let permits: Option<Vec<Permit<CustomerId>>> = due
        .iter()
        .map(|due| session.actor.permit("claim:decide", due.customer))
        .collect();
    let permits = permits
        .ok_or_else(|| Error::internal(anyhow::anyhow!("last days are told of by a service")))?;
    store::note(transaction, &permits, what, notice, &due).await?;
    let facts: Vec<_> = due.iter().map(|due| facts(what, due)).collect();
    let events: Vec<_> = due
        .iter()
        .zip(&facts)
        .map(|(due, data)| NewEvent {
            kind: kind(what, notice),
            subject: due.id.to_string(),
            customer_id: Some(due.customer),
            time: session.now(),
            data,
        })
        .collect();
    outbox::append(transaction, DOMAIN, session, &events).await?;
    Ok(due.len() as u64)
}

/// Up to which last day something is told of by this notice.
fn last_day(notice: DueNotice, today: NaiveDate) -> NaiveDate {
    match notice {
        DueNotice::Overdue => today.pred_opt().unwrap_or(today),
        DueNotice::Soon | DueNotice::None => {
            today.checked_add_days(Days::new(NEAR)).unwrap_or(today)
        }
    }
}

fn kind(what: What, notice: DueNotice) -> &'static str {
    match (what, notice) {
        (What::Claim, DueNotice::Overdue) => "compensation.claim.overdue.v1",
        (What::Claim, DueNotice::Soon | DueNotice::None) => "compensation.claim.due_soon.v1",
        (What::Payout, DueNotice::Overdue) => "compensation.payout.overdue.v1",
        (What::Payout, DueNotice::Soon | DueNotice::None) => "compensation.payout.due_soon.v1",
    }
}

fn facts(what: What, due: &Due) -> DueFacts {
    DueFacts {
        claim_id: Some(due.id).filter(|_| what == What::Claim),
        payout_id: Some(due.id).filter(|_| what == What::Payout),
        status: due.status,
        due_by: due.due_by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_itself_is_near_and_not_past() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert!(today > last_day(DueNotice::Overdue, today));
        assert!(today <= last_day(DueNotice::Soon, today));
    }
}
