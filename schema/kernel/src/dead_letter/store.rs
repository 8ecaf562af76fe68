//! All SQL about dead letters.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entities::id::EventId;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, FromQueryResult, Order,
    sea_query::{Alias, Expr, Func, OnConflict, Query, SelectStatement},
};
use serde_json::Value;

use super::{DeadLetter, DeadLetterState};
use crate::{Database, Event, Page, Result, inbox, outbox::Domain};

const DEAD: &str = "DEAD";
const HELD: &str = "HELD";
const WAITS: &str = "An earlier event of the same aggregate could not be consumed.";

#[derive(FromQueryResult)]
struct Row {
    event: Value,
    state: String,
    reason: String,
    attempts: i32,
    failed_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Aggregate {
    source: String,
    subject: String,
}

#[derive(FromQueryResult)]
struct Id {
    event_id: EventId,
}

#[derive(FromQueryResult)]
struct Count {
    letters: i64,
}

fn column(name: &str) -> Expr {
    Expr::col(Alias::new(name))
}

fn letters(domain: Domain) -> SelectStatement {
    Query::select()
        .columns(["event", "state", "reason", "attempts", "failed_at"].map(Alias::new))
        .from(domain.table("dead_letter"))
        .to_owned()
}

fn in_order(select: &mut SelectStatement) -> SelectStatement {
    select
        .order_by(Alias::new("position"), Order::Asc)
        .order_by(Alias::new("event_id"), Order::Asc)
        .to_owned()
}

async fn read(database: &Database, select: &SelectStatement) -> Result<Vec<DeadLetter>> {
    let rows = Row::find_by_statement(database.backend().build(select))
        .all(database.reader())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(DeadLetter {
                event: serde_json::from_value(row.event)?,
                state: if row.state == HELD {
                    DeadLetterState::Held
                } else {
                    DeadLetterState::Dead
                },
                reason: row.reason,
                attempts: row.attempts,
                failed_at: row.failed_at,
            })
        })
        .collect()
}

/// How many events the domain has set aside.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn count(database: &Database, domain: Domain) -> Result<u64> {
    let select = Query::select()
        .expr_as(column("event_id").count(), Alias::new("letters"))
        .from(domain.table("dead_letter"))
        .to_owned();
    let count = Count::find_by_statement(database.backend().build(&select))
        .one(database.reader())
        .await?;
    Ok(count.map_or(0, |count| u64::try_from(count.letters).unwrap_or_default()))
}

/// A page of the domain's dead letters, latest first; one more than the page holds where there are more.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn list(database: &Database, domain: Domain, page: &Page) -> Result<Vec<DeadLetter>> {
    let mut select = letters(domain);
    page.apply_to(
        &mut select,
        &Alias::new("failed_at"),
        &Alias::new("event_id"),
        &Order::Desc,
    );
    read(database, &select).await
}

/// The dead letter of this event; `None` when the domain has none.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn find(database: &Database, domain: Domain, id: EventId) -> Result<Option<DeadLetter>> {
    let select = letters(domain)
        .and_where(column("event_id").eq(id))
        .to_owned();
    Ok(read(database, &select).await?.pop())
}

/// The letter of an aggregate that has to be consumed before its others.
pub(crate) async fn first_of(
    database: &Database,
    domain: Domain,
    source: &str,
    subject: &str,
) -> Result<Option<DeadLetter>> {
    let select = letters(domain)
        .and_where(column("subject").eq(subject))
        .and_where(column("source").eq(source))
        .limit(1)
        .to_owned();
    Ok(read(database, &in_order(&mut select.clone())).await?.pop())
}

/// The events at which aggregates stopped, in the order in which they did.
pub(crate) async fn firsts(database: &Database, domain: Domain) -> Result<Vec<EventId>> {
    let mut select = Query::select()
        .column(Alias::new("event_id"))
        .from(domain.table("dead_letter"))
        .and_where(column("state").eq(DEAD))
        .to_owned();
    let rows = Id::find_by_statement(database.backend().build(&in_order(&mut select)))
        .all(database.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.event_id).collect())
}

/// The aggregates of these events that have a dead letter.
pub(crate) async fn blocked(
    transaction: &DatabaseTransaction,
    domain: Domain,
    events: &[&Event],
) -> Result<HashSet<(String, String)>> {
    let subjects: HashSet<&str> = events.iter().map(|event| event.subject.as_str()).collect();
    let select = Query::select()
        .columns(["source", "subject"].map(Alias::new))
        .distinct()
        .from(domain.table("dead_letter"))
        .and_where(column("subject").is_in(subjects))
        .to_owned();
    let rows = Aggregate::find_by_statement(transaction.get_database_backend().build(&select))
        .all(transaction)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.source, row.subject))
        .collect())
}

/// Sets an event aside that could not be consumed.
pub(crate) async fn bury(
    transaction: &DatabaseTransaction,
    domain: Domain,
    event: &Event,
    reason: &str,
    attempts: u32,
    at: DateTime<Utc>,
) -> Result<()> {
    insert(transaction, domain, event, (DEAD, reason, attempts), at).await
}

/// Sets events aside that wait behind a dead letter of their aggregate, unless they were consumed before.
pub(crate) async fn hold(
    transaction: &DatabaseTransaction,
    domain: Domain,
    events: &[&Event],
    at: DateTime<Utc>,
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let consumed = inbox::consumed(transaction, domain, &ids).await?;
    for event in events.iter().filter(|event| !consumed.contains(&event.id)) {
        insert(transaction, domain, event, (HELD, WAITS, 0), at).await?;
    }
    Ok(())
}

async fn insert(
    transaction: &DatabaseTransaction,
    domain: Domain,
    event: &Event,
    (state, reason, attempts): (&str, &str, u32),
    at: DateTime<Utc>,
) -> Result<()> {
    // Whoever calls this has the turn, so that no two letters get the same place.
    let last = Query::select()
        .expr_as(
            Func::coalesce([Func::max(column("position")).into(), Expr::value(0_i64)]),
            Alias::new("letters"),
        )
        .from(domain.table("dead_letter"))
        .to_owned();
    let last = Count::find_by_statement(transaction.get_database_backend().build(&last))
        .one(transaction)
        .await?
        .map_or(0, |last| last.letters);
    let insert = Query::insert()
        .into_table(domain.table("dead_letter"))
        .columns(
            [
                "event_id",
                "event",
                "source",
                "subject",
                "kind",
                "state",
                "reason",
                "attempts",
                "failed_at",
                "position",
            ]
            .map(Alias::new),
        )
        .values_panic([
            event.id.into(),
            serde_json::to_value(event)?.into(),
            event.source.as_str().into(),
            event.subject.as_str().into(),
            event.kind.as_str().into(),
            state.into(),
            reason.into(),
            i32::try_from(attempts).unwrap_or(i32::MAX).into(),
            at.into(),
            (last + 1).into(),
        ])
        .on_conflict(
            OnConflict::column(Alias::new("event_id"))
                .do_nothing()
                .to_owned(),
        )
        .to_owned();
    transaction.execute(&insert).await?;
    Ok(())
}

/// Keeps how another try went.
pub(crate) async fn update(database: &Database, domain: Domain, letter: &DeadLetter) -> Result<()> {
    let update = Query::update()
        .table(domain.table("dead_letter"))
        .value(Alias::new("state"), DEAD)
        .value(Alias::new("reason"), letter.reason.as_str())
        .value(Alias::new("attempts"), letter.attempts)
        .value(Alias::new("failed_at"), letter.failed_at)
        .and_where(column("event_id").eq(letter.event.id))
        .to_owned();
    database.writer().execute(&update).await?;
    Ok(())
}

/// Forgets that an event was set aside.
pub(crate) async fn remove(
    transaction: &DatabaseTransaction,
    domain: Domain,
    id: EventId,
) -> Result<()> {
    let delete = Query::delete()
        .from_table(domain.table("dead_letter"))
        .and_where(column("event_id").eq(id))
        .to_owned();
    transaction.execute(&delete).await?;
    Ok(())
}
