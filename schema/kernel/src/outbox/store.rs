use chrono::{DateTime, Utc};
use entities::id::{CustomerId, EventId};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, FromQueryResult, Order,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use serde::Serialize;
use serde_json::Value;

use super::Domain;
use crate::{Database, Event, NewEvent, Result, Session};

// Few lengths, because each length is a statement that the database prepares and keeps.
const ROWS_PER_STATEMENT: [usize; 3] = [256, 16, 1];

const COLUMNS: [&str; 8] = [
    "id",
    "kind",
    "subject",
    "customer_id",
    "time",
    "correlation_id",
    "data",
    "recorded_at",
];

pub(super) async fn insert<T: Serialize>(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    events: &[NewEvent<'_, T>],
) -> Result<()> {
    let mut rest = events;
    for rows in ROWS_PER_STATEMENT {
        let (whole, remainder) = rest.split_at(rest.len() - rest.len() % rows);
        for chunk in whole.chunks(rows) {
            insert_chunk(transaction, domain, session, chunk).await?;
        }
        rest = remainder;
    }
    Ok(())
}

async fn insert_chunk<T: Serialize>(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    events: &[NewEvent<'_, T>],
) -> Result<()> {
    let now = session.now();
    let mut insert = Query::insert();
    insert
        .into_table(domain.table("outbox"))
        .columns(COLUMNS.map(Alias::new));
    for event in events {
        insert.values_panic([
            session.new_id::<EventId>().into(),
            event.kind.into(),
            event.subject.as_str().into(),
            event.customer_id.into(),
            event.time.into(),
            session.request_id.as_str().into(),
            serde_json::to_value(event.data)?.into(),
            now.into(),
        ]);
    }
    transaction.execute(&insert).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    sequence: i64,
    id: EventId,
    kind: String,
    subject: String,
    customer_id: Option<CustomerId>,
    time: DateTime<Utc>,
    correlation_id: String,
    data: Value,
}

/// Events that have not been delivered, oldest first, with their sequence numbers.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn pending(database: &Database, domain: Domain, limit: u64) -> Result<Vec<(i64, Event)>> {
    let select = events(domain)
        .and_where(Expr::col(Alias::new("dispatched_at")).is_null())
        .limit(limit)
        .to_owned();
    read(database, domain, &select).await
}

/// Events after `last`, and those with the numbers `gaps`, whether they were delivered or not, oldest first.
pub(crate) async fn since(
    database: &Database,
    domain: Domain,
    last: i64,
    gaps: Vec<i64>,
    limit: u64,
) -> Result<Vec<(i64, Event)>> {
    let sequence = || Expr::col(Alias::new("sequence"));
    let mut wanted = sequence().gt(last);
    if !gaps.is_empty() {
        wanted = wanted.or(sequence().is_in(gaps));
    }
    let select = events(domain).and_where(wanted).limit(limit).to_owned();
    read(database, domain, &select).await
}

/// The numbers of the newest events, newest first.
pub(crate) async fn recent_sequences(
    database: &Database,
    domain: Domain,
    limit: u16,
) -> Result<Vec<i64>> {
    let select = Query::select()
        .column(Alias::new("sequence"))
        .from(domain.table("outbox"))
        .order_by(Alias::new("sequence"), Order::Desc)
        .limit(limit.into())
        .to_owned();
    let rows = Sequence::find_by_statement(database.backend().build(&select))
        .all(database.reader())
        .await?;
    Ok(rows.into_iter().map(|row| row.sequence).collect())
}

fn events(domain: Domain) -> SelectStatement {
    Query::select()
        .columns(
            [
                "sequence",
                "id",
                "kind",
                "subject",
                "customer_id",
                "time",
                "correlation_id",
                "data",
            ]
            .map(Alias::new),
        )
        .from(domain.table("outbox"))
        .order_by(Alias::new("sequence"), Order::Asc)
        .to_owned()
}

async fn read(
    database: &Database,
    domain: Domain,
    select: &SelectStatement,
) -> Result<Vec<(i64, Event)>> {
    let rows = Row::find_by_statement(database.backend().build(select))
        .all(database.reader())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.sequence, event(domain, row)))
        .collect())
}

fn event(domain: Domain, row: Row) -> Event {
    Event {
        id: row.id,
        source: domain.0.to_owned(),
        kind: row.kind,
        subject: row.subject,
        time: row.time,
        customer_id: row.customer_id,
        correlation_id: row.correlation_id,
        data: row.data,
    }
}

/// Takes the events that left since `since` for not delivered, so that they are delivered again: whoever took them may have
/// lost them. Returns how many there are.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn rewind(database: &Database, domain: Domain, since: DateTime<Utc>) -> Result<u64> {
    let update = Query::update()
        .table(domain.table("outbox"))
        .value(Alias::new("dispatched_at"), Option::<DateTime<Utc>>::None)
        .and_where(Expr::col(Alias::new("dispatched_at")).gte(since))
        .to_owned();
    Ok(database.writer().execute(&update).await?.rows_affected())
}

/// Notes that the events with these sequence numbers have left the outbox, to every consumer or to a broker that
/// acknowledged them, and says of how many that was news.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn mark_dispatched(
    database: &Database,
    domain: Domain,
    sequences: &[i64],
    at: DateTime<Utc>,
) -> Result<u64> {
    let update = Query::update()
        .table(domain.table("outbox"))
        .value(Alias::new("dispatched_at"), at)
        .and_where(Expr::col(Alias::new("sequence")).is_in(sequences.iter().copied()))
        .and_where(Expr::col(Alias::new("dispatched_at")).is_null())
        .to_owned();
    Ok(database.writer().execute(&update).await?.rows_affected())
}

#[derive(FromQueryResult)]
struct Sequence {
    sequence: i64,
}

#[derive(FromQueryResult)]
struct Count {
    kind: String,
    events: i64,
}

/// How many events of each type one request has caused in this domain.
pub(crate) async fn caused_by(
    database: &Database,
    domain: Domain,
    request_id: &str,
) -> Result<Vec<(String, u64)>> {
    let select = Query::select()
        .column(Alias::new("kind"))
        .expr_as(Expr::col(Alias::new("id")).count(), Alias::new("events"))
        .from(domain.table("outbox"))
        .and_where(Expr::col(Alias::new("correlation_id")).eq(request_id))
        .group_by_col(Alias::new("kind"))
        .to_owned();
    let counts = Count::find_by_statement(database.backend().build(&select))
        .all(database.reader())
        .await?;
    Ok(counts
        .into_iter()
        .map(|count| (count.kind, u64::try_from(count.events).unwrap_or_default()))
        .collect())
}
