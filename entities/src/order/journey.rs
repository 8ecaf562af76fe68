//! `order_journey`: a trip from a first origin to a final destination.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, JourneyId, OrderId};

/// Which way a journey goes. Out and back are two journeys even in one order (C-173/07).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JourneyDirection {
    /// Away from where the order begins.
    Outbound,
    /// Back to where the order begins.
    Inbound,
}

/// A trip from a first origin to a final destination, for all passengers of an order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_journey")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JourneyId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// IATA code of the first airport.
    pub origin: String,
    /// IATA code of the final airport.
    pub destination: String,
    /// The scheduled departure from the first airport, as it was sold.
    pub departs_at: DateTimeUtc,
    /// The scheduled arrival at the final airport, as it was sold. Delays count from it (C-452/13).
    pub arrives_at: DateTimeUtc,
    /// Which way it goes.
    pub direction: JourneyDirection,
    /// Its place in the order, from 0.
    pub position: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
