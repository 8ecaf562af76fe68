use std::{collections::HashMap, io::Read};

use anyhow::{Context as _, ensure};
use entities::order::{airline, airport};
use schema_kernel::{
    Database, Error, Result,
    scalar::{CountryCode, IataAirline, IataAirport},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::store;

#[derive(Deserialize)]
struct AirportRow {
    iata: String,
    icao: String,
    name: String,
    city: String,
    country: String,
    lat: f64,
    lon: f64,
    tz: String,
}

#[derive(Deserialize)]
struct AirlineRow {
    code: String,
    ticketing_prefix: String,
    name: String,
    licence_country: String,
}

/// Brings the airports up to date with a CSV of `iata,icao,name,city,country,lat,lon,tz`, and says how many were written.
/// Airports that already stand as they should are not touched, so it can run at every start.
///
/// # Errors
/// With the line, when a row cannot be right: then nothing is written.
pub async fn load_airports(database: &Database, csv: impl Read) -> Result<u64> {
    let wanted = rows(csv, airport_of).map_err(Error::internal)?;
    let stored: HashMap<String, airport::Model> = store::every_airport(database)
        .await?
        .into_iter()
        .map(|airport| (airport.iata.clone(), airport))
        .collect();
    let changed = wanted
        .into_iter()
        .filter(|airport| stored.get(&airport.iata) != Some(airport))
        .collect();
    store::save_airports(database, changed).await
}

/// Brings the airlines up to date with a CSV of `code,ticketing_prefix,name,licence_country`, and says how many were
/// written. Airlines that already stand as they should are not touched.
///
/// # Errors
/// With the line, when a row cannot be right: then nothing is written.
pub async fn load_airlines(database: &Database, csv: impl Read) -> Result<u64> {
    let wanted = rows(csv, airline_of).map_err(Error::internal)?;
    let stored: HashMap<String, airline::Model> = store::every_airline(database)
        .await?
        .into_iter()
        .map(|airline| (airline.designator.clone(), airline))
        .collect();
    let changed = wanted
        .into_iter()
        .filter(|airline| stored.get(&airline.designator) != Some(airline))
        .collect();
    store::save_airlines(database, changed).await
}

fn rows<Row: DeserializeOwned, Model>(
    csv: impl Read,
    model: fn(Row) -> anyhow::Result<Model>,
) -> anyhow::Result<Vec<Model>> {
    let mut models = Vec::new();
    let mut reader = csv::Reader::from_reader(csv);
    for (index, row) in reader.deserialize().enumerate() {
        let line = index + 2;
        let row = row.with_context(|| format!("reference data, line {line}"))?;
        models.push(model(row).with_context(|| format!("reference data, line {line}"))?);
    }
    Ok(models)
}

fn airport_of(row: AirportRow) -> anyhow::Result<airport::Model> {
    let iata = IataAirport::parse(&row.iata).map_err(anyhow::Error::msg)?;
    let country = CountryCode::parse(&row.country).map_err(anyhow::Error::msg)?;
    ensure!(
        (-90.0..=90.0).contains(&row.lat),
        "a latitude is between -90 and 90 degrees"
    );
    ensure!(
        (-180.0..=180.0).contains(&row.lon),
        "a longitude is between -180 and 180 degrees"
    );
    ensure!(
        row.tz.parse::<chrono_tz::Tz>().is_ok(),
        "`tz` is an IANA time zone, like \"Asia/Dubai\""
    );
    Ok(airport::Model {
        iata: iata.into(),
        icao: Some(row.icao).filter(|icao| !icao.is_empty()),
        search_name: row.name.to_lowercase(),
        search_city: row.city.to_lowercase(),
        name: row.name,
        city: row.city,
        country: country.into(),
        latitude: row.lat,
        longitude: row.lon,
        time_zone: row.tz,
    })
}

fn airline_of(row: AirlineRow) -> anyhow::Result<airline::Model> {
    let designator = IataAirline::parse(&row.code).map_err(anyhow::Error::msg)?;
    let country = CountryCode::parse(&row.licence_country).map_err(anyhow::Error::msg)?;
    let prefix = row.ticketing_prefix;
    ensure!(
        prefix.is_empty()
            || (prefix.len() == 3 && prefix.bytes().all(|byte| byte.is_ascii_digit())),
        "a ticketing prefix has three digits, like \"176\""
    );
    Ok(airline::Model {
        designator: designator.into(),
        ticketing_prefix: Some(prefix).filter(|prefix| !prefix.is_empty()),
        name: row.name,
        licence_country: country.into(),
    })
}
