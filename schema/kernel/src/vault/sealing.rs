//! Sealing what lies open: rows that were written before their column was sealed.
//!
//! It can be stopped and gone on with, and other processes may write all the while. A column of which nothing is left open
//! is marked in its own database, so that it is not looked through again; a restored database has the marks it had.

mod store;

use chrono::{DateTime, Utc};

use super::{Owner, SealedColumn, Vault};
use crate::{Database, Result, outbox::Domain, position};

/// Rows in one step.
const STEP: u64 = 500;

/// A column whose values lay open once.
#[derive(Clone, Copy, Debug)]
pub struct OpenColumn {
    /// The table. Its primary key is a UUID.
    pub table: &'static str,
    /// The primary key.
    pub id: &'static str,
    /// The column that names the owner: a UUID. Rows of nobody stay as they are.
    pub owner: &'static str,
    /// The column that held the value.
    pub from: &'static str,
    /// The column that holds it sealed; the same, or another, and then the first is emptied.
    pub to: &'static str,
    /// Where the sealed value stands.
    pub place: SealedColumn,
    /// What it is looked up by, where it is.
    pub blind: Option<BlindColumn>,
}

/// A column with the blind index of another.
#[derive(Clone, Copy, Debug)]
pub struct BlindColumn {
    /// Its name.
    pub column: &'static str,
    /// The kind of the index; see [`Vault::blind`].
    pub kind: &'static str,
    /// A value as it is compared.
    pub normalise: fn(&str) -> String,
}

/// How many values of `columns` were not marked as sealed: those that lie open.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database does not answer.
pub async fn count_open(
    database: &Database,
    domain: Domain,
    columns: &[OpenColumn],
) -> Result<u64> {
    let mut open = 0;
    for column in columns {
        if !is_marked(database, domain, column).await? {
            open += store::count_open(database.reader(), column).await?;
        }
    }
    Ok(open)
}

/// Seals the values of `columns` that lie open, and tells `progress` how many were done. Returns how many there were.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when a database does not answer. What was sealed stays sealed.
pub async fn seal_open(
    database: &Database,
    domain: Domain,
    columns: &[OpenColumn],
    now: DateTime<Utc>,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<u64> {
    let mut sealed = 0;
    for column in columns {
        if is_marked(database, domain, column).await? {
            continue;
        }
        let mut after = None;
        loop {
            let rows = store::open(database.reader(), column, after, STEP).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            sealed += seal_rows(database, column, &rows, now).await?;
            progress(sealed);
        }
        position::write(database, domain, &mark(column), MARK, 1).await?;
    }
    Ok(sealed)
}

const MARK: &str = "v1";

fn mark(column: &OpenColumn) -> String {
    format!("sealed:{}.{}", column.table, column.from)
}

async fn is_marked(database: &Database, domain: Domain, column: &OpenColumn) -> Result<bool> {
    Ok(position::read(database, domain, &mark(column), MARK).await? > 0)
}

async fn seal_rows(
    database: &Database,
    column: &OpenColumn,
    rows: &[store::OpenRow],
    now: DateTime<Utc>,
) -> Result<u64> {
    let vault: &Vault = database.vault()?;
    let places: Vec<_> = rows
        .iter()
        .map(|row| column.place.of(row.id, Owner(row.owner)))
        .collect();
    let wanted: Vec<_> = places.iter().map(super::Place::key).collect();
    let keys = vault.keys_to_seal(&wanted, now).await?;
    let mut sealed = Vec::with_capacity(rows.len());
    for (row, place) in rows.iter().zip(&places) {
        let blind = column.blind.map(|blind| {
            (
                blind.column,
                vault.blind(blind.kind, &(blind.normalise)(&row.value)),
            )
        });
        sealed.push((row, keys.seal(place, &row.value)?, blind));
    }
    let sealed = &sealed;
    database
        .transaction(async |transaction| {
            let mut written = 0;
            for (row, sealed, blind) in sealed {
                written += store::seal(transaction, column, row, sealed, blind.as_ref()).await?;
            }
            Ok(written)
        })
        .await
}
