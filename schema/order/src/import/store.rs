//! All SQL that only imports need: which flights are known, and how far a file has come.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::{
    id::FlightId,
    order::{flight, import},
};
use schema_kernel::{Database, Error, Result, Session};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, Iterable,
    sea_query::{Asterisk, Expr, ExprTrait, OnConflict, Query},
};

use super::{Totals, row::FlightKey, source::Position};
use crate::flight::padded;

/// How far the import of one file has come.
#[derive(Clone, Debug)]
pub(super) struct Place {
    source: String,
    started_at: DateTime<Utc>,
    pub(super) position: Position,
    pub(super) totals: Totals,
}

impl Place {
    /// The same import, further on.
    pub(super) fn advanced(&self, position: Position, totals: Totals) -> Self {
        Self {
            position,
            totals,
            ..self.clone()
        }
    }
}

#[derive(FromQueryResult)]
struct Known {
    id: FlightId,
    departs_on: chrono::NaiveDate,
    carrier: String,
    number: i32,
    suffix: String,
    origin: String,
    fingerprint: Option<i64>,
}

const KEY: [flight::Column; 5] = [
    flight::Column::DepartsOn,
    flight::Column::Carrier,
    flight::Column::Number,
    flight::Column::Suffix,
    flight::Column::Origin,
];

/// The ids and fingerprints of those flights that are known, in one statement.
pub(super) async fn known(
    connection: &impl ConnectionTrait,
    keys: impl Iterator<Item = &FlightKey>,
) -> Result<HashMap<FlightKey, (FlightId, Option<i64>)>> {
    let wanted: Vec<_> = keys
        .map(|key| {
            (
                key.departs_on,
                key.carrier.as_str(),
                key.number,
                key.suffix.as_str(),
                key.origin.as_str(),
            )
        })
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted = Query::select()
        .column(Asterisk)
        .from_values(padded(wanted), "wanted")
        .to_owned();
    let select = Query::select()
        .columns(KEY)
        .columns([flight::Column::Id, flight::Column::Fingerprint])
        .from(flight::Entity)
        .and_where(Expr::tuple(KEY.map(Expr::col)).in_subquery(wanted))
        .to_owned();
    let rows = Known::find_by_statement(connection.get_database_backend().build(&select))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let key = FlightKey {
                departs_on: row.departs_on,
                carrier: row.carrier,
                number: row.number,
                suffix: row.suffix,
                origin: row.origin,
            };
            (key, (row.id, row.fingerprint))
        })
        .collect())
}

/// Where the import of this source goes on: at the beginning, unless it was stopped in the middle.
pub(super) async fn resume(
    database: &Database,
    session: &Session,
    source: String,
) -> Result<Place> {
    let stored = import::Entity::find_by_id(source.clone())
        .one(database.reader())
        .await?;
    let begun = stored.filter(|import| import.finished_at.is_none());
    let Some(begun) = begun else {
        let (position, totals) = (Position::default(), Totals::default());
        return Ok(Place {
            source,
            started_at: session.now(),
            position,
            totals,
        });
    };
    let position = Position {
        bytes: unsigned(begun.position_bytes)?,
        line: unsigned(begun.position_line)?,
    };
    Ok(Place {
        source,
        started_at: begun.started_at,
        position,
        totals: serde_json::from_value(begun.totals)?,
    })
}

/// Keeps the place on the transaction that stored what stands before it.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    session: &Session,
    place: &Place,
) -> Result<()> {
    write(transaction, session, place, None).await
}

/// Notes that the file has come to its end.
pub(super) async fn finish(database: &Database, session: &Session, place: &Place) -> Result<()> {
    write(database.writer(), session, place, Some(session.now())).await
}

async fn write(
    connection: &impl ConnectionTrait,
    session: &Session,
    place: &Place,
    finished_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let row = import::ActiveModel {
        source: Set(place.source.clone()),
        position_bytes: Set(signed(place.position.bytes)?),
        position_line: Set(signed(place.position.line)?),
        totals: Set(serde_json::to_value(place.totals)?),
        started_at: Set(place.started_at),
        updated_at: Set(session.now()),
        finished_at: Set(finished_at),
    };
    let changeable =
        import::Column::iter().filter(|column| !matches!(column, import::Column::Source));
    import::Entity::insert_many([row])
        .on_conflict(
            OnConflict::column(import::Column::Source)
                .update_columns(changeable)
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

fn signed(count: u64) -> Result<i64> {
    i64::try_from(count).map_err(Error::internal)
}

fn unsigned(count: i64) -> Result<u64> {
    u64::try_from(count).map_err(Error::internal)
}
