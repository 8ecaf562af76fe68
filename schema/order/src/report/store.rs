//! All SQL about reports of flight operations.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::{
    id::FlightId,
    order::{
        flight, flight_event,
        flight_report::{self, Aspect, Status},
    },
};
use schema_kernel::{Database, Permit, Result, permit::Operations};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    FromQueryResult, IntoActiveModel, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{FlightReport, ReportedFlight};
use crate::flight::padded;

/// How many waiting reports are looked at in one go.
const BATCH: u64 = 500;

#[derive(FromQueryResult)]
struct Newest {
    flight_id: FlightId,
    aspect: Aspect,
    newest: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Told {
    flight_id: FlightId,
    kind: flight_event::Kind,
    newest: DateTime<Utc>,
}

/// Those of the reports that came before, by source and number.
pub(super) async fn known(
    connection: &impl ConnectionTrait,
    reports: &[FlightReport],
) -> Result<HashMap<(String, String), flight_report::Model>> {
    let ids = padded(
        reports
            .iter()
            .map(|report| report.message_id.as_str())
            .collect(),
    );
    let rows = flight_report::Entity::find()
        .filter(flight_report::Column::MessageId.is_in(ids))
        .filter(
            flight_report::Column::Source.is_in(
                reports
                    .iter()
                    .map(|report| report.source.as_str())
                    .collect::<std::collections::BTreeSet<_>>(),
            ),
        )
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.source.clone(), row.message_id.clone()), row))
        .collect())
}

/// The flights of the reports, kept from changing until the transaction ends.
pub(super) async fn flights_of(
    transaction: &DatabaseTransaction,
    reports: &[FlightReport],
) -> Result<HashMap<ReportedFlight, flight::Model>> {
    let wanted = reports.iter().map(|report| {
        let flight = &report.flight;
        (
            flight.departs_on,
            flight.carrier.clone(),
            flight.number,
            flight.suffix.clone(),
            flight.origin.clone(),
        )
    });
    let key = [
        flight::Column::DepartsOn,
        flight::Column::Carrier,
        flight::Column::Number,
        flight::Column::Suffix,
        flight::Column::Origin,
    ];
    // In one order everywhere, so that two transactions that want the same flights do not wait for each other.
    let flights = flight::Entity::find()
        .filter(ExprTrait::in_tuples(
            Expr::tuple(key.map(Expr::col)),
            padded(wanted.collect()),
        ))
        .order_by_asc(flight::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    Ok(flights
        .into_iter()
        .map(|flight| (key_of(&flight), flight))
        .collect())
}

/// How reports name the flight.
pub(super) fn key_of(flight: &flight::Model) -> ReportedFlight {
    ReportedFlight {
        carrier: flight.carrier.clone(),
        number: flight.number,
        suffix: flight.suffix.clone(),
        origin: flight.origin.clone(),
        departs_on: flight.departs_on,
    }
}

/// The instant of the newest that is known of each side of these flights: when a source said it, or when somebody recorded
/// or imported it.
pub(super) async fn newest(
    connection: &impl ConnectionTrait,
    flights: &[FlightId],
) -> Result<HashMap<(FlightId, Aspect), DateTime<Utc>>> {
    let flights = padded(flights.to_vec());
    let reported = flight_report::Entity::find()
        .select_only()
        .columns([
            flight_report::Column::FlightId,
            flight_report::Column::Aspect,
        ])
        .column_as(flight_report::Column::ReportedAt.max(), "newest")
        .filter(flight_report::Column::FlightId.is_in(flights.clone()))
        .filter(flight_report::Column::Status.is_in([Status::Recorded, Status::Unchanged]))
        .group_by(flight_report::Column::FlightId)
        .group_by(flight_report::Column::Aspect)
        .into_model::<Newest>()
        .all(connection)
        .await?;
    let told = flight_event::Entity::find()
        .select_only()
        .columns([flight_event::Column::FlightId, flight_event::Column::Kind])
        .column_as(flight_event::Column::RecordedAt.max(), "newest")
        .filter(flight_event::Column::FlightId.is_in(flights))
        .filter(flight_event::Column::Source.ne(flight_event::Source::Feed))
        .group_by(flight_event::Column::FlightId)
        .group_by(flight_event::Column::Kind)
        .into_model::<Told>()
        .all(connection)
        .await?;
    let told = told.into_iter().map(|row| Newest {
        flight_id: row.flight_id,
        aspect: if row.kind == flight_event::Kind::GateChange {
            Aspect::Gate
        } else {
            Aspect::Movement
        },
        newest: row.newest,
    });
    let mut newest: HashMap<(FlightId, Aspect), DateTime<Utc>> = HashMap::new();
    for row in reported.into_iter().chain(told) {
        let known = newest
            .entry((row.flight_id, row.aspect))
            .or_insert(row.newest);
        if *known < row.newest {
            *known = row.newest;
        }
    }
    Ok(newest)
}

/// Keeps what became of reports.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    _: &Permit<Operations>,
    rows: Vec<flight_report::Model>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let changeable = flight_report::Column::iter().filter(|column| {
        !matches!(
            column,
            flight_report::Column::Source | flight_report::Column::MessageId
        )
    });
    let key = [
        flight_report::Column::Source,
        flight_report::Column::MessageId,
    ];
    flight_report::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .on_conflict(
            OnConflict::columns(key)
                .update_columns(changeable)
                .to_owned(),
        )
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Whether any report waits for a flight.
pub(super) async fn is_anything_waiting(connection: &impl ConnectionTrait) -> Result<bool> {
    let waiting = flight_report::Entity::find()
        .filter(flight_report::Column::Status.eq(Status::Waiting))
        .limit(1)
        .one(connection)
        .await?;
    Ok(waiting.is_some())
}

/// The reports that wait for one of these flights, oldest first.
pub(super) async fn waiting_for(
    connection: &impl ConnectionTrait,
    flights: &[flight::Model],
) -> Result<Vec<flight_report::Model>> {
    let keys: Vec<_> = flights
        .iter()
        .map(|flight| {
            (
                flight.departs_on,
                flight.carrier.clone(),
                flight.number,
                flight.suffix.clone(),
                flight.origin.clone(),
            )
        })
        .collect();
    let key = [
        flight_report::Column::DepartsOn,
        flight_report::Column::Carrier,
        flight_report::Column::Number,
        flight_report::Column::Suffix,
        flight_report::Column::Origin,
    ];
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    Ok(flight_report::Entity::find()
        .filter(flight_report::Column::Status.eq(Status::Waiting))
        .filter(ExprTrait::in_tuples(
            Expr::tuple(key.map(Expr::col)),
            padded(keys),
        ))
        .order_by_asc(flight_report::Column::ReportedAt)
        .order_by_asc(flight_report::Column::MessageId)
        .all(connection)
        .await?)
}

/// Reports that wait although their flight is known by now: the two came at the same moment.
pub(super) async fn overlooked(
    connection: &impl ConnectionTrait,
) -> Result<Vec<flight_report::Model>> {
    let same = |of_flight: flight::Column, of_report: flight_report::Column| {
        let flight = Expr::col((flight::Entity, of_flight));
        ExprTrait::equals(flight, (flight_report::Entity, of_report))
    };
    let same_flight = Condition::all()
        .add(same(
            flight::Column::DepartsOn,
            flight_report::Column::DepartsOn,
        ))
        .add(same(
            flight::Column::Carrier,
            flight_report::Column::Carrier,
        ))
        .add(same(flight::Column::Number, flight_report::Column::Number))
        .add(same(flight::Column::Suffix, flight_report::Column::Suffix))
        .add(same(flight::Column::Origin, flight_report::Column::Origin));
    let flight = flight::Entity::find()
        .select_only()
        .column(flight::Column::Id)
        .filter(same_flight);
    Ok(flight_report::Entity::find()
        .filter(flight_report::Column::Status.eq(Status::Waiting))
        .filter(Expr::exists(sea_orm::QueryTrait::into_query(flight)))
        .order_by_asc(flight_report::Column::ReportedAt)
        .limit(BATCH)
        .all(connection)
        .await?)
}

/// Gives up waiting for flights of reports that came before `since`, and says how many there were.
pub(super) async fn expire(transaction: &DatabaseTransaction, since: DateTime<Utc>) -> Result<u64> {
    let update = flight_report::Entity::update_many()
        .col_expr(flight_report::Column::Status, Expr::value("EXPIRED"))
        .col_expr(
            flight_report::Column::Reason,
            Expr::value("Its flight did not become known in time."),
        )
        .filter(flight_report::Column::Status.eq(Status::Waiting))
        .filter(flight_report::Column::ReceivedAt.lt(since));
    Ok(update.exec(transaction).await?.rows_affected)
}

/// What became of the report of this source with this number, and why; refused where it is not known.
pub(super) async fn became_of(
    database: &Database,
    source: &str,
    message_id: &str,
) -> Result<(Status, Option<String>)> {
    let id = (source.to_owned(), message_id.to_owned());
    let row = flight_report::Entity::find_by_id(id)
        .one(database.reader())
        .await?;
    Ok(row.map_or((Status::Refused, None), |row| (row.status, row.reason)))
}
