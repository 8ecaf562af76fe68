//! `order_service`: one deliverable part of an order item, as ONE Order has it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{
    AncillaryId, CustomerId, FlightSegmentId, OrderId, OrderItemId, PassengerId, ServiceId,
};

/// The delivery status of a service (IATA ONE Order).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryStatus {
    /// It can be delivered when its time comes.
    ReadyToProceed,
    /// It is being delivered: checked in, boarded.
    InProgress,
    /// The customer got it.
    Delivered,
    /// The airline could not deliver it.
    FailedToDeliver,
    /// It waits for something: a payment, a document.
    Suspended,
    /// It was taken out of the order.
    Removed,
    /// Its time passed.
    Expired,
    /// The customer did not come for it.
    NotClaimed,
}

/// A deliverable part of an order item: one passenger on one flight, or one ancillary.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_service")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The item it is part of.
    pub order_item_id: OrderItemId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// The passenger who gets it.
    pub passenger_id: PassengerId,
    /// The flight segment on which it is delivered, where it is tied to one.
    pub flight_segment_id: Option<FlightSegmentId>,
    /// The ancillary, where it is one.
    pub ancillary_id: Option<AncillaryId>,
    /// How far its delivery has come.
    pub delivery_status: DeliveryStatus,
    /// Its place in the order, from 0.
    pub position: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
