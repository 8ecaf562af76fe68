//! Flights: one leg, operated on one day, with what is known of how it went.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::FlightId;

/// One flight, unique by (carrier, number, suffix, origin, `departs_on`).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "order_flight")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FlightId,
    /// IATA designator of the operating airline: liability follows the operating one.
    pub carrier: String,
    /// Flight number, 1 to 9999.
    pub number: i32,
    /// Operational suffix, one letter; empty for none, so that the unique key holds.
    pub suffix: String,
    /// IATA code of the airport of departure.
    pub origin: String,
    /// IATA code of the airport of arrival, as scheduled.
    pub destination: String,
    /// Scheduled day of departure, in the time of the origin.
    pub departs_on: Date,
    /// Scheduled departure.
    pub scheduled_departure_at: DateTimeUtc,
    /// Scheduled arrival.
    pub scheduled_arrival_at: DateTimeUtc,
    /// Departure as it is expected now, while the flight is still on the ground.
    pub estimated_departure_at: Option<DateTimeUtc>,
    /// Arrival as it is expected now, until it happens.
    pub estimated_arrival_at: Option<DateTimeUtc>,
    /// Departure as it happened.
    pub actual_departure_at: Option<DateTimeUtc>,
    /// Arrival as it happened.
    pub actual_arrival_at: Option<DateTimeUtc>,
    /// Minutes from scheduled to expected or actual departure; negative when early.
    pub departure_delay_minutes: Option<i32>,
    /// Minutes from scheduled to expected or actual arrival; negative when early.
    pub arrival_delay_minutes: Option<i32>,
    /// How it stands.
    pub status: Status,
    /// IATA delay code (AHM 730): `41`.
    pub cause_code: Option<String>,
    /// Gate of departure: `B22`.
    pub gate: Option<String>,
    /// Registration of the aircraft: `A6-EVB`.
    pub aircraft_registration: Option<String>,
    /// Great-circle distance from origin to destination, kilometres.
    pub distance_km: f64,
    /// IATA code of the airport it was diverted to, where that is known.
    pub diverted_to: Option<String>,
    /// Fingerprint of the facts that an import last gave; none for flights that no import has touched.
    pub fingerprint: Option<i64>,
    /// Counted up by each change.
    pub version: i32,
}

/// How a flight stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// As planned, or with a delay under 15 minutes.
    #[sea_orm(string_value = "SCHEDULED")]
    Scheduled,
    /// Expected to leave or arrive 15 minutes late or more; still on the ground.
    #[sea_orm(string_value = "DELAYED")]
    Delayed,
    /// In the air.
    #[sea_orm(string_value = "DEPARTED")]
    Departed,
    /// At its destination.
    #[sea_orm(string_value = "ARRIVED")]
    Arrived,
    /// Does not take place.
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
    /// Went to another airport than planned.
    #[sea_orm(string_value = "DIVERTED")]
    Diverted,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
