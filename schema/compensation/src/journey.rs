//! Journeys as this domain knows them: whose they are, who travels, on which flights.

pub(crate) mod store;

use chrono::{DateTime, Utc};
use entities::{
    compensation::{disruption, journey},
    id::{CustomerId, FlightId, JourneyId, OrderId, PassengerId},
};
use serde::{Deserialize, Serialize};

use crate::disruption::Place;

/// The facts of `order.order.placed.v1` and `order.order.changed.v1` that this domain looks at.
#[derive(Debug, Deserialize)]
pub(crate) struct OrderTold {
    pub(crate) order_id: OrderId,
    #[serde(default)]
    pub(crate) journeys: Vec<JourneyTold>,
}

/// A journey of such an order.
#[derive(Debug, Deserialize)]
pub(crate) struct JourneyTold {
    // Orders that were placed before journeys were told by id are not known here.
    #[serde(default)]
    pub(crate) journey_id: Option<JourneyId>,
    pub(crate) departs_at: DateTime<Utc>,
    #[serde(default)]
    pub(crate) passenger_ids: Vec<PassengerId>,
    #[serde(default)]
    pub(crate) flight_ids: Vec<FlightId>,
    #[serde(default)]
    pub(crate) origin_airport: Option<Place>,
    #[serde(default)]
    pub(crate) destination_airport: Option<Place>,
    #[serde(default)]
    pub(crate) flights: Vec<FlightTold>,
}

/// A flight of such a journey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FlightTold {
    flight_id: FlightId,
    designator: String,
}

/// Where a journey begins and ends, and what its flights are called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Course {
    pub(crate) origin: Place,
    pub(crate) destination: Place,
    #[serde(default)]
    pub(crate) flights: Vec<FlightTold>,
}

impl Course {
    /// What this flight is called; nothing where that was never told.
    pub(crate) fn designator(&self, flight: FlightId) -> String {
        let told = self.flights.iter().find(|told| told.flight_id == flight);
        told.map(|told| told.designator.clone()).unwrap_or_default()
    }
}

impl JourneyTold {
    /// Its course, where that is told.
    pub(crate) fn course(&self) -> Option<Course> {
        Some(Course {
            origin: self.origin_airport.clone()?,
            destination: self.destination_airport.clone()?,
            flights: self.flights.clone(),
        })
    }
}

/// A journey that a claim can be filed for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub(crate) id: JourneyId,
    pub(crate) customer: CustomerId,
    pub(crate) order: OrderId,
    pub(crate) departs_at: Option<DateTime<Utc>>,
    pub(crate) passengers: Vec<PassengerId>,
    pub(crate) flights: Vec<FlightId>,
    /// Where it begins and ends, where that was told.
    pub(crate) course: Option<Course>,
}

impl Known {
    /// A journey that was told.
    fn told(row: journey::Model) -> schema_kernel::Result<Self> {
        Ok(Self {
            id: row.id,
            customer: row.customer_id,
            order: row.order_id,
            departs_at: Some(row.departs_at),
            passengers: serde_json::from_value(row.passenger_ids)?,
            flights: serde_json::from_value(row.flight_ids)?,
            course: row.course.map(serde_json::from_value).transpose()?,
        })
    }

    /// A journey of which nothing is known but what went wrong with it.
    fn disrupted(rows: &[disruption::Model]) -> Option<Self> {
        let first = rows.first()?;
        let mut passengers: Vec<_> = rows.iter().map(|row| row.passenger_id).collect();
        let mut flights: Vec<_> = rows.iter().map(|row| row.flight_id).collect();
        passengers.sort_unstable();
        passengers.dedup();
        flights.sort_unstable();
        flights.dedup();
        Some(Self {
            id: first.journey_id,
            customer: first.customer_id,
            order: first.order_id,
            departs_at: first
                .incident_on
                .and_hms_opt(0, 0, 0)
                .map(|at| at.and_utc()),
            passengers,
            flights,
            course: None,
        })
    }
}
