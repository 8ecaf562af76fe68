//! What a customer is owed, and how far it has come: the table `compensation_claim`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{assessment::Regime, entitlement::EntitlementKind};
use crate::id::{
    AssessmentId, CaseId, ClaimId, CustomerId, DisruptionId, FlightId, JourneyId, OrderId,
    PassengerId,
};

/// The code that stands in place of a currency where no amount was named yet (ISO 4217: no currency is involved).
pub const NO_CURRENCY: &str = "XXX";

/// The code that stands in place of a currency where the amount is one of miles. No code of ISO 4217.
pub const MILES: &str = "MIL";

/// One row for each (passenger, journey, flight, matter, regime, kind, part), however often the disruption is reported.
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
    /// What of the flight it is about: empty for its course, or what names the baggage report.
    pub matter: String,
    /// 0, or of what is paid on top of a claim that was paid too low, its number.
    pub part: i32,
    /// Whether the airline opened it by itself, or somebody filed it.
    pub origin: ClaimOrigin,
    /// What went wrong; absent of a claim that was filed.
    pub disruption_id: Option<DisruptionId>,
    /// The assessment it rests on now; absent of a claim that was filed.
    pub assessment_id: Option<AssessmentId>,
    /// The case in which people work on it, if there is one.
    pub case_id: Option<CaseId>,
    /// The body of law that grants it; absent of a claim that was filed and not granted yet, and of goodwill.
    pub regime: Option<Regime>,
    /// What sort of debt it is.
    pub entitlement_kind: EntitlementKind,
    /// The amount in minor units of the currency, or in miles: owed, or at stake while under review.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, [`NO_CURRENCY`] or [`MILES`].
    pub currency: String,
    /// The article that grants it; of a refused claim the article that refuses it; empty of a claim that was filed and not
    /// decided yet.
    pub basis: String,
    /// How far it has come.
    pub status: ClaimStatus,
    /// A JSON list of sentences: what a person has, or had, to settle. Empty when there was nothing to settle.
    pub review_reasons: Json,
    /// Who decided last, as histories show it.
    pub decided_by: Option<String>,
    /// Who asked for the approval that it waits for, as histories show it.
    pub proposed_by: Option<String>,
    /// When its refusal was appealed.
    pub appealed_at: Option<DateTimeUtc>,
    /// The last day to pay.
    pub due_by: Date,
    /// What was told about the last day.
    pub due_notice: DueNotice,
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
    /// Granted by a person; a second one has to approve it.
    #[sea_orm(string_value = "NEEDS_APPROVAL")]
    NeedsApproval,
    /// Owed, and not paid yet.
    #[sea_orm(string_value = "APPROVED")]
    Approved,
    /// Its payment is on the way.
    #[sea_orm(string_value = "PAYING")]
    Paying,
    /// Refused by a person, with a reason.
    #[sea_orm(string_value = "REFUSED")]
    Refused,
    /// A correction took away what it rested on, or the claimant took it back.
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
            Self::NeedsApproval => "NEEDS_APPROVAL",
            Self::Approved => "APPROVED",
            Self::Paying => "PAYING",
            Self::Refused => "REFUSED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Paid => "PAID",
        }
    }
}

/// Where claims come from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClaimOrigin {
    /// The airline opened it by itself, by its rules.
    #[sea_orm(string_value = "AUTOMATIC")]
    Automatic,
    /// A customer filed it, or an agent for them.
    #[sea_orm(string_value = "FILED")]
    Filed,
}

/// What was told about a last day. Each step is told once.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DueNotice {
    /// Nothing.
    #[sea_orm(string_value = "NONE")]
    None,
    /// That it is near.
    #[sea_orm(string_value = "SOON")]
    Soon,
    /// That it is over.
    #[sea_orm(string_value = "OVERDUE")]
    Overdue,
}
