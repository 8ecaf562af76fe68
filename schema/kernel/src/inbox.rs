//! The inbox: what a domain has already consumed, so that an event that comes twice works once.
//!
//! A row is written in the transaction of the effect; an event that cannot be consumed goes to the dead letters of the
//! domain that could not consume it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entities::id::EventId;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, FromQueryResult, Order,
    sea_query::{Alias, Expr, OnConflict, Query},
};
use serde_json::Value;

use crate::{Database, Event, Result, outbox::Domain};

#[derive(FromQueryResult)]
struct Fresh {
    event_id: EventId,
}

/// Notes that the domain consumes these events, and gives back those that it had not consumed before. Where another
/// process is consuming one at this moment, this waits for what becomes of it.
pub(crate) async fn remember(
    transaction: &DatabaseTransaction,
    domain: Domain,
    ids: &[EventId],
    at: DateTime<Utc>,
) -> Result<HashSet<EventId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let mut insert = Query::insert();
    insert
        .into_table(domain.table("inbox"))
        .columns([Alias::new("event_id"), Alias::new("consumed_at")])
        .on_conflict(
            OnConflict::column(Alias::new("event_id"))
                .do_nothing()
                .to_owned(),
        )
        .returning_col(Alias::new("event_id"));
    for id in ids {
        insert.values_panic([(*id).into(), at.into()]);
    }
    let rows = Fresh::find_by_statement(transaction.get_database_backend().build(&insert))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| row.event_id).collect())
}

/// Sets an event aside that the domain could not consume, with the reason.
pub(crate) async fn bury(
    database: &Database,
    domain: Domain,
    event: &Event,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let insert = Query::insert()
        .into_table(domain.table("dead_letter"))
        .columns(["event_id", "event", "reason", "failed_at"].map(Alias::new))
        .values_panic([
            event.id.into(),
            serde_json::to_value(event)?.into(),
            reason.into(),
            at.into(),
        ])
        .on_conflict(
            OnConflict::column(Alias::new("event_id"))
                .do_nothing()
                .to_owned(),
        )
        .to_owned();
    database.writer().execute(&insert).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Count {
    letters: i64,
}

/// How many events the domain has set aside because it could not consume them.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn dead_letters(database: &Database, domain: Domain) -> Result<u64> {
    let select = Query::select()
        .expr_as(
            Expr::col(Alias::new("event_id")).count(),
            Alias::new("letters"),
        )
        .from(domain.table("dead_letter"))
        .to_owned();
    let count = Count::find_by_statement(database.backend().build(&select))
        .one(database.reader())
        .await?;
    Ok(count.map_or(0, |count| u64::try_from(count.letters).unwrap_or_default()))
}

#[derive(FromQueryResult)]
struct Letter {
    event: Value,
}

/// The events that the domain has set aside, oldest first.
pub(crate) async fn buried(database: &Database, domain: Domain) -> Result<Vec<Event>> {
    let select = Query::select()
        .column(Alias::new("event"))
        .from(domain.table("dead_letter"))
        .order_by(Alias::new("failed_at"), Order::Asc)
        .order_by(Alias::new("event_id"), Order::Asc)
        .to_owned();
    let letters = Letter::find_by_statement(database.backend().build(&select))
        .all(database.reader())
        .await?;
    letters
        .into_iter()
        .map(|letter| Ok(serde_json::from_value(letter.event)?))
        .collect()
}

/// Forgets that an event was set aside, because it has been consumed since.
pub(crate) async fn unearth(database: &Database, domain: Domain, event: EventId) -> Result<()> {
    let delete = Query::delete()
        .from_table(domain.table("dead_letter"))
        .and_where(Expr::col(Alias::new("event_id")).eq(event))
        .to_owned();
    database.writer().execute(&delete).await?;
    Ok(())
}
