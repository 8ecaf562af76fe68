//! Identifiers: one type per kind of record, so that a customer's id can never be passed where an order's is meant.
//!
//! All are UUIDv7 (RFC 9562): they sort by time of creation, which keeps indexes dense and gives lists a stable
//! second sort key.

use std::fmt::Display;

use sea_orm::TryFromU64;
use uuid::Uuid;

/// What every identifier offers, for code that is written once for all of them.
pub trait TypedId:
    Copy + Eq + Ord + std::hash::Hash + Display + From<Uuid> + Into<Uuid> + Send + Sync + 'static
{
    /// The kind of record in plain words, for messages: `"customer"`.
    const KIND: &'static str;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            sea_orm::DeriveValueType, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TypedId for $name {
            const KIND: &'static str = $kind;
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        // SeaORM asks this of every primary key, for databases that count their keys; ours never are counted.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}

ids! {
    /// A person the airline knows: the golden record.
    CustomerId = "customer";
    /// A way to reach a customer.
    ContactPointId = "contact point";
    /// A travel document of a customer.
    TravelDocumentId = "travel document";
    /// A customer's membership of a loyalty programme.
    LoyaltyMembershipId = "loyalty membership";
    /// A stated preference of a customer.
    PreferenceId = "preference";
    /// A consent, or its withdrawal.
    ConsentId = "consent";
    /// What a person asked for that is theirs by law: a copy, an erasure.
    DataRequestId = "data request";
    /// A contact between a customer and the airline.
    InteractionId = "interaction";
    /// One line of a customer's timeline.
    TimelineEntryId = "timeline entry";

    /// What a customer bought, as one contract.
    OrderId = "order";
    /// One priced part of an order.
    OrderItemId = "order item";
    /// One deliverable part of an order item.
    ServiceId = "service";
    /// A trip from a first origin to a final destination.
    JourneyId = "journey";
    /// One passenger's place on one flight.
    FlightSegmentId = "flight segment";
    /// A person who travels on an order.
    PassengerId = "passenger";
    /// One operated flight on one day.
    FlightId = "flight";
    /// One thing that happened to a flight.
    FlightEventId = "flight event";
    /// An electronic ticket.
    TicketId = "ticket";
    /// Something bought beside the seat.
    AncillaryId = "ancillary";
    /// The tag of one checked bag.
    BagTagId = "bag tag";
    /// Something bought on board or on the web.
    PurchaseId = "purchase";

    /// Something a customer needs the airline to deal with.
    CaseId = "case";
    /// One entry in a case's history.
    CaseEventId = "case event";
    /// What somebody wrote on a case.
    CommentId = "comment";
    /// A queue in which cases wait.
    QueueId = "queue";
    /// A person who works on cases.
    AgentId = "agent";
    /// One disruption that many cases share.
    IncidentId = "incident";
    /// A bag that came late, damaged or not at all.
    BaggageReportId = "baggage report";
    /// What somebody had to buy, or lost, because of a bag.
    BaggageExpenseId = "baggage expense";

    /// What went wrong with one passenger's journey.
    DisruptionId = "disruption";
    /// One decision of the compensation engine.
    AssessmentId = "assessment";
    /// One thing an assessment grants.
    EntitlementId = "entitlement";
    /// One version of a rule pack.
    RulePackVersionId = "rule pack version";
    /// What a customer is owed, and how far it has come.
    ClaimId = "claim";
    /// One piece of evidence for a claim.
    EvidenceId = "evidence";
    /// One payment of a claim.
    PayoutId = "payout";
    /// One life of a program that sends payouts.
    PayoutWorkerId = "payout worker";

    /// What a customer is told about one thing.
    NotificationId = "notification";
    /// The way of one notification through one channel.
    DeliveryId = "delivery";

    /// Somebody who can sign in.
    UserId = "user";
    /// One stay of a signed-in user, in one browser.
    UserSessionId = "session";
    /// A program that signs in by itself.
    ApiClientId = "API client";
    /// A kiosk, or another device that signs in by itself.
    DeviceId = "device";
    /// A second factor of a user.
    SecondFactorId = "second factor";
    /// One secret that works once, for a short time.
    SignInTicketId = "sign-in ticket";
    /// One refresh token.
    RefreshTokenId = "refresh token";
    /// One code for the day on which a second factor is lost.
    RecoveryCodeId = "recovery code";

    /// A question about cohorts.
    InsightQueryId = "insight query";

    /// One event on an outbox (the CloudEvents `id`).
    EventId = "event";
}
