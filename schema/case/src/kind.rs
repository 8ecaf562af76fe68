//! The enums of the graph, each the image of one that is stored.

use async_graphql::Enum;
use entities::case as stored;
use serde::{Deserialize, Serialize};

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::CaseType")]
pub enum CaseType {
    /// A complaint about service, a delay, a cancellation, staff or the time on board. Code `CMPL`.
    Complaint,
    /// Praise. Code `CPLM`.
    Compliment,
    /// An idea for a better product. Code `SUGG`.
    Suggestion,
    /// A bag that has not come (AHL). Code `BAGD`.
    BaggageDelayed,
    /// A bag that came damaged or pilfered (DPR). Code `BAGX`.
    BaggageDamaged,
    /// A bag that has not come for 21 days. Code `BAGL`.
    BaggageLost,
    /// A refund. Code `RFND`.
    Refund,
    /// A claim for statutory compensation. Code `COMP`.
    Compensation,
    /// Boarding denied, or a lower cabin than was paid for. Code `DNBD`.
    DeniedBoarding,
    /// Assistance for a reduced mobility, a medical need, or a child who travels alone. Code `SPAS`.
    SpecialAssistance,
    /// A request about personal data (Regulation (EU) 2016/679, Articles 12 to 22). Code `PRIV`.
    Privacy,
    /// Missing miles, or a tier. Code `LOYL`.
    Loyalty,
    /// An item left on board. Code `LOST`.
    LostProperty,
    /// Fraud, or an account taken over. Code `FRAU`.
    Fraud,
    /// A regulator, a dispute body or a court. Code `REGU`.
    Regulator,
}

/// How far a case has come. `NEW`, `TRIAGED`, `ASSIGNED`, `IN_PROGRESS`, `RESOLVED`, `CLOSED` is the straight way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::Status")]
pub enum CaseStatus {
    /// Nobody has looked at it. Leads to `TRIAGED`.
    New,
    /// Its type, priority and queue are confirmed. Leads to `ASSIGNED`.
    Triaged,
    /// Somebody has it. Leads to `IN_PROGRESS`.
    Assigned,
    /// Somebody works on it. Leads to the `PENDING` states and to `RESOLVED`.
    InProgress,
    /// It waits for the customer. Leads back to `IN_PROGRESS`, also by the customer's reply.
    PendingCustomer,
    /// It waits for somebody outside the airline. Leads back to `IN_PROGRESS`.
    PendingThirdParty,
    /// It waits for the approval of a second person, who leads it back to `IN_PROGRESS`.
    PendingApproval,
    /// The customer has an answer. Leads to `CLOSED`, or within 14 days to `REOPENED`.
    Resolved,
    /// The answer stands. A supervisor can lead it to `REOPENED` within 60 days.
    Closed,
    /// The answer did not stand. Leads to `IN_PROGRESS`.
    Reopened,
    /// Another case goes on in its place; every open case can be merged. Leads nowhere.
    Merged,
    /// The customer does not pursue it; every open case can be withdrawn. Leads nowhere.
    Withdrawn,
    /// It was no concern of a customer; every open case can be rejected so. Leads nowhere.
    RejectedSpam,
}

/// How soon a case is to be worked on. It follows from impact, urgency and modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::Priority")]
pub enum CasePriority {
    /// At once: resolved within 4 hours.
    P1,
    /// Today: resolved within 24 hours.
    P2,
    /// This week: resolved within 7 days.
    P3,
    /// When there is time: resolved within 21 days.
    P4,
}

/// How hard the matter hits the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::Impact")]
pub enum CaseImpact {
    /// Safety, health, reduced mobility, a child alone, stranded vulnerable people, a breach of personal data. Row 1 of the matrix.
    Safety,
    /// Boarding denied, a cancellation overnight, a bag with medicine, five passengers or more, the press or a regulator. Row 2.
    Severe,
    /// A long delay, a lower cabin, a refund, a delayed or damaged bag. Row 3.
    Significant,
    /// A compliment, a suggestion, a minor service. Row 4.
    Minor,
}

/// How soon the matter is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::Urgency")]
pub enum CaseUrgency {
    /// The customer travels now, or within six hours. Column 1 of the matrix.
    InJourney,
    /// The next flight leaves within 24 hours. Column 2.
    WithinDay,
    /// The next flight leaves within seven days, or less than a quarter of a legal period is left. Column 3.
    WithinWeek,
    /// Neither. Column 4.
    Unhurried,
}

/// The way a case came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::Channel")]
pub enum CaseChannel {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case::ResolutionCode")]
pub enum CaseResolutionCode {
    /// Compensation was paid.
    Compensated,
    /// A refund was paid.
    Refunded,
    /// Something was given of the airline's own will.
    Goodwill,
    /// The customer was told what they wanted to know.
    InfoProvided,
    /// There is no entitlement. Needs a basis.
    RejectedNotEntitled,
    /// Extraordinary circumstances caused it. Needs evidence.
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

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::case_event::CaseEventKind")]
pub enum CaseEventKind {
    /// It was opened. `newValue` is its first state.
    Opened,
    /// It came to another state.
    StateChanged,
    /// It got another agent, or none. The values are ids of agents.
    Assigned,
    /// Somebody wrote on it. `newValue` is the comment's id.
    Commented,
    /// It got another priority.
    PriorityChanged,
    /// A claim was linked to it. `newValue` is the claim's id.
    ClaimLinked,
    /// Another case was merged into it. `newValue` is that case's id.
    Merged,
    /// The bag that it is about came to another state of `BaggageState`.
    BaggageChanged,
    /// A period of the Montreal Convention for that bag: `newValue` is `COMPLAINT` when the last day to complain in writing is
    /// near (Art 31), `LOSS` when the bag may be treated as lost (Art 17(3)).
    BaggagePeriod,
}

/// Who may read something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::comment::Visibility")]
pub enum CaseVisibility {
    /// The customer and staff.
    Public,
    /// Staff alone.
    Internal,
}

/// What kind of actor wrote or did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::comment::AuthorKind")]
pub enum CaseActorKind {
    /// The customer.
    Customer,
    /// A person who works for the airline.
    Staff,
    /// A program of the airline.
    Service,
}

/// What happened to the flight of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::incident::IncidentKind")]
pub enum IncidentKind {
    /// It was late by three hours or more.
    Delay,
    /// It was cancelled.
    Cancellation,
    /// It went to another airport.
    Diversion,
}

/// Whether the disruption goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::incident::IncidentStatus")]
pub enum IncidentStatus {
    /// It goes on.
    Open,
    /// The flight was restored.
    Closed,
}
