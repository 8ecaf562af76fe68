//! The timeline: what happened to a customer, in every domain, in the order it happened.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{
    CaseId, ClaimId, CustomerId, EventId, FlightId, JourneyId, OrderId, TimelineEntryId,
};

/// One line, made from one event; read by (`customer_id`, `occurred_at`, `id`).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_timeline_entry")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TimelineEntryId,
    /// To whom it happened.
    pub customer_id: CustomerId,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
    /// The event it was made from; unique, so that an event makes one line.
    pub source_event_id: EventId,
    /// Type of the event: `order.journey.disrupted.v1`.
    pub kind: String,
    /// The domain it happened in.
    pub source: Source,
    /// What it is about.
    pub category: Category,
    /// The order concerned.
    pub order_id: Option<OrderId>,
    /// The journey concerned.
    pub journey_id: Option<JourneyId>,
    /// The flight concerned.
    pub flight_id: Option<FlightId>,
    /// The case concerned.
    pub case_id: Option<CaseId>,
    /// The claim concerned.
    pub claim_id: Option<ClaimId>,
    /// The facts that its title is made from: ids, codes, instants and amounts, never names or contact values.
    pub data: Json,
}

/// The domain a line comes from; it decides which right its reader needs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Source {
    /// Orders, journeys, purchases.
    #[sea_orm(string_value = "ORDER")]
    #[serde(rename = "ORDER")]
    Order,
    /// Cases.
    #[sea_orm(string_value = "CASE")]
    #[serde(rename = "CASE")]
    Case,
    /// Claims.
    #[sea_orm(string_value = "COMPENSATION")]
    #[serde(rename = "COMPENSATION")]
    Compensation,
    /// The customer's own record.
    #[sea_orm(string_value = "PROFILE")]
    #[serde(rename = "PROFILE")]
    Profile,
}

/// What a line is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Category {
    /// Orders and journeys.
    #[sea_orm(string_value = "TRAVEL")]
    #[serde(rename = "TRAVEL")]
    Travel,
    /// Interactions and cases.
    #[sea_orm(string_value = "CONTACT")]
    #[serde(rename = "CONTACT")]
    Contact,
    /// Purchases and claims.
    #[sea_orm(string_value = "MONEY")]
    #[serde(rename = "MONEY")]
    Money,
    /// The customer's own record.
    #[sea_orm(string_value = "PROFILE")]
    #[serde(rename = "PROFILE")]
    Profile,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
