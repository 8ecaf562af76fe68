//! `order_ancillary`: something bought beside the seat.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{AncillaryId, CustomerId, FlightSegmentId, OrderId, PassengerId};

/// What was bought beside the seat.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AncillaryKind {
    /// A particular seat.
    Seat,
    /// A checked bag beyond the allowance.
    Bag,
    /// Access to a lounge.
    Lounge,
    /// Internet on board.
    Wifi,
    /// A car to or from the airport.
    Chauffeur,
    /// A higher cabin.
    Upgrade,
}

/// How far an ancillary has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AncillaryStatus {
    /// It was booked and is not paid yet.
    Booked,
    /// It was paid.
    Paid,
    /// The customer got it.
    Fulfilled,
    /// The airline could not deliver it; its price is owed back (14 CFR 260.4).
    ServiceDisruption,
    /// It was paid back.
    Refunded,
    /// Its time passed.
    Expired,
}

/// Something bought beside the seat.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_ancillary")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AncillaryId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// Who gets it.
    pub passenger_id: PassengerId,
    /// The flight segment it is for, where it is tied to one.
    pub flight_segment_id: Option<FlightSegmentId>,
    /// What it is.
    pub kind: AncillaryKind,
    /// The reason for issuance code: one letter, such as `C` for baggage.
    pub rfic: String,
    /// The reason for issuance sub-code: three characters, such as `0AA` for a prepaid bag.
    pub rfisc: String,
    /// The electronic miscellaneous document: 13 digits. Unique.
    pub emd_number: Option<String>,
    /// How far it has come.
    pub status: AncillaryStatus,
    /// The price in minor units of the order's currency.
    pub price_minor: i64,
    /// Its place in the order, from 0.
    pub position: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
