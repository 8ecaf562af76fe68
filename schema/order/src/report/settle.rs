//! Reports that came before their flights.

use std::time::Duration;

use chrono::TimeDelta;
use entities::order::{
    flight,
    flight_report::{self, Status},
};
use schema_kernel::{Database, Error, Permit, Result, Session, permit::Operations};
use sea_orm::DatabaseTransaction;

use super::{FlightReport, record::record, store};

/// Settles what waited for these flights, which are known from this transaction on. Oldest first, so that the newest stands
/// at the end.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub(crate) async fn settle(
    transaction: &DatabaseTransaction,
    permit: &Permit<Operations>,
    session: &Session,
    flights: &[flight::Model],
) -> Result<()> {
    if flights.is_empty() || !store::is_anything_waiting(transaction).await? {
        return Ok(());
    }
    for waiting in store::waiting_for(transaction, flights).await? {
        one(transaction, permit, session, waiting).await?;
    }
    Ok(())
}

/// Settles what came at the same moment as its flight, and gives up what has waited for longer than `patience`. Returns how
/// many were settled and given up.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn sweep(
    database: &Database,
    session: &Session,
    patience: Duration,
) -> Result<(u64, u64)> {
    let permit = session
        .actor
        .permit("flight:write", Operations)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the actor may not write flights")))?;
    let overlooked = store::overlooked(database.reader()).await?;
    let mut settled = 0;
    for waiting in overlooked {
        let (permit, waiting) = (&permit, &waiting);
        database
            .transaction(async |transaction| {
                one(transaction, permit, session, waiting.clone()).await
            })
            .await?;
        settled += 1;
    }
    let patience = TimeDelta::from_std(patience).map_err(Error::internal)?;
    let since = session.now() - patience;
    let expired = database
        .transaction(async |transaction| store::expire(transaction, since).await)
        .await?;
    if settled + expired > 0 {
        tracing::info!(
            settled,
            expired,
            "flight reports that waited for their flights"
        );
    }
    Ok((settled, expired))
}

async fn one(
    transaction: &DatabaseTransaction,
    permit: &Permit<Operations>,
    session: &Session,
    waiting: flight_report::Model,
) -> Result<()> {
    let report: FlightReport = serde_json::from_value(waiting.report.clone())?;
    let outcomes = record(transaction, permit, session, vec![report]).await?;
    if let Some(Err(refusal)) = outcomes.into_iter().next() {
        tracing::warn!(
            source = waiting.source,
            message = waiting.message_id,
            %refusal,
            "a flight report contradicts the flight it waited for"
        );
        let refused = flight_report::Model {
            status: Status::Refused,
            reason: Some(refusal.to_string()),
            ..waiting
        };
        store::keep(transaction, permit, vec![refused]).await?;
    }
    Ok(())
}
