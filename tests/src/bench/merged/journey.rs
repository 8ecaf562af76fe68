//! Journeys, and the airports between which they go.

use std::collections::HashSet;

use async_graphql::{Context, ID, Object};
use entities::order::{airport, flight, journey};
use schema_kernel::{
    ContextExt, Error, Result, id,
    scalar::{DateTime, IataAirport},
};
use schema_order::journey::{
    JourneyStatus,
    state::{self, holds},
};

use super::store;

/// A trip from a first origin to a final destination.
pub(crate) struct Journey(pub(super) journey::Model);

#[Object]
impl Journey {
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    async fn origin(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.origin).await
    }

    async fn destination(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.destination).await
    }

    async fn scheduled_departure_at(&self) -> DateTime {
        self.0.departs_at
    }

    async fn scheduled_arrival_at(&self) -> DateTime {
        self.0.arrives_at
    }

    async fn status(&self, context: &Context<'_>) -> Option<Result<JourneyStatus>> {
        Some(standing(context, &self.0).await)
    }
}

async fn standing(context: &Context<'_>, journey: &journey::Model) -> Result<JourneyStatus> {
    let loader = context.loader()?;
    let segments = loader
        .load_one(store::SegmentsOf(journey.id))
        .await?
        .unwrap_or_default();
    let mut seen = HashSet::new();
    let held: Vec<store::FlightById> = segments
        .iter()
        .filter(|segment| holds(segment.status) && seen.insert(segment.flight_id))
        .map(|segment| store::FlightById(segment.flight_id))
        .collect();
    let flights = loader.load_many(held.iter().cloned()).await?;
    let flights: Vec<&flight::Model> = held.iter().filter_map(|key| flights.get(key)).collect();
    Ok(state::status(&flights))
}

async fn airport_at(context: &Context<'_>, code: &str) -> Option<Result<Airport>> {
    let load = async {
        context
            .loader()?
            .load_one(store::AirportByCode(code.to_owned()))
            .await
    };
    load.await.transpose().map(|found| found.map(Airport))
}

/// An airport.
pub(crate) struct Airport(airport::Model);

#[Object]
impl Airport {
    async fn iata_code(&self) -> Result<IataAirport> {
        IataAirport::parse(&self.0.iata)
            .map_err(|reason| Error::internal(anyhow::anyhow!("a stored airport code: {reason}")))
    }

    async fn city(&self) -> Option<&str> {
        Some(self.0.city.as_str()).filter(|city| !city.is_empty())
    }
}
