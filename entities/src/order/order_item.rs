//! `order_order_item`: one priced part of an order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{AncillaryId, CustomerId, JourneyId, OrderId, OrderItemId, PassengerId};

/// What an item is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderItemKind {
    /// The carriage of one passenger on one journey.
    Flight,
    /// Something bought beside the seat.
    Ancillary,
}

/// How far an item has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderItemStatus {
    /// It stands.
    Active,
    /// It was given up.
    Cancelled,
    /// It was delivered.
    Completed,
}

/// A priced part of an order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_order_item")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderItemId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// The passenger it is for.
    pub passenger_id: PassengerId,
    /// The journey, for a flight item and for an ancillary that is tied to one of its flights.
    pub journey_id: Option<JourneyId>,
    /// What was bought, for an ancillary item.
    pub ancillary_id: Option<AncillaryId>,
    /// What it is.
    pub kind: OrderItemKind,
    /// How far it has come.
    pub status: OrderItemStatus,
    /// The price in minor units of the order's currency, taxes included.
    pub price_minor: i64,
    /// Its place in the order, from 0.
    pub position: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
