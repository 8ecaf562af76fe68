//! The codes of an interaction, as the graph shows them.

use async_graphql::Enum;

/// What an interaction was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::interaction::Kind")]
pub enum InteractionKind {
    /// A telephone call.
    Call,
    /// An e-mail.
    Email,
    /// A chat.
    Chat,
    /// A post or message in a social network.
    Social,
    /// A visit to a lounge.
    Lounge,
    /// A check-in.
    Checkin,
    /// A sale on board.
    InflightRetail,
    /// A chauffeur drive.
    Chauffeur,
    /// A contact about baggage.
    Baggage,
    /// A visit to the web site or the app.
    Web,
}

/// Through what an interaction went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::interaction::Channel")]
pub enum InteractionChannel {
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Chat on the site or in the app.
    Chat,
    /// Text message.
    Sms,
    /// A social network.
    Social,
    /// Web site.
    Web,
    /// The airline's app.
    MobileApp,
    /// A kiosk.
    Kiosk,
    /// In person at an airport.
    Airport,
    /// In person on board.
    Onboard,
}

/// Who began an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::interaction::Direction")]
pub enum InteractionDirection {
    /// The customer.
    Inbound,
    /// The airline.
    Outbound,
}

/// How a customer felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::interaction::Sentiment")]
pub enum Sentiment {
    /// Dissatisfied.
    Negative,
    /// Neither.
    Neutral,
    /// Satisfied.
    Positive,
}

/// What the record of an interaction is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::interaction::Purpose")]
pub enum InteractionPurpose {
    /// To serve the customer under the contract.
    Service,
    /// To deal with a complaint.
    Complaint,
    /// To sell.
    Sales,
    /// To learn how the service was.
    Survey,
}

/// How long the record of an interaction is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::interaction::Retention")]
pub enum InteractionRetention {
    /// 24 months.
    Transcript,
    /// 6 months.
    Recording,
    /// As long as the case it belongs to: 6 years after it is closed.
    Case,
}
