//! What a customer is owed, and how far it has come: the table `compensation_claim`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{assessment::Regime, entitlement::EntitlementKind};
use crate::id::{
    AssessmentId, CaseId, ClaimId, CustomerId, DisruptionId, FlightId, JourneyId, OrderId,
    PassengerId,
};

/// One row for each (passenger, journey, flight, regime, kind), however often the disruption is reported.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_claim")]
pub struct Model {
    /// The claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClaimId,
    /// The customer whose claim it is.
    pub customer_id: CustomerId,
    /// The order the journey belongs to.
    pub order_id: OrderId,
    /// The disrupted journey.
    pub journey_id: JourneyId,
    /// The passenger.
    pub passenger_id: PassengerId,
    /// The flight that went wrong.
    pub flight_id: FlightId,
    /// What went wrong.
    pub disruption_id: DisruptionId,
    /// The assessment it rests on now.
    pub assessment_id: AssessmentId,
    /// The case in which people work on it, if there is one.
    pub case_id: Option<CaseId>,
    /// The body of law that grants it.
    pub regime: Regime,
    /// What sort of debt it is.
    pub entitlement_kind: EntitlementKind,
    /// The amount in minor units of the currency: owed, or at stake while under review.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// The article that grants it; of a refused claim the article that refuses it.
    pub basis: String,
    /// How far it has come.
    pub status: ClaimStatus,
    /// A JSON list of sentences: what a person has, or had, to settle. Empty when there was nothing to settle.
    pub review_reasons: Json,
    /// The last day to pay.
    pub due_by: Date,
    /// When it was opened.
    pub opened_at: DateTimeUtc,
    /// When its status or terms last changed.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change of status or terms, beginning with 1.
    pub version: i32,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How far a claim has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClaimStatus {
    /// A person has to settle an open question.
    #[sea_orm(string_value = "NEEDS_REVIEW")]
    NeedsReview,
    /// Owed, and not paid yet.
    #[sea_orm(string_value = "APPROVED")]
    Approved,
    /// Refused by a person, with a reason.
    #[sea_orm(string_value = "REFUSED")]
    Refused,
    /// A correction took away what it rested on.
    #[sea_orm(string_value = "WITHDRAWN")]
    Withdrawn,
    /// Paid.
    #[sea_orm(string_value = "PAID")]
    Paid,
}

impl ClaimStatus {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NeedsReview => "NEEDS_REVIEW",
            Self::Approved => "APPROVED",
            Self::Refused => "REFUSED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Paid => "PAID",
        }
    }
}
