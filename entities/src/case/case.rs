//! `case_case`: something a customer needs the airline to deal with.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{AgentId, CaseId, CustomerId, FlightId, IncidentId, OrderId};

/// What a case is about. Stored as the four letters that the airline's people say.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(4))")]
pub enum CaseType {
    /// A complaint about service, a delay, a cancellation, staff or the time on board.
    #[sea_orm(string_value = "CMPL")]
    #[serde(rename = "CMPL")]
    Complaint,
    /// Praise.
    #[sea_orm(string_value = "CPLM")]
    #[serde(rename = "CPLM")]
    Compliment,
    /// An idea for a better product.
    #[sea_orm(string_value = "SUGG")]
    #[serde(rename = "SUGG")]
    Suggestion,
    /// A bag that has not come (AHL).
    #[sea_orm(string_value = "BAGD")]
    #[serde(rename = "BAGD")]
    BaggageDelayed,
    /// A bag that came damaged or pilfered (DPR).
    #[sea_orm(string_value = "BAGX")]
    #[serde(rename = "BAGX")]
    BaggageDamaged,
    /// A bag that has not come for 21 days.
    #[sea_orm(string_value = "BAGL")]
    #[serde(rename = "BAGL")]
    BaggageLost,
    /// A refund.
    #[sea_orm(string_value = "RFND")]
    #[serde(rename = "RFND")]
    Refund,
    /// A claim for statutory compensation.
    #[sea_orm(string_value = "COMP")]
    #[serde(rename = "COMP")]
    Compensation,
    /// Boarding denied, or a lower cabin than was paid for.
    #[sea_orm(string_value = "DNBD")]
    #[serde(rename = "DNBD")]
    DeniedBoarding,
    /// Assistance for a reduced mobility, a medical need, or a child who travels alone.
    #[sea_orm(string_value = "SPAS")]
    #[serde(rename = "SPAS")]
    SpecialAssistance,
    /// A request about personal data (Regulation (EU) 2016/679, Articles 12 to 22).
    #[sea_orm(string_value = "PRIV")]
    #[serde(rename = "PRIV")]
    Privacy,
    /// Missing miles, or a tier.
    #[sea_orm(string_value = "LOYL")]
    #[serde(rename = "LOYL")]
    Loyalty,
    /// An item left on board.
    #[sea_orm(string_value = "LOST")]
    #[serde(rename = "LOST")]
    LostProperty,
    /// Fraud, or an account taken over.
    #[sea_orm(string_value = "FRAU")]
    #[serde(rename = "FRAU")]
    Fraud,
    /// A regulator, a dispute body or a court.
    #[sea_orm(string_value = "REGU")]
    #[serde(rename = "REGU")]
    Regulator,
}

/// How far a case has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Nobody has looked at it.
    New,
    /// Its type, priority and queue are confirmed.
    Triaged,
    /// Somebody has it.
    Assigned,
    /// Somebody works on it.
    InProgress,
    /// It waits for the customer.
    PendingCustomer,
    /// It waits for somebody outside the airline.
    PendingThirdParty,
    /// It waits for the approval of a second person.
    PendingApproval,
    /// The customer has an answer.
    Resolved,
    /// The answer stands.
    Closed,
    /// The answer did not stand.
    Reopened,
    /// Another case goes on in its place.
    Merged,
    /// The customer does not pursue it.
    Withdrawn,
    /// It was no concern of a customer.
    RejectedSpam,
}

/// How soon a case is to be worked on.
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
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(2))")]
pub enum Priority {
    /// At once.
    #[sea_orm(string_value = "P1")]
    #[serde(rename = "P1")]
    P1,
    /// Today.
    #[sea_orm(string_value = "P2")]
    #[serde(rename = "P2")]
    P2,
    /// This week.
    #[sea_orm(string_value = "P3")]
    #[serde(rename = "P3")]
    P3,
    /// When there is time.
    #[sea_orm(string_value = "P4")]
    #[serde(rename = "P4")]
    P4,
}

/// How hard the matter hits the customer.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Impact {
    /// Safety, health, reduced mobility, a child alone, stranded vulnerable people, a breach of personal data.
    Safety,
    /// Boarding denied, a cancellation overnight, a bag with medicine, five passengers or more, the press or a regulator.
    Severe,
    /// A long delay, a lower cabin, a refund, a delayed or damaged bag.
    Significant,
    /// A compliment, a suggestion, a minor service.
    Minor,
}

/// How soon the matter is over.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Urgency {
    /// The customer travels now, or within six hours.
    InJourney,
    /// The next flight leaves within 24 hours.
    WithinDay,
    /// The next flight leaves within seven days, or less than a quarter of a legal period is left.
    WithinWeek,
    /// Neither.
    Unhurried,
}

/// The way a case came in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// The website or the app.
    Web,
    /// E-mail.
    Email,
    /// A letter.
    Mail,
    /// A call.
    Phone,
    /// A social network or a messenger.
    Social,
    /// A desk at an airport.
    Airport,
    /// A travel agency, a lawyer or a claims company.
    Agency,
    /// An answer to a survey.
    Survey,
    /// The airline's own programs, from an event.
    System,
}

/// How a case was answered.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ResolutionCode {
    /// Compensation was paid.
    Compensated,
    /// A refund was paid.
    Refunded,
    /// Something was given of the airline's own will.
    Goodwill,
    /// The customer was told what they wanted to know.
    InfoProvided,
    /// There is no entitlement; the basis says why.
    RejectedNotEntitled,
    /// Extraordinary circumstances caused it; the evidence shows it.
    RejectedExtraordinary,
    /// It was dealt with under another case.
    Duplicate,
    /// The customer does not pursue it.
    Withdrawn,
    /// The customer did not answer.
    NoResponse,
    /// A partner deals with it.
    ForwardedPartner,
}

/// What moves a priority beside impact and urgency. Kept, so that a priority can be explained later.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, FromJsonQueryResult,
)]
pub struct Modifiers {
    /// The customer has the highest tier of the loyalty programme.
    #[serde(default)]
    pub is_top_tier: bool,
    /// The customer sounds very unhappy and may leave.
    #[serde(default)]
    pub is_churn_risk: bool,
}

/// The records that prove extraordinary circumstances, by id or reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Evidence(pub Vec<String>);

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_case")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseId,
    /// What people call it: `"CAS-7K2M9QXA"`. Unique.
    #[sea_orm(unique)]
    pub reference: String,
    /// What it is about.
    pub case_type: CaseType,
    /// What it is about, in a line.
    pub subject: String,
    /// What it is about, in full. Card numbers are redacted before they are stored.
    pub description: String,
    /// How far it has come.
    pub status: Status,
    /// Whether somebody still has to work on it. Follows from the status; stored because queues are read by it.
    pub is_open: bool,
    /// How soon it is to be worked on.
    pub priority: Priority,
    /// How hard it hits the customer.
    pub impact: Impact,
    /// How soon it is over.
    pub urgency: Urgency,
    /// What else moved the priority.
    #[sea_orm(column_type = "Json")]
    pub modifiers: Modifiers,
    /// The place in a queue: priority first, then `target_at`. Follows from both; stored because queues are sorted by
    /// it.
    pub rank: i64,
    /// The code of the queue in which it waits.
    pub queue: String,
    /// The agent who has it.
    pub assignee_id: Option<AgentId>,
    /// The customer it is about, where that is known.
    pub customer_id: Option<CustomerId>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The flight it is about.
    pub flight_id: Option<FlightId>,
    /// The disruption it shares with other cases.
    pub incident_id: Option<IncidentId>,
    /// The case that goes on in its place.
    pub merged_into_id: Option<CaseId>,
    /// What opened it, for cases that open themselves. Unique, so that nothing opens two.
    pub source_key: Option<String>,
    /// The way it came in.
    pub channel: Channel,
    /// How it was answered.
    pub resolution_code: Option<ResolutionCode>,
    /// The answer, in words that the customer reads.
    pub resolution_summary: Option<String>,
    /// The rule or article a rejection rests on.
    pub resolution_basis: Option<String>,
    /// What proves extraordinary circumstances.
    #[sea_orm(column_type = "Json", nullable)]
    pub resolution_evidence: Option<Evidence>,
    /// When it was opened.
    pub opened_at: DateTimeUtc,
    /// When anything on it last changed.
    pub updated_at: DateTimeUtc,
    /// From when its resolution target counts: opened, or last reopened.
    pub clock_started_at: DateTimeUtc,
    /// By when it should be resolved.
    pub target_at: DateTimeUtc,
    /// When it was resolved. Empty again after it was reopened.
    pub resolved_at: Option<DateTimeUtc>,
    /// When it ended. Empty again after it was reopened.
    pub closed_at: Option<DateTimeUtc>,
    /// Whether somebody higher up looks at it.
    pub is_escalated: bool,
    /// Whether nothing of it may be erased.
    pub is_on_legal_hold: bool,
    /// The actor whose request waits for approval.
    pub approval_requested_by: Option<String>,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
