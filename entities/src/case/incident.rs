//! `case_incident`: one disruption that many cases share.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{FlightId, IncidentId};

/// What happened to the flight.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IncidentKind {
    /// It was late by three hours or more.
    Delay,
    /// It was cancelled.
    Cancellation,
    /// It went to another airport.
    Diversion,
}

/// Whether the disruption goes on.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IncidentStatus {
    /// It goes on.
    Open,
    /// The flight was restored.
    Closed,
}

/// An incident. A flight has one at most.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_incident")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IncidentId,
    /// The flight. Unique.
    #[sea_orm(unique)]
    pub flight_id: FlightId,
    /// The flight's designator: `"EK47"`.
    pub designator: String,
    /// IATA code of the airport it was to leave from.
    pub origin: Option<String>,
    /// IATA code of the airport it was to reach.
    pub destination: Option<String>,
    /// When it was to leave.
    pub scheduled_departure_at: Option<DateTimeUtc>,
    /// What happened.
    pub kind: IncidentKind,
    /// How late it was, in minutes: at arrival where that is known, else at departure.
    pub delay_minutes: Option<i32>,
    /// IATA code of the airport it was diverted to.
    pub diverted_to: Option<String>,
    /// How many passengers it touches, as far as is known.
    pub affected_passengers: i32,
    /// Whether it goes on.
    pub status: IncidentStatus,
    /// When it became known.
    pub opened_at: DateTimeUtc,
    /// When anything on it last changed.
    pub updated_at: DateTimeUtc,
    /// When the flight was restored.
    pub closed_at: Option<DateTimeUtc>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
