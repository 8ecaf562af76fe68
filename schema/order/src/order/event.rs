//! What is told about orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::{
    id::{CustomerId, FlightId, JourneyId, OrderId, PassengerId},
    order::{airport, flight_segment, journey, order},
};
use schema_kernel::{NewEvent, Result};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::contract::Flights;
use crate::{flight::disruption::designator, reference::airports_by_code};

/// The facts of `order.order.placed.v1`, `.changed.v1` and `.cancelled.v1`.
#[derive(Debug, Serialize)]
pub(crate) struct OrderFacts {
    order_id: OrderId,
    record_locator: String,
    total_minor: i64,
    currency: String,
    journeys: Vec<JourneyFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_minor: Option<i64>,
}

#[derive(Debug, Serialize)]
struct JourneyFacts {
    journey_id: JourneyId,
    origin: String,
    destination: String,
    departs_at: DateTime<Utc>,
    /// Who travels.
    passenger_ids: Vec<PassengerId>,
    /// The flights, in order of travel.
    flight_ids: Vec<FlightId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_airport: Option<AirportFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_airport: Option<AirportFacts>,
    /// What the flights are called.
    flights: Vec<FlightName>,
}

/// An airport, with what the law looks at.
#[derive(Debug, Serialize)]
struct AirportFacts {
    iata: String,
    country: String,
    latitude: f64,
    longitude: f64,
}

impl From<&airport::Model> for AirportFacts {
    fn from(airport: &airport::Model) -> Self {
        Self {
            iata: airport.iata.clone(),
            country: airport.country.clone(),
            latitude: airport.latitude,
            longitude: airport.longitude,
        }
    }
}

#[derive(Debug, Serialize)]
struct FlightName {
    flight_id: FlightId,
    designator: String,
}

/// What the facts name beyond the order itself.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    airports: HashMap<String, airport::Model>,
    flights: &'a Flights,
}

impl<'a> Names<'a> {
    /// The airports of these journeys, and flights that are known already.
    pub(crate) async fn read(
        transaction: &DatabaseTransaction,
        journeys: &[journey::Model],
        flights: &'a Flights,
    ) -> Result<Self> {
        let ends =
            |journey: &'_ journey::Model| [journey.origin.clone(), journey.destination.clone()];
        let codes = each_once(journeys.iter().flat_map(ends));
        let airports = airports_by_code(transaction, codes.iter().map(String::as_str)).await?;
        Ok(Self { airports, flights })
    }
}

impl OrderFacts {
    /// The facts of an order with these journeys and segments.
    pub(crate) fn of(
        order: &order::Model,
        journeys: &[journey::Model],
        segments: &[flight_segment::Model],
        names: &Names<'_>,
    ) -> Self {
        let airport = |iata: &str| names.airports.get(iata).map(AirportFacts::from);
        let journey = |journey: &journey::Model| {
            let own = || {
                let of_journey =
                    |segment: &&flight_segment::Model| segment.journey_id == journey.id;
                segments.iter().filter(of_journey)
            };
            JourneyFacts {
                journey_id: journey.id,
                origin: journey.origin.clone(),
                destination: journey.destination.clone(),
                departs_at: journey.departs_at,
                passenger_ids: each_once(own().map(|segment| segment.passenger_id)),
                flight_ids: each_once(own().map(|segment| segment.flight_id)),
                origin_airport: airport(&journey.origin),
                destination_airport: airport(&journey.destination),
                flights: each_once(own().map(|segment| segment.flight_id))
                    .into_iter()
                    .filter_map(|id| names.flights.get(&id))
                    .map(|flight| FlightName {
                        flight_id: flight.id,
                        designator: designator(flight),
                    })
                    .collect(),
            }
        };
        Self {
            order_id: order.id,
            record_locator: order.record_locator.clone(),
            total_minor: order.total_minor,
            currency: order.currency.clone(),
            journeys: journeys.iter().map(journey).collect(),
            refund_minor: None,
        }
    }

    /// The same facts with what is given back.
    #[must_use]
    pub(crate) fn refunding(mut self, refund_minor: i64) -> Self {
        self.refund_minor = Some(refund_minor);
        self
    }

    /// The event that tells them.
    pub(crate) fn event(
        &self,
        kind: &'static str,
        customer: CustomerId,
        time: DateTime<Utc>,
    ) -> NewEvent<'_, Self> {
        NewEvent {
            kind,
            subject: self.order_id.to_string(),
            customer_id: Some(customer),
            time,
            data: self,
        }
    }
}

fn each_once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut once, next| {
        if !once.contains(&next) {
            once.push(next);
        }
        once
    })
}
