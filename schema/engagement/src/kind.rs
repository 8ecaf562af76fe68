//! The enums of the graph, each the image of one that is stored.

use async_graphql::Enum;
use entities::engagement as stored;

use crate::template;

/// Why somebody is told something. It decides whether their wishes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "stored::notification::Class")]
pub enum NotificationClass {
    /// A law asks for it: Article 14(2) of Regulation (EC) No 261/2004, and the same in United Kingdom law. It is sent by
    /// every channel at once, whatever preferences, quiet hours and marketing consents say.
    Statutory,
    /// It belongs to the service that was bought. It keeps to the customer's channels and quiet hours; marketing consents
    /// have nothing to do with it.
    Service,
}

/// What somebody is told. Each has a template of its own, in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "stored::notification::Kind")]
pub enum NotificationKind {
    /// A journey under European or United Kingdom law was cancelled, denied, brought forward by more than an hour, diverted,
    /// or delayed by two hours or more: what happened, and the rules for compensation and assistance. `STATUTORY`.
    RightsNotice,
    /// A `RIGHTS_NOTICE` does not hold any more, because the flight takes place after all. `STATUTORY`.
    RightsNoticeWithdrawn,
    /// The same happened to a journey for which no law asks for a notice. `SERVICE`.
    JourneyDisrupted,
    /// A journey of which `JOURNEY_DISRUPTED` was told takes place after all. `SERVICE`.
    JourneyRestored,
    /// A claim was opened, and a person examines it. `SERVICE`.
    ClaimOpened,
    /// A claim was approved. `SERVICE`.
    ClaimApproved,
    /// A claim was refused, with the reason in law and the way to a person. `SERVICE`.
    ClaimRefused,
    /// A claim was paid. `SERVICE`.
    ClaimPaid,
    /// A claim does not stand any more, because the facts have changed. `SERVICE`.
    ClaimWithdrawn,
    /// A case was opened. `SERVICE`.
    CaseOpened,
    /// Somebody of the airline wrote on a case where the customer can read it. `SERVICE`.
    CaseAnswered,
    /// A case waits for the customer. `SERVICE`.
    CaseWaiting,
    /// A case was resolved. `SERVICE`.
    CaseResolved,
    /// The last day to complain of baggage in writing is near (Montreal Convention Art 31), and nobody has. `SERVICE`.
    BaggageComplaintDue,
    /// Baggage has not come for 21 days, and may be treated as lost (Montreal Convention Art 17(3)). `SERVICE`.
    BaggageDeemedLost,
}

/// How somebody is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "stored::delivery::Channel")]
pub enum DeliveryChannel {
    /// By e-mail to the customer's primary address.
    Mail,
    /// Among the customer's own notifications, which they see when they look.
    InApp,
}

/// How far a delivery has come. `QUEUED`, `SENDING`, `SENT` is the straight way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "stored::delivery::State")]
pub enum DeliveryState {
    /// It waits for its turn, or for the end of quiet hours.
    Queued,
    /// Somebody is sending it. Whoever dies over it loses it to somebody else when the lease ends.
    Sending,
    /// It was taken over: by the mail server, or listed among the customer's own.
    Sent,
    /// It did not get through, and is tried again by itself.
    Failed,
    /// It did not get through, and is not tried again unless somebody asks for it.
    Dead,
    /// It is not to be sent; the reason says why.
    Suppressed,
}

/// Why a delivery is not sent, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "stored::delivery::Reason")]
pub enum DeliveryReason {
    /// The customer does not want service messages by this channel.
    Preference,
    /// It waits for the end of the customer's quiet hours.
    QuietHours,
    /// There is no such customer.
    NoCustomer,
    /// The customer has no e-mail address.
    NoAddress,
    /// The customer's primary address cannot be one.
    BadAddress,
    /// The mail server says no for now, as greylisting does: a reply that begins with 4.
    Deferred,
    /// The mail server says no for good: a reply that begins with 5.
    Refused,
    /// The mail server broke off, or did not answer in time.
    Interrupted,
    /// The mail server cannot be reached. Such tries do not count.
    ServerAway,
    /// The customer's profile cannot be read. Such tries do not count.
    DirectoryAway,
    /// The template cannot be filled with the facts.
    Template,
}

/// The type of a template's variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "template::VariableKind")]
pub enum TemplateVariableKind {
    /// Something that reads the same in every language. Example: `EK46`.
    Text,
    /// A code that the template asks about and does not show. Example: `CANCELLATION`.
    Code,
    /// Yes or no, which the template asks about.
    Flag,
    /// An amount with its currency, by the reader's language. Example: `EUR 600.00`.
    Money,
    /// A date and a time, by the clocks of an airport where its time zone is known, else in UTC.
    Instant,
    /// A duration in hours and minutes. Example: `4 h 5 min`.
    Minutes,
    /// An airport: its city where that is known, and its code. Example: `Dubai (DXB)`.
    Place,
}
