//! What happened to flights: the history behind their present state.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{FlightEventId, FlightId};

/// One thing that happened to a flight. Never changed; a correction is another event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "order_flight_event")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FlightEventId,
    /// The flight.
    pub flight_id: FlightId,
    /// What happened.
    pub kind: Kind,
    /// When we learnt of it.
    pub recorded_at: DateTimeUtc,
    /// The changed values as they were, by column name.
    pub old_values: Json,
    /// The changed values as they became, by column name.
    pub new_values: Json,
    /// IATA delay code (AHM 730), where one was given.
    pub cause_code: Option<String>,
    /// How we learnt of it.
    pub source: Source,
    /// Who told us, as histories show actors.
    pub actor: String,
}

/// What can happen to a flight.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// It leaves or arrives at another time.
    #[sea_orm(string_value = "DELAY")]
    Delay,
    /// It does not take place.
    #[sea_orm(string_value = "CANCELLATION")]
    Cancellation,
    /// It goes to another airport.
    #[sea_orm(string_value = "DIVERSION")]
    Diversion,
    /// It leaves from another gate.
    #[sea_orm(string_value = "GATE_CHANGE")]
    GateChange,
    /// It takes place as planned after all.
    #[sea_orm(string_value = "RESTORATION")]
    Restoration,
    /// It arrived.
    #[sea_orm(string_value = "ARRIVAL")]
    Arrival,
}

/// How we learn of what happens to flights.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Source {
    /// Somebody recorded it.
    #[sea_orm(string_value = "API")]
    Api,
    /// It stood in an imported file.
    #[sea_orm(string_value = "IMPORT")]
    Import,
    /// Flight operations reported it, by message or by a file of events.
    #[sea_orm(string_value = "FEED")]
    Feed,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
