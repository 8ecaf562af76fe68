//! What flight operations reported, by the number that its source gave it: so that nothing is taken twice, and what comes
//! before its flight is known can wait for it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::FlightId;

/// One report, unique by (source, `message_id`).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_flight_report")]
pub struct Model {
    /// Who reports: `aims`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// What its source calls it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: String,
    /// SHA-256 of what it says, so that another report under the same number is noticed.
    pub fingerprint: String,
    /// When its source said so.
    pub reported_at: DateTimeUtc,
    /// When it reached us.
    pub received_at: DateTimeUtc,
    /// IATA designator of the operating airline.
    pub carrier: String,
    /// Flight number.
    pub number: i32,
    /// Operational suffix; empty for none.
    pub suffix: String,
    /// IATA code of the airport of departure.
    pub origin: String,
    /// Scheduled day of departure, in the time of the origin.
    pub departs_on: Date,
    /// Which side of the flight it is about: a newer report of the same side replaces it.
    pub aspect: Aspect,
    /// What became of it.
    pub status: Status,
    /// Why, where it was refused or given up.
    pub reason: Option<String>,
    /// The flight, once it is known.
    pub flight_id: Option<FlightId>,
    /// What it says.
    pub report: Json,
}

/// Which side of a flight a report is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Aspect {
    /// Times, and whether and where it flies.
    #[sea_orm(string_value = "MOVEMENT")]
    Movement,
    /// The gate.
    #[sea_orm(string_value = "GATE")]
    Gate,
}

/// What became of a report.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// It changed the flight.
    #[sea_orm(string_value = "RECORDED")]
    Recorded,
    /// It told what was known.
    #[sea_orm(string_value = "UNCHANGED")]
    Unchanged,
    /// Something newer was known.
    #[sea_orm(string_value = "STALE")]
    Stale,
    /// Its flight is not known yet.
    #[sea_orm(string_value = "WAITING")]
    Waiting,
    /// Its flight did not become known in time.
    #[sea_orm(string_value = "EXPIRED")]
    Expired,
    /// It waited, and contradicts the flight that came.
    #[sea_orm(string_value = "REFUSED")]
    Refused,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
