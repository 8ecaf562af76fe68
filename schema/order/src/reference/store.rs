use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::order::{airline, airport};
use schema_kernel::{Database, Error, Page, Reader, Result};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, Order, QueryFilter,
    sea_query::OnConflict,
};

/// Asks for the airport with this IATA code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AirportByCode(pub String);

/// Asks for the airline with this IATA designator.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AirlineByDesignator(pub String);

impl Loader<AirportByCode> for Reader {
    type Value = airport::Model;
    type Error = Error;

    async fn load(&self, keys: &[AirportByCode]) -> Result<HashMap<AirportByCode, airport::Model>> {
        let codes = keys.iter().map(|key| key.0.as_str());
        let found = airports_by_code(self.database.reader(), codes).await?;
        Ok(found
            .into_iter()
            .map(|(code, airport)| (AirportByCode(code), airport))
            .collect())
    }
}

impl Loader<AirlineByDesignator> for Reader {
    type Value = airline::Model;
    type Error = Error;

    async fn load(
        &self,
        keys: &[AirlineByDesignator],
    ) -> Result<HashMap<AirlineByDesignator, airline::Model>> {
        let designators = keys.iter().map(|key| key.0.as_str());
        let found = airlines_by_designator(self.database.reader(), designators).await?;
        Ok(found
            .into_iter()
            .map(|(designator, airline)| (AirlineByDesignator(designator), airline))
            .collect())
    }
}

/// The airports with these IATA codes, in one statement; codes that we do not know are left out.
pub async fn airports_by_code(
    connection: &impl ConnectionTrait,
    codes: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, airport::Model>> {
    let airports = airport::Entity::find()
        .filter(airport::Column::Iata.is_in(codes))
        .all(connection)
        .await?;
    Ok(airports
        .into_iter()
        .map(|airport| (airport.iata.clone(), airport))
        .collect())
}

/// The airlines with these IATA designators, in one statement; designators that we do not know are left out.
pub async fn airlines_by_designator(
    connection: &impl ConnectionTrait,
    designators: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, airline::Model>> {
    let airlines = airline::Entity::find()
        .filter(airline::Column::Designator.is_in(designators))
        .all(connection)
        .await?;
    Ok(airlines
        .into_iter()
        .map(|airline| (airline.designator.clone(), airline))
        .collect())
}

/// Every airport, in no particular order: a few thousand.
pub async fn every_airport(database: &Database) -> Result<Vec<airport::Model>> {
    Ok(airport::Entity::find().all(database.reader()).await?)
}

pub(super) async fn every_airline(database: &Database) -> Result<Vec<airline::Model>> {
    Ok(airline::Entity::find().all(database.reader()).await?)
}

/// A page of the airports whose code is `prefix`, or whose city or name begins with it, by code.
pub async fn search_airports(
    database: &Database,
    prefix: Option<&str>,
    page: &Page,
) -> Result<Vec<airport::Model>> {
    let mut select = airport::Entity::find();
    if let Some(prefix) = prefix
        .map(|prefix| prefix.trim().to_lowercase())
        .filter(|prefix| !prefix.is_empty())
    {
        select = select.filter(
            Condition::any()
                .add(airport::Column::Iata.eq(prefix.to_uppercase()))
                .add(begins_with(airport::Column::SearchCity, &prefix))
                .add(begins_with(airport::Column::SearchName, &prefix)),
        );
    }
    let select = page.apply_unique(select, airport::Column::Iata, &Order::Asc);
    Ok(select.all(database.reader()).await?)
}

// A range and not LIKE: the same on both databases, and an index serves it.
fn begins_with(column: airport::Column, prefix: &str) -> Condition {
    let after = prefix.char_indices().next_back().and_then(|(at, last)| {
        let next = ((last as u32 + 1)..=u32::from(char::MAX)).find_map(char::from_u32)?;
        Some(format!("{}{next}", &prefix[..at]))
    });
    Condition::all()
        .add(column.gte(prefix))
        .add_option(after.map(|after| column.lt(after)))
}

// Ten values a row; SQLite takes 32,766 values in a statement.
const ROWS_PER_STATEMENT: usize = 2_000;

pub(super) async fn save_airports(
    database: &Database,
    airports: Vec<airport::Model>,
) -> Result<u64> {
    let on_conflict = OnConflict::column(airport::Column::Iata)
        .update_columns([
            airport::Column::Icao,
            airport::Column::Name,
            airport::Column::City,
            airport::Column::Country,
            airport::Column::Latitude,
            airport::Column::Longitude,
            airport::Column::TimeZone,
            airport::Column::SearchName,
            airport::Column::SearchCity,
        ])
        .to_owned();
    save::<airport::Entity>(database, airports, on_conflict).await
}

pub(super) async fn save_airlines(
    database: &Database,
    airlines: Vec<airline::Model>,
) -> Result<u64> {
    let on_conflict = OnConflict::column(airline::Column::Designator)
        .update_columns([
            airline::Column::TicketingPrefix,
            airline::Column::Name,
            airline::Column::LicenceCountry,
        ])
        .to_owned();
    save::<airline::Entity>(database, airlines, on_conflict).await
}

async fn save<E: EntityTrait>(
    database: &Database,
    models: Vec<E::Model>,
    on_conflict: OnConflict,
) -> Result<u64>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Clone + Sync,
    E::ActiveModel: Send,
{
    if models.is_empty() {
        return Ok(0);
    }
    database
        .transaction(async |transaction| {
            for rows in models.chunks(ROWS_PER_STATEMENT) {
                E::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
                    .on_conflict(on_conflict.clone())
                    .exec_without_returning(transaction)
                    .await?;
            }
            Ok(())
        })
        .await?;
    Ok(models.len() as u64)
}
