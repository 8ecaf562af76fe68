//! Interactions: contacts between a customer and the airline.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, CustomerId, FlightId, InteractionId, OrderId};

/// One contact, at any touchpoint.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_interaction")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InteractionId,
    /// With whom.
    pub customer_id: CustomerId,
    /// What it was.
    pub kind: Kind,
    /// When it took place.
    pub occurred_at: DateTimeUtc,
    /// Through what.
    pub channel: Channel,
    /// Who began it.
    pub direction: Direction,
    /// The actor who took part for the airline; none for machines.
    pub agent_id: Option<String>,
    /// The flight it was about.
    pub flight_id: Option<FlightId>,
    /// The order it was about.
    pub order_id: Option<OrderId>,
    /// The case it belongs to.
    pub case_id: Option<CaseId>,
    /// What was said, in short; card data is taken out before it comes here.
    pub summary: String,
    /// How the customer felt.
    pub sentiment: Option<Sentiment>,
    /// What the record is kept for.
    pub purpose: Purpose,
    /// How long the record is kept.
    pub retention: Retention,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

/// What an interaction was.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum Kind {
    /// A telephone call.
    #[sea_orm(string_value = "CALL")]
    #[serde(rename = "CALL")]
    Call,
    /// An e-mail.
    #[sea_orm(string_value = "EMAIL")]
    #[serde(rename = "EMAIL")]
    Email,
    /// A chat.
    #[sea_orm(string_value = "CHAT")]
    #[serde(rename = "CHAT")]
    Chat,
    /// A post or message in a social network.
    #[sea_orm(string_value = "SOCIAL")]
    #[serde(rename = "SOCIAL")]
    Social,
    /// A visit to a lounge.
    #[sea_orm(string_value = "LOUNGE")]
    #[serde(rename = "LOUNGE")]
    Lounge,
    /// A check-in.
    #[sea_orm(string_value = "CHECKIN")]
    #[serde(rename = "CHECKIN")]
    Checkin,
    /// A sale on board.
    #[sea_orm(string_value = "INFLIGHT_RETAIL")]
    #[serde(rename = "INFLIGHT_RETAIL")]
    InflightRetail,
    /// A chauffeur drive.
    #[sea_orm(string_value = "CHAUFFEUR")]
    #[serde(rename = "CHAUFFEUR")]
    Chauffeur,
    /// A contact about baggage.
    #[sea_orm(string_value = "BAGGAGE")]
    #[serde(rename = "BAGGAGE")]
    Baggage,
    /// A visit to the web site or the app.
    #[sea_orm(string_value = "WEB")]
    #[serde(rename = "WEB")]
    Web,
}

/// Through what an interaction went.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Channel {
    /// Telephone.
    #[sea_orm(string_value = "PHONE")]
    #[serde(rename = "PHONE")]
    Phone,
    /// E-mail.
    #[sea_orm(string_value = "EMAIL")]
    #[serde(rename = "EMAIL")]
    Email,
    /// Chat on the site or in the app.
    #[sea_orm(string_value = "CHAT")]
    #[serde(rename = "CHAT")]
    Chat,
    /// Text message.
    #[sea_orm(string_value = "SMS")]
    #[serde(rename = "SMS")]
    Sms,
    /// A social network.
    #[sea_orm(string_value = "SOCIAL")]
    #[serde(rename = "SOCIAL")]
    Social,
    /// Web site.
    #[sea_orm(string_value = "WEB")]
    #[serde(rename = "WEB")]
    Web,
    /// The airline's app.
    #[sea_orm(string_value = "MOBILE_APP")]
    #[serde(rename = "MOBILE_APP")]
    MobileApp,
    /// A kiosk.
    #[sea_orm(string_value = "KIOSK")]
    #[serde(rename = "KIOSK")]
    Kiosk,
    /// In person at an airport.
    #[sea_orm(string_value = "AIRPORT")]
    #[serde(rename = "AIRPORT")]
    Airport,
    /// In person on board.
    #[sea_orm(string_value = "ONBOARD")]
    #[serde(rename = "ONBOARD")]
    Onboard,
}

/// Who began an interaction.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Direction {
    /// The customer.
    #[sea_orm(string_value = "INBOUND")]
    #[serde(rename = "INBOUND")]
    Inbound,
    /// The airline.
    #[sea_orm(string_value = "OUTBOUND")]
    #[serde(rename = "OUTBOUND")]
    Outbound,
}

/// How the customer felt.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Sentiment {
    /// Dissatisfied.
    #[sea_orm(string_value = "NEGATIVE")]
    #[serde(rename = "NEGATIVE")]
    Negative,
    /// Neither.
    #[sea_orm(string_value = "NEUTRAL")]
    #[serde(rename = "NEUTRAL")]
    Neutral,
    /// Satisfied.
    #[sea_orm(string_value = "POSITIVE")]
    #[serde(rename = "POSITIVE")]
    Positive,
}

/// What the record of an interaction is kept for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Purpose {
    /// To serve the customer under the contract.
    #[sea_orm(string_value = "SERVICE")]
    #[serde(rename = "SERVICE")]
    Service,
    /// To deal with a complaint.
    #[sea_orm(string_value = "COMPLAINT")]
    #[serde(rename = "COMPLAINT")]
    Complaint,
    /// To sell.
    #[sea_orm(string_value = "SALES")]
    #[serde(rename = "SALES")]
    Sales,
    /// To learn how the service was.
    #[sea_orm(string_value = "SURVEY")]
    #[serde(rename = "SURVEY")]
    Survey,
}

/// How long the record of an interaction is kept.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Retention {
    /// 24 months.
    #[sea_orm(string_value = "TRANSCRIPT")]
    #[serde(rename = "TRANSCRIPT")]
    Transcript,
    /// 6 months.
    #[sea_orm(string_value = "RECORDING")]
    #[serde(rename = "RECORDING")]
    Recording,
    /// As long as the case it belongs to: 6 years after it is closed.
    #[sea_orm(string_value = "CASE")]
    #[serde(rename = "CASE")]
    Case,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
