use std::collections::HashMap;

use chrono_tz::Tz;
use schema_kernel::{Database, Result};

use super::row::Wrong;
use crate::reference::{every_airport, haversine_km};

/// The airports that rows refer to, in memory for the length of an import.
#[derive(Debug, Default)]
pub(super) struct Airports(HashMap<String, Airport>);

#[derive(Clone, Copy, Debug)]
pub(super) struct Airport {
    pub(super) zone: Tz,
    position: (f64, f64),
}

impl Airports {
    pub(super) async fn load(database: &Database) -> Result<Self> {
        let airports = every_airport(database).await?;
        Ok(Self::of(airports.into_iter().map(|airport| {
            (
                airport.iata,
                airport.time_zone,
                (airport.latitude, airport.longitude),
            )
        })))
    }

    pub(super) fn of(airports: impl IntoIterator<Item = (String, String, (f64, f64))>) -> Self {
        let known = airports.into_iter().filter_map(|(iata, zone, position)| {
            Some((
                iata,
                Airport {
                    zone: zone.parse().ok()?,
                    position,
                },
            ))
        });
        Self(known.collect())
    }

    /// The airport with this IATA code, or what is wrong with the value in `column`.
    pub(super) fn find(&self, column: &'static str, iata: &str) -> Result<Airport, Wrong> {
        self.0
            .get(iata)
            .copied()
            .ok_or_else(|| Wrong::new(column, "There is no airport with this IATA code."))
    }
}

impl Airport {
    pub(super) fn distance_km(&self, to: &Self) -> f64 {
        haversine_km(self.position, to.position)
    }
}
