//! All SQL that only imports of flights need: which flights are known.

use std::collections::HashMap;

use entities::{id::FlightId, order::flight};
use schema_kernel::Result;
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Asterisk, Expr, ExprTrait, Query},
};

use super::row::FlightKey;
use crate::flight::padded;

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
