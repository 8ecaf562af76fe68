use std::collections::{BTreeSet, HashMap};

use async_graphql::dataloader::Loader;
use entities::id::FlightId;
use schema_kernel::{Error, Reader, Result};

use super::{FlightManifest, manifest};
use crate::{
    flight::{by_ids, disruption::Reference},
    journey::affected::{self, AffectedJourney},
    reference::{airlines_by_designator, airports_by_code},
};

/// Asks for the manifest of a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ManifestOf(pub(crate) FlightId);

impl Loader<ManifestOf> for Reader {
    type Value = FlightManifest;
    type Error = Error;

    async fn load(&self, keys: &[ManifestOf]) -> Result<HashMap<ManifestOf, FlightManifest>> {
        let ids: Vec<FlightId> = keys.iter().map(|key| key.0).collect();
        let connection = self.database.reader();
        let flights = by_ids(connection, ids.iter().copied()).await?;
        let journeys = affected::of_flights(connection, &ids).await?;
        let airports: BTreeSet<&str> = journeys
            .iter()
            .flat_map(|journey| {
                let legs = journey.segments.iter().flat_map(|segment| {
                    [
                        segment.flight.origin.as_str(),
                        segment.flight.destination.as_str(),
                    ]
                });
                legs.chain([journey.origin.as_str(), journey.destination.as_str()])
            })
            .chain(
                flights
                    .iter()
                    .flat_map(|flight| [flight.origin.as_str(), flight.destination.as_str()]),
            )
            .collect();
        let airlines: BTreeSet<&str> = flights
            .iter()
            .map(|flight| flight.carrier.as_str())
            .collect();
        let reference = Reference {
            airports: airports_by_code(connection, airports).await?,
            airlines: airlines_by_designator(connection, airlines).await?,
        };
        flights
            .iter()
            .map(|flight| {
                let on_board: Vec<AffectedJourney> = journeys
                    .iter()
                    .filter(|journey| holds_place(journey, flight.id))
                    .cloned()
                    .collect();
                Ok((
                    ManifestOf(flight.id),
                    manifest(flight, &on_board, &reference)?,
                ))
            })
            .collect()
    }
}

fn holds_place(journey: &AffectedJourney, flight: FlightId) -> bool {
    journey
        .segments
        .iter()
        .any(|segment| segment.flight.id == flight)
}
