//! The report of a disruption, as the order domain publishes it.

use chrono::NaiveDate;
use entities::{
    compensation::disruption::DisruptionKind,
    id::{FlightEventId, FlightId, JourneyId, OrderId, PassengerId},
};
use serde::{Deserialize, Serialize};

/// The facts of `order.journey.disrupted.v1` that compensation looks at.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct JourneyDisrupted {
    /// The disrupted journey.
    pub journey_id: JourneyId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The passenger.
    pub passenger_id: PassengerId,
    /// The flight that went wrong.
    pub flight_id: FlightId,
    /// The event of the flight that was reported.
    pub flight_event_id: FlightEventId,
    /// The flight's designator: `EK47`.
    pub flight_designator: String,
    /// What sort of disruption it is.
    pub kind: DisruptionKind,
    /// First origin of the journey.
    pub origin: Place,
    /// Final destination of the journey.
    pub destination: Place,
    /// Designator of the operating carrier: `EK`.
    pub operating_carrier: String,
    /// State that licensed the operating carrier, ISO 3166-1 alpha-2.
    pub carrier_licence_country: Option<String>,
    /// Local date of the flight's scheduled departure.
    pub incident_on: NaiveDate,
    /// Minutes late at departure.
    pub departure_delay_minutes: Option<i64>,
    /// Minutes late at the final destination.
    pub arrival_delay_minutes: Option<i64>,
    /// Minutes between the news of a cancellation and the scheduled departure.
    pub notice_minutes: Option<i64>,
    /// IATA delay code: `41`.
    pub cause_code: Option<String>,
    /// Fare of the passenger's journey in minor units.
    pub fare_minor: i64,
    /// Fees for the passenger's ancillaries in minor units.
    pub ancillary_fees_minor: i64,
    /// ISO 4217 code of both amounts.
    pub currency: String,
    /// How the order was paid.
    pub payment_method: Payment,
    /// What sort of fare it is.
    pub fare_kind: FareKind,
    /// What sort of passenger it is.
    pub passenger_kind: PassengerKind,
    /// Whether the passenger has a seat of their own.
    pub has_seat: bool,
}

/// An airport in the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// IATA code.
    pub iata: String,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Forms of payment in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Payment {
    /// A credit card.
    Card,
    /// Anything else.
    Other,
}

/// Sorts of fare in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FareKind {
    /// Open to the public.
    Public,
    /// Paid with miles; covered like a public fare (Art 3(3)).
    Award,
    /// Free, or reduced and not open to the public.
    Staff,
}

/// Sorts of passenger in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PassengerKind {
    /// From 12 years.
    Adult,
    /// From 2 to 11 years.
    Child,
    /// Under 2 years.
    Infant,
}
