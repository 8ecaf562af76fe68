//! `case_baggage_report`: bags that came late, damaged or not at all.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{BaggageReportId, CaseId, CustomerId, FlightId, JourneyId, OrderId, PassengerId};

/// What is wrong with the baggage.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BaggageKind {
    /// It has not come (AHL).
    Delayed,
    /// It came damaged (DPR).
    Damaged,
    /// It came, and something was taken out of it (DPR).
    Pilfered,
    /// It is lost: the airline says so, or it has not come for 21 days.
    Lost,
}

/// How far the search for a bag, or the look at its damage, has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BaggageState {
    /// Somebody said what is wrong.
    Reported,
    /// It is searched for.
    Tracing,
    /// It is known where it is.
    Located,
    /// It is on its way.
    Forwarded,
    /// It is at the station.
    Arrived,
    /// A courier has it.
    OutForDelivery,
    /// The customer has it.
    Delivered,
    /// Somebody looked at the damage.
    Assessed,
    /// It counts as lost.
    Lost,
    /// Nothing more is done about it.
    Closed,
}

/// A property irregularity report. Its reference comes again after some years, so that it is unique for a day alone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_baggage_report")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BaggageReportId,
    /// Station, airline and number: `"SINEK19666"`.
    pub reference: String,
    /// The day on which it was made, in UTC.
    pub reported_on: Date,
    /// The station of the reference: an IATA airport.
    pub station: String,
    /// What is wrong.
    pub kind: BaggageKind,
    /// How far it has come.
    pub state: BaggageState,
    /// Whose baggage it is.
    pub customer_id: CustomerId,
    /// The order it was carried under.
    pub order_id: Option<OrderId>,
    /// The journey it was checked in for.
    pub journey_id: Option<JourneyId>,
    /// The flight it came late from, or damaged.
    pub flight_id: Option<FlightId>,
    /// Whose name it was checked in under, where the order has several passengers.
    pub passenger_id: Option<PassengerId>,
    /// The case in which people work on it. Unique: a case has one report.
    #[sea_orm(unique)]
    pub case_id: CaseId,
    /// The local day on which its flight arrived, or ought to have arrived. It chooses the law and starts the periods.
    pub arrived_on: Date,
    /// The day on which the customer got it.
    pub at_disposal_on: Option<Date>,
    /// The day of the first complaint in writing.
    pub complained_on: Option<Date>,
    /// The day on which the customer was told that the period of complaint ends soon.
    pub complaint_told_on: Option<Date>,
    /// The day on which the customer was told that they may treat it as lost.
    pub loss_told_on: Option<Date>,
    /// Whether the airline admits that it is lost.
    pub is_loss_admitted: bool,
    /// How many passengers had packed in it.
    pub travellers: i32,
    /// The sum of a special declaration, in minor units of the currency.
    pub declared_minor: Option<i64>,
    /// ISO 4217 code of that currency.
    pub declared_currency: Option<String>,
    /// What is wrong, in the words of who reported it.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// When it was reported.
    pub reported_at: DateTimeUtc,
    /// When anything on it last changed.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change, beginning with 1.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
