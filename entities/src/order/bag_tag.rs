//! `order_bag_tag`: the tag of one checked bag.

use sea_orm::entity::prelude::*;

use crate::id::{BagTagId, CustomerId, FlightSegmentId, OrderId, PassengerId};

/// The tag of one checked bag (IATA Resolution 740).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_bag_tag")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BagTagId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// Whose bag.
    pub passenger_id: PassengerId,
    /// The first flight it was checked in for.
    pub flight_segment_id: FlightSegmentId,
    /// The licence plate: 10 digits. Used again after a time, so not unique.
    pub number: String,
    /// The weight in whole kilograms.
    pub weight_kg: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
