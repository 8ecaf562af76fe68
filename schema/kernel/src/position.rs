//! How far a domain has read a stream of a message broker.
//!
//! The broker keeps a place of its own for us, and loses it with its disk; this one is kept where the effects are.

use sea_orm::{
    ConnectionTrait, ExprTrait, FromQueryResult,
    sea_query::{Alias, Expr, OnConflict, Query},
};

use crate::{Database, Result, outbox::Domain};

#[derive(FromQueryResult)]
struct Row {
    incarnation: String,
    sequence: i64,
}

/// The number of the last message of `stream` that the domain has dealt with; zero for a stream that it has not read, or
/// that was made anew since, as `incarnation` says.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn read(
    database: &Database,
    domain: Domain,
    stream: &str,
    incarnation: &str,
) -> Result<u64> {
    let select = Query::select()
        .columns(["incarnation", "sequence"].map(Alias::new))
        .from(domain.table("position"))
        .and_where(Expr::col(Alias::new("stream")).eq(stream))
        .to_owned();
    let row = Row::find_by_statement(database.backend().build(&select))
        .one(database.reader())
        .await?;
    Ok(row
        .filter(|row| row.incarnation == incarnation)
        .map_or(0, |row| u64::try_from(row.sequence).unwrap_or_default()))
}

/// Notes that the domain has dealt with everything up to `sequence`.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn write(
    database: &Database,
    domain: Domain,
    stream: &str,
    incarnation: &str,
    sequence: u64,
) -> Result<()> {
    let insert = Query::insert()
        .into_table(domain.table("position"))
        .columns(["stream", "incarnation", "sequence"].map(Alias::new))
        .values_panic([
            stream.into(),
            incarnation.into(),
            i64::try_from(sequence).unwrap_or(i64::MAX).into(),
        ])
        .on_conflict(
            OnConflict::column(Alias::new("stream"))
                .update_columns(["incarnation", "sequence"].map(Alias::new))
                .to_owned(),
        )
        .to_owned();
    database.writer().execute(&insert).await?;
    Ok(())
}
