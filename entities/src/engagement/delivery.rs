//! `engagement_delivery`: the way of each notification through each channel.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{CustomerId, DeliveryId, NotificationId};

/// How somebody is reached.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// By e-mail.
    Mail,
    /// Where the customer sees it when they look.
    InApp,
}

/// How far a delivery has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// It waits for its turn.
    Queued,
    /// Somebody is sending it.
    Sending,
    /// It was taken over.
    Sent,
    /// It did not get through, and is tried again.
    Failed,
    /// It did not get through, and is not tried again.
    Dead,
    /// It is not to be sent.
    Suppressed,
}

/// Why a delivery is not sent, or not yet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// The customer does not want it this way.
    Preference,
    /// The customer's quiet hours.
    QuietHours,
    /// There is no such customer, or none any more.
    NoCustomer,
    /// There is no address.
    NoAddress,
    /// The address cannot be one.
    BadAddress,
    /// The mail server says no for now.
    Deferred,
    /// The mail server says no for good.
    Refused,
    /// The mail server did not answer in time, or broke off.
    Interrupted,
    /// The mail server cannot be reached.
    ServerAway,
    /// The customer's profile cannot be read.
    DirectoryAway,
    /// The words cannot be made.
    Template,
}

/// One delivery. What it holds of the address is masked.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "engagement_delivery")]
pub struct Model {
    /// Unique for ever; the `Message-ID` of a mail is made of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    /// What is delivered.
    pub notification_id: NotificationId,
    /// To whom.
    pub customer_id: CustomerId,
    /// How.
    pub channel: Channel,
    /// How far it has come.
    pub state: State,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is looked at next: to be sent, or because who was sending it has not come back. Empty at the end.
    pub due_at: Option<DateTimeUtc>,
    /// Who is sending it.
    pub lease: Option<Uuid>,
    /// Why it is not sent, or not yet.
    pub reason: Option<Reason>,
    /// What the other side said, as a code: `550 5.1.1`.
    pub reply: Option<String>,
    /// The address with most of it hidden.
    pub masked_address: Option<String>,
    /// When it was taken over.
    pub sent_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
