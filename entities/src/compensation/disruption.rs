//! What went wrong with one passenger's journey on one flight: the table `compensation_disruption`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{
    CustomerId, DisruptionId, FlightEventId, FlightId, JourneyId, OrderId, PassengerId,
};

/// One row for each (passenger, journey, flight, matter); corrections change it, the assessments keep what was known before.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_disruption")]
pub struct Model {
    /// The disruption.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DisruptionId,
    /// The customer who ordered the journey.
    pub customer_id: CustomerId,
    /// The order the journey belongs to.
    pub order_id: OrderId,
    /// The disrupted journey.
    pub journey_id: JourneyId,
    /// The passenger.
    pub passenger_id: PassengerId,
    /// The flight that went wrong.
    pub flight_id: FlightId,
    /// The flight's designator, for people: `EK47`.
    pub flight_designator: String,
    /// What of the flight it is about: empty for its course, or what names the baggage report.
    pub matter: String,
    /// The latest event of the flight that was reported; of baggage, the report.
    pub flight_event_id: FlightEventId,
    /// What sort of disruption it is.
    pub kind: DisruptionKind,
    /// Local date of the flight's scheduled departure; it chooses the law.
    pub incident_on: Date,
    /// Minutes late at the final destination, where known.
    pub arrival_delay_minutes: Option<i64>,
    /// The IATA delay code, where one was given: `41`.
    pub cause_code: Option<String>,
    /// The facts as they were reported, in the engine's form.
    pub facts: Json,
    /// SHA-256 of the facts, by which the same report is known again; empty once another flight decides the journey.
    pub fingerprint: String,
    /// The facts that a person established; they stand beside the report and outlive corrections of it.
    pub established: Json,
    /// When the latest report was made.
    pub reported_at: DateTimeUtc,
    /// When the row was first written.
    pub recorded_at: DateTimeUtc,
    /// Counted up by each write.
    pub version: i32,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The sorts of disruption that flights and baggage reports tell.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DisruptionKind {
    /// The flight operates, late.
    #[sea_orm(string_value = "DELAY")]
    Delay,
    /// The flight does not operate.
    #[sea_orm(string_value = "CANCELLATION")]
    Cancellation,
    /// The flight landed elsewhere first.
    #[sea_orm(string_value = "DIVERSION")]
    Diversion,
    /// Baggage came late, or has not come yet.
    #[sea_orm(string_value = "BAGGAGE_DELAYED")]
    BaggageDelayed,
    /// Baggage came damaged or pilfered.
    #[sea_orm(string_value = "BAGGAGE_DAMAGED")]
    BaggageDamaged,
    /// Baggage is lost.
    #[sea_orm(string_value = "BAGGAGE_LOST")]
    BaggageLost,
}
