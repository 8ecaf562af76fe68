//! The clock of the Montreal Convention's periods: customers are told of each once, while they can still do something.

use entities::{
    case::{baggage_report::Model, case_event::CaseEventKind, comment::Visibility},
    id::CustomerId,
};
use schema_kernel::{Database, Error, Permit, Result, Rows, Session};
use sea_orm::DatabaseTransaction;

use super::{event, store};
use crate::case::{self, About, Revision};

/// How many days before its last one a period of complaint is near.
pub(super) const NEAR: u64 = 3;

/// How many are told of in one transaction.
const BATCH: u64 = 100;

/// The periods that somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// The last day to complain in writing is near, and nobody has (Art 31(2)).
    Complaint,
    /// It has not come for 21 days, and may be treated as lost (Art 17(3)).
    Loss,
}

impl Period {
    fn code(self) -> &'static str {
        match self {
            Self::Complaint => "COMPLAINT",
            Self::Loss => "LOSS",
        }
    }

    fn event(self) -> &'static str {
        match self {
            Self::Complaint => event::COMPLAINT_DUE,
            Self::Loss => event::DEEMED_LOST,
        }
    }
}

/// Tells of every bag whose period of complaint is near its end, or that may be treated as lost from now on, and returns how
/// many there were.
///
/// # Errors
/// When the database fails. What was told stays told; the rest is found again by the next call.
pub async fn tell(database: &Database, session: &Session) -> Result<u64> {
    let mut told = 0;
    for period in [Period::Complaint, Period::Loss] {
        loop {
            let batch = database
                .transaction(async |transaction| tell_batch(transaction, session, period).await)
                .await?;
            told += batch;
            if batch < BATCH {
                break;
            }
        }
    }
    Ok(told)
}

async fn tell_batch(
    transaction: &DatabaseTransaction,
    session: &Session,
    period: Period,
) -> Result<u64> {
    let today = session.now().date_naive();
    let reports = store::hold_near(transaction, period, today, BATCH).await?;
    let found = reports.len() as u64;
    for mut report in reports {
        let permit = allowed(session, report.customer_id)?;
        match period {
            Period::Complaint => report.complaint_told_on = Some(today),
            Period::Loss => report.loss_told_on = Some(today),
        }
        // It is no change of the report, so its version stays.
        store::update(transaction, &permit, &report).await?;
        note(transaction, session, &report, period).await?;
        event::publish(transaction, &permit, session, period.event(), &report, None).await?;
    }
    Ok(found)
}

fn allowed(session: &Session, customer: CustomerId) -> Result<Permit<CustomerId>> {
    session
        .actor
        .permit("case:write", customer)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("periods are told of by a service")))
}

async fn note(
    transaction: &DatabaseTransaction,
    session: &Session,
    report: &Model,
    period: Period,
) -> Result<()> {
    let case = case::hold_case(transaction, Rows::All, report.case_id)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a baggage report has lost its case")))?;
    let permit = session
        .actor
        .permit("case:write", About(case.customer_id))
        .ok_or_else(|| Error::internal(anyhow::anyhow!("periods are told of by a service")))?;
    let mut revision = Revision::of(case);
    revision.note(
        CaseEventKind::BaggagePeriod,
        Visibility::Public,
        None,
        Some(period.code().to_owned()),
        None,
    );
    case::revise(transaction, &permit, session, revision).await?;
    Ok(())
}
