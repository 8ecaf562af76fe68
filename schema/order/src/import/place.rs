//! How far the import of a file has come, kept with what stood before that place.

use chrono::{DateTime, Utc};
use entities::order::import;
use schema_kernel::{Database, Error, Result, Session};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, Iterable,
    sea_query::OnConflict,
};
use serde::{Serialize, de::DeserializeOwned};

use super::source::Position;

/// How far the import of one file has come.
#[derive(Clone, Debug)]
pub(crate) struct Place<Totals> {
    source: String,
    started_at: DateTime<Utc>,
    pub(crate) position: Position,
    pub(crate) totals: Totals,
}

impl<Totals: Clone> Place<Totals> {
    /// The same import, further on.
    pub(crate) fn advanced(&self, position: Position, totals: Totals) -> Self {
        Self {
            position,
            totals,
            ..self.clone()
        }
    }
}

/// Where the import of this source goes on: at the beginning, unless it was stopped in the middle.
pub(crate) async fn resume<Totals: Default + DeserializeOwned>(
    database: &Database,
    session: &Session,
    source: String,
) -> Result<Place<Totals>> {
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
pub(crate) async fn keep(
    transaction: &DatabaseTransaction,
    session: &Session,
    place: &Place<impl Serialize>,
) -> Result<()> {
    write(transaction, session, place, None).await
}

/// Notes that the file has come to its end.
pub(crate) async fn finish(
    database: &Database,
    session: &Session,
    place: &Place<impl Serialize>,
) -> Result<()> {
    write(database.writer(), session, place, Some(session.now())).await
}

async fn write(
    connection: &impl ConnectionTrait,
    session: &Session,
    place: &Place<impl Serialize>,
    finished_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let row = import::ActiveModel {
        source: Set(place.source.clone()),
        position_bytes: Set(signed(place.position.bytes)?),
        position_line: Set(signed(place.position.line)?),
        totals: Set(serde_json::to_value(&place.totals)?),
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
