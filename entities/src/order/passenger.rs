//! `order_passenger`: a person who travels on an order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, OrderId, PassengerId};

/// What kind of passenger somebody is, by age on the day of travel.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PassengerKind {
    /// Twelve years or older.
    Adult,
    /// Two to eleven years, with a seat of their own.
    Child,
    /// Under two years, on the lap of an adult unless a seat was bought.
    Infant,
}

/// A person who travels on an order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_passenger")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PassengerId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// The passenger's own customer record, where it is known.
    pub traveller_id: Option<CustomerId>,
    /// Given names, as on the travel document.
    pub given_name: String,
    /// Family name, as on the travel document.
    pub family_name: String,
    /// The family name in lower case without spaces, hyphens and apostrophes: what look-ups compare.
    pub family_name_key: String,
    /// What kind of passenger.
    pub kind: PassengerKind,
    /// Whether they have a seat of their own.
    pub has_seat: bool,
    /// Its place in the order, from 0.
    pub position: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
