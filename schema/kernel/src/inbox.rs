//! The inbox: what a domain has already consumed, so that an event that comes twice works once.
//!
//! A row is written in the transaction of the effect; an event that cannot be consumed goes to the [`crate::dead_letter`]s of
//! the domain that could not consume it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entities::id::EventId;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, FromQueryResult,
    sea_query::{Alias, Expr, OnConflict, Query},
};

use crate::{Result, outbox::Domain};

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

/// Those of these events that the domain has consumed before.
pub(crate) async fn consumed(
    transaction: &DatabaseTransaction,
    domain: Domain,
    ids: &[EventId],
) -> Result<HashSet<EventId>> {
    let select = Query::select()
        .column(Alias::new("event_id"))
        .from(domain.table("inbox"))
        .and_where(Expr::col(Alias::new("event_id")).is_in(ids.iter().copied()))
        .to_owned();
    let rows = Fresh::find_by_statement(transaction.get_database_backend().build(&select))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| row.event_id).collect())
}
