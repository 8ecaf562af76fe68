//! `order_flight_segment`: one passenger's place on one flight.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, FlightId, FlightSegmentId, JourneyId, OrderId, PassengerId};

/// A cabin, by its IATA letter.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(1))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Cabin {
    /// First.
    F,
    /// Business.
    J,
    /// Premium economy.
    W,
    /// Economy.
    Y,
}

/// What the booking of a segment is worth; AIRIMP codes are mapped to these.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SegmentStatus {
    /// The seat is held (HK, KK, KL, RR).
    Confirmed,
    /// The seat is held at new times (TK).
    ScheduleChange,
    /// The airline was asked (SS, NN, HN, PN).
    Requested,
    /// Waiting for a place (HL, LL, UU, US, TL).
    Waitlisted,
    /// The airline said no (UC, NO).
    Rejected,
    /// The airline took it back (HX, UN).
    CancelledByCarrier,
    /// The customer gave it up (XX, XK, XL).
    Cancelled,
    /// Only noted, never a booking of its own (GK, PK, BK, MK).
    Passive,
    /// The passenger did not come (NS).
    NoShow,
}

/// What became of the passenger on the flight. The flight's own status is kept with the flight.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TravelStatus {
    /// The passenger is expected.
    Expected,
    /// The passenger has checked in.
    CheckedIn,
    /// The passenger flew.
    Flown,
    /// The passenger did not come.
    NoShow,
    /// The passenger came and was not let on board.
    DeniedBoarding,
    /// The passenger was taken off the flight.
    Offloaded,
    /// The passenger came without a booking and flew.
    GoShow,
    /// The airline moved the passenger to another flight.
    InvolRebooked,
    /// The airline moved the passenger to a lower cabin.
    InvolDowngraded,
    /// The airline moved the passenger to a higher cabin.
    InvolUpgraded,
}

/// One passenger's place on one flight.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_flight_segment")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FlightSegmentId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// The journey it is part of.
    pub journey_id: JourneyId,
    /// Who travels.
    pub passenger_id: PassengerId,
    /// The flight.
    pub flight_id: FlightId,
    /// Its place in the journey, from 0.
    pub sequence: i32,
    /// The booking class (RBD): one letter, which the carrier maps to a cabin.
    pub booking_class: String,
    /// The cabin that was sold.
    pub cabin: Cabin,
    /// The seat: row and letter. Unique on the flight; cancelled segments give theirs up.
    pub seat: Option<String>,
    /// The fare basis: up to 15 letters and digits.
    pub fare_basis: Option<String>,
    /// What the booking is worth.
    pub status: SegmentStatus,
    /// What became of the passenger.
    pub travel_status: TravelStatus,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
