//! `order_order`: what a customer bought, as one contract.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, OrderId};

/// Where an order was placed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderChannel {
    /// The airline's website.
    Web,
    /// The airline's app.
    App,
    /// A contact-centre agent.
    ContactCentre,
    /// A desk or a kiosk at an airport.
    Airport,
    /// A travel agency.
    Agency,
    /// Another airline or a partner programme.
    Partner,
}

/// How far an order has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Something in it is still to be delivered.
    Open,
    /// It was given up before it was delivered in full.
    Cancelled,
    /// Everything in it was delivered.
    Completed,
}

/// How an order was paid; refund deadlines depend on it (14 CFR 260.9).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentMethod {
    /// A credit or debit card.
    Card,
    /// Cash, cheque, transfer, voucher or miles.
    Other,
}

/// What kind of fare was paid; regulations leave some out (Regulation (EC) 261/2004, Article 3(3)).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FareKind {
    /// A fare that anybody may buy.
    Public,
    /// A fare paid with miles of a loyalty programme.
    Award,
    /// A reduced fare that the public cannot buy.
    Staff,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_order")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// The record locator (PNR): six letters or digits. Unique among open orders only; locators are used again.
    pub record_locator: String,
    /// The IATA designator of the airline that owns the order and issues its tickets.
    pub owner_airline: String,
    /// Where it was placed.
    pub channel: OrderChannel,
    /// How far it has come.
    pub status: OrderStatus,
    /// ISO 4217 code of every amount in the order.
    pub currency: String,
    /// The sum of the prices of its items, in minor units. Cancelling does not change it.
    pub total_minor: i64,
    /// What is given back of the total, in minor units; 0 until something was cancelled.
    pub refund_minor: i64,
    /// How it was paid.
    pub payment_method: PaymentMethod,
    /// What kind of fare was paid.
    pub fare_kind: FareKind,
    /// When it was placed.
    pub placed_at: DateTimeUtc,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTimeUtc>,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
