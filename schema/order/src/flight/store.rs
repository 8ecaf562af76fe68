//! All SQL about flights and what happens to them.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    id::FlightId,
    order::{flight, flight_event},
};
use schema_kernel::{
    Database, Error, Page, Permit, Reader, Result, keyset::union_of, permit::Operations,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable,
    Order, QueryFilter, QuerySelect, sea_query::OnConflict,
};

use super::{batch::batches, filter::FlightFilter};

/// Asks for the flight with this id. Flights are about nobody, so everybody who may read flights reads the same ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FlightById(pub FlightId);

/// Asks for a page of what happened to a flight, latest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventsOfFlight {
    /// The flight.
    pub flight: FlightId,
    /// The page.
    pub page: Page,
}

impl Loader<FlightById> for Reader {
    type Value = flight::Model;
    type Error = Error;

    async fn load(&self, keys: &[FlightById]) -> Result<HashMap<FlightById, flight::Model>> {
        let ids = keys.iter().map(|key| key.0);
        let flights = by_ids(self.database.reader(), ids).await?;
        Ok(flights
            .into_iter()
            .map(|flight| (FlightById(flight.id), flight))
            .collect())
    }
}

impl Loader<EventsOfFlight> for Reader {
    type Value = Vec<flight_event::Model>;
    type Error = Error;

    async fn load(&self, keys: &[EventsOfFlight]) -> Result<HashMap<EventsOfFlight, Self::Value>> {
        let mut pages: HashMap<&Page, Vec<FlightId>> = HashMap::new();
        for key in keys {
            pages.entry(&key.page).or_default().push(key.flight);
        }
        let mut found: HashMap<EventsOfFlight, Self::Value> =
            keys.iter().map(|key| (key.clone(), Vec::new())).collect();
        for (page, flights) in pages {
            for event in events_of(&self.database, &flights, page).await? {
                let key = EventsOfFlight {
                    flight: event.flight_id,
                    page: page.clone(),
                };
                found.entry(key).or_default().push(event);
            }
        }
        Ok(found)
    }
}

async fn events_of(
    database: &Database,
    flights: &[FlightId],
    page: &Page,
) -> Result<Vec<flight_event::Model>> {
    let arms = flights.iter().map(|flight| {
        let of_flight =
            flight_event::Entity::find().filter(flight_event::Column::FlightId.eq(*flight));
        page.apply(
            of_flight,
            flight_event::Column::RecordedAt,
            flight_event::Column::Id,
            &Order::Desc,
        )
    });
    let Some(statement) = union_of(database.backend(), arms) else {
        return Ok(Vec::new());
    };
    Ok(flight_event::Entity::find()
        .from_raw_sql(statement)
        .all(database.reader())
        .await?)
}

/// The flights with these ids, in one statement; ids that we do not know are left out.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn by_ids(
    connection: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = FlightId>,
) -> Result<Vec<flight::Model>> {
    Ok(flight::Entity::find()
        .filter(flight::Column::Id.is_in(ids))
        .all(connection)
        .await?)
}

/// A page of the flights that the filter lets through, by scheduled departure.
pub(super) async fn list(
    database: &Database,
    filter: &FlightFilter,
    order: &Order,
    page: &Page,
) -> Result<Vec<flight::Model>> {
    let select = flight::Entity::find().filter(filter.condition());
    let select = page.apply(
        select,
        flight::Column::ScheduledDepartureAt,
        flight::Column::Id,
        order,
    );
    Ok(select.all(database.reader()).await?)
}

/// The flight, kept from changing until the transaction ends.
pub(super) async fn find_for_change(
    transaction: &DatabaseTransaction,
    id: FlightId,
) -> Result<Option<flight::Model>> {
    Ok(flight::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// Stores a new flight; `false` when there is one with the same designator, origin and day.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<Operations>,
    flight: flight::Model,
) -> Result<bool> {
    let written = flight::Entity::insert_many([flight.into_active_model()])
        .on_conflict(
            OnConflict::columns([
                flight::Column::DepartsOn,
                flight::Column::Carrier,
                flight::Column::Number,
                flight::Column::Suffix,
                flight::Column::Origin,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(transaction)
        .await?;
    Ok(written == 1)
}

/// Stores flights as they are now, new ones and known ones alike.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn save(
    transaction: &DatabaseTransaction,
    _: &Permit<Operations>,
    flights: Vec<flight::Model>,
) -> Result<()> {
    // Twenty-three values a row; SQLite takes 32,766 values in a statement.
    const ROWS_PER_STATEMENT: usize = 1_000;
    let changeable = flight::Column::iter().filter(|column| !matches!(column, flight::Column::Id));
    let on_conflict = OnConflict::column(flight::Column::Id)
        .update_columns(changeable)
        .to_owned();
    for rows in batches(flights, ROWS_PER_STATEMENT) {
        flight::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
            .on_conflict(on_conflict.clone())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Adds lines to the histories of flights.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn add_events(
    transaction: &DatabaseTransaction,
    _: &Permit<Operations>,
    events: Vec<flight_event::Model>,
) -> Result<()> {
    // Nine values a row, of 32,766.
    const ROWS_PER_STATEMENT: usize = 2_000;
    for rows in batches(events, ROWS_PER_STATEMENT) {
        flight_event::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
