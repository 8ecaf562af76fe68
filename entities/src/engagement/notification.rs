//! `engagement_notification`: what customers were told.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{
    CaseId, ClaimId, CustomerId, EventId, FlightId, JourneyId, NotificationId, OrderId, PassengerId,
};

/// Why somebody is told something.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Class {
    /// A law asks for it.
    Statutory,
    /// It belongs to the service the customer bought.
    Service,
}

/// What somebody is told; each has a template of its own.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(32))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// The rules for compensation and assistance, for a passenger whose journey went wrong.
    RightsNotice,
    /// A notice of that sort does not hold any more.
    RightsNoticeWithdrawn,
    /// A journey went wrong, and no law asks for a notice.
    JourneyDisrupted,
    /// A journey takes place as planned after all.
    JourneyRestored,
    /// A claim was opened, and a person examines it.
    ClaimOpened,
    /// A claim was approved.
    ClaimApproved,
    /// A claim was refused.
    ClaimRefused,
    /// A claim was paid.
    ClaimPaid,
    /// A claim does not stand any more.
    ClaimWithdrawn,
    /// A case was opened.
    CaseOpened,
    /// Somebody of the airline wrote on a case.
    CaseAnswered,
    /// A case waits for the customer.
    CaseWaiting,
    /// A case was resolved.
    CaseResolved,
    /// The last day to complain of baggage in writing is near.
    BaggageComplaintDue,
    /// Baggage has not come for so long that it may be treated as lost.
    BaggageDeemedLost,
}

/// One thing a customer was told. It holds the facts and not the text, and no value by which a person is reached.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "engagement_notification")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// Who is told.
    pub customer_id: CustomerId,
    /// Why.
    pub class: Class,
    /// What.
    pub kind: Kind,
    /// The template's version, by which its words can be found again.
    pub template_version: String,
    /// What it is about, as a key: `claim:019…`.
    pub topic: String,
    /// Which one about that it is, counted from 1.
    pub revision: i32,
    /// The one about the same that it takes the place of.
    pub corrects_id: Option<NotificationId>,
    /// The event that caused it.
    pub event_id: EventId,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The journey it is about.
    pub journey_id: Option<JourneyId>,
    /// The passenger it is about.
    pub passenger_id: Option<PassengerId>,
    /// The flight it is about.
    pub flight_id: Option<FlightId>,
    /// The claim it is about.
    pub claim_id: Option<ClaimId>,
    /// The case it is about.
    pub case_id: Option<CaseId>,
    /// The values of the template's variables.
    pub facts: Json,
    /// City and time zone of the airports in the facts, once they were looked up.
    pub places: Option<Json>,
    /// The language it was written in, once it was.
    pub language: Option<String>,
    /// When it is of no use any more: a departure.
    pub relevant_until: Option<DateTimeUtc>,
    /// Whether the customer finds it among their own.
    pub is_in_app: bool,
    /// Whether they have yet to read it there.
    pub is_unread: bool,
    /// When they read it.
    pub read_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
