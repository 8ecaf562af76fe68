//! What the seed needs to know of airports and airlines, from the reference data that is compiled in.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use chrono_tz::Tz;
use entities::order::{airline, airport};
use schema_order::{flight::disruption, reference::haversine_km};
use serde::Deserialize;

/// The reference data of airports.
const AIRPORTS: &str = include_str!("../../data/airports.csv");
/// The reference data of airlines.
const AIRLINES: &str = include_str!("../../data/airlines.csv");

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

/// An airport, with its clock.
pub(super) struct Airport {
    pub(super) row: airport::Model,
    pub(super) zone: Tz,
}

impl Airport {
    /// Kilometres along the great circle.
    pub(super) fn distance_km(&self, other: &Self) -> f64 {
        haversine_km(
            (self.row.latitude, self.row.longitude),
            (other.row.latitude, other.row.longitude),
        )
    }
}

impl TryFrom<AirportRow> for Airport {
    type Error = chrono_tz::ParseError;

    fn try_from(row: AirportRow) -> Result<Self, Self::Error> {
        let zone = row.tz.parse()?;
        let model = airport::Model {
            search_name: row.name.to_lowercase(),
            search_city: row.city.to_lowercase(),
            iata: row.iata,
            icao: Some(row.icao).filter(|icao| !icao.is_empty()),
            name: row.name,
            city: row.city,
            country: row.country,
            latitude: row.lat,
            longitude: row.lon,
            time_zone: row.tz,
        };
        Ok(Self { row: model, zone })
    }
}

impl From<AirlineRow> for airline::Model {
    fn from(row: AirlineRow) -> Self {
        Self {
            designator: row.code,
            ticketing_prefix: Some(row.ticketing_prefix).filter(|prefix| !prefix.is_empty()),
            name: row.name,
            licence_country: row.licence_country,
        }
    }
}

/// Airports by IATA code, airlines by designator.
pub(super) struct Reference {
    airports: BTreeMap<String, Airport>,
    airlines: BTreeMap<String, airline::Model>,
}

impl Reference {
    /// Reads what is compiled in.
    pub(super) fn load() -> anyhow::Result<Self> {
        let mut airports = BTreeMap::new();
        for row in csv::Reader::from_reader(AIRPORTS.as_bytes()).deserialize() {
            let row: AirportRow = row.context("airports.csv")?;
            airports.insert(
                row.iata.clone(),
                row.try_into()
                    .map_err(|error| anyhow!("airports.csv: {error}"))?,
            );
        }
        let mut airlines = BTreeMap::new();
        for row in csv::Reader::from_reader(AIRLINES.as_bytes()).deserialize() {
            let row: AirlineRow = row.context("airlines.csv")?;
            airlines.insert(row.code.clone(), row.into());
        }
        Ok(Self { airports, airlines })
    }

    /// The airport with this IATA code.
    pub(super) fn airport(&self, iata: &str) -> anyhow::Result<&Airport> {
        self.airports
            .get(iata)
            .ok_or_else(|| anyhow!("airports.csv has no {iata}"))
    }

    /// The city that an airport serves.
    pub(super) fn city<'a>(&'a self, iata: &'a str) -> &'a str {
        self.airports
            .get(iata)
            .map_or(iata, |airport| airport.row.city.as_str())
    }

    /// The three digits with which the tickets of an airline begin.
    pub(super) fn ticketing_prefix(&self, designator: &str) -> &str {
        self.airlines
            .get(designator)
            .and_then(|airline| airline.ticketing_prefix.as_deref())
            .unwrap_or_default()
    }

    /// What is needed to tell of disrupted journeys between these airports, with this airline.
    pub(super) fn for_disruption(
        &self,
        airports: [&str; 2],
        airline: &str,
    ) -> disruption::Reference {
        let airport = |iata: &str| Some((iata.to_owned(), self.airports.get(iata)?.row.clone()));
        disruption::Reference {
            airports: airports.into_iter().filter_map(airport).collect(),
            airlines: self
                .airlines
                .get(airline)
                .map(|row| (airline.to_owned(), row.clone()))
                .into_iter()
                .collect(),
        }
    }
}
