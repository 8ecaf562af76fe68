//! What the events say.

use chrono::{DateTime, NaiveDate, Utc};
use entities::{
    id::{FlightEventId, FlightId, JourneyId, OrderId, PassengerId},
    order::{
        flight_segment::Cabin,
        order::{FareKind, PaymentMethod},
        passenger::PassengerKind,
    },
};
use serde::{Deserialize, Serialize};

use crate::flight::outcome::Disruption;

/// The facts of the `order.flight.*` events.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlightFacts {
    pub(in crate::flight) flight_id: FlightId,
    pub(super) flight_event_id: FlightEventId,
    pub(super) designator: String,
    pub(super) origin: String,
    pub(super) destination: String,
    pub(super) scheduled_departure_at: DateTime<Utc>,
    pub(super) departure_delay_minutes: Option<i32>,
    pub(super) arrival_delay_minutes: Option<i32>,
    pub(super) cause_code: Option<String>,
    pub(super) gate: Option<String>,
    pub(super) diverted_to: Option<String>,
    pub(super) affected_passengers: usize,
}

/// The facts of `order.journey.disrupted.v1`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JourneyFacts {
    pub(in crate::flight) journey_id: JourneyId,
    pub(super) order_id: OrderId,
    pub(super) passenger_id: PassengerId,
    pub(super) flight_id: FlightId,
    pub(super) flight_event_id: FlightEventId,
    pub(super) flight_designator: String,
    pub(super) kind: Disruption,
    pub(super) origin: Place,
    pub(super) destination: Place,
    pub(super) connections: usize,
    pub(super) operating_carrier: String,
    pub(super) carrier_licence_country: Option<String>,
    pub(super) scheduled_departure_at: DateTime<Utc>,
    pub(super) scheduled_arrival_at: DateTime<Utc>,
    pub(super) incident_on: NaiveDate,
    pub(super) departure_delay_minutes: Option<i32>,
    pub(super) arrival_delay_minutes: Option<i32>,
    pub(super) missed_connection: bool,
    pub(super) notice_minutes: Option<i64>,
    pub(super) cause_code: Option<String>,
    pub(super) fare_minor: i64,
    pub(super) ancillary_fees_minor: i64,
    pub(super) currency: String,
    pub(super) payment_method: PaymentMethod,
    pub(super) fare_kind: FareKind,
    pub(super) passenger_kind: PassengerKind,
    pub(super) has_seat: bool,
    pub(super) cabin: Cabin,
}

/// An airport, with what the law looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub(super) iata: String,
    pub(super) country: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}
