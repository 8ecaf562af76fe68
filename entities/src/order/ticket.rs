//! `order_ticket`: an electronic ticket and its coupons.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, FlightSegmentId, OrderId, PassengerId, TicketId};

/// The status of a coupon, written as its IATA letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CouponStatus {
    /// Open for use.
    #[serde(rename = "O")]
    Open,
    /// Under the control of the airport.
    #[serde(rename = "A")]
    AirportControl,
    /// The passenger has checked in.
    #[serde(rename = "C")]
    CheckedIn,
    /// The passenger has boarded.
    #[serde(rename = "L")]
    Lifted,
    /// Used.
    #[serde(rename = "F")]
    Flown,
    /// Exchanged for another ticket.
    #[serde(rename = "E")]
    Exchanged,
    /// Paid back.
    #[serde(rename = "R")]
    Refunded,
    /// Never valid.
    #[serde(rename = "V")]
    Void,
    /// Suspended.
    #[serde(rename = "S")]
    Suspended,
    /// Released for irregular operations.
    #[serde(rename = "I")]
    IrregularOperations,
    /// Closed.
    #[serde(rename = "Z")]
    Closed,
}

/// One coupon of a ticket: the right to one flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// Its number on the ticket, 1 to 4.
    pub number: i32,
    /// The flight segment it is for.
    pub flight_segment_id: FlightSegmentId,
    /// What has become of it.
    pub status: CouponStatus,
}

/// The coupons of a ticket, one to four, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Coupons(pub Vec<Coupon>);

/// An electronic ticket.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_ticket")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TicketId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The customer who ordered.
    pub customer_id: CustomerId,
    /// Who may travel on it.
    pub passenger_id: PassengerId,
    /// 13 digits: the airline's ticketing prefix and a document number. Unique.
    pub number: String,
    /// When it was issued.
    pub issued_at: DateTimeUtc,
    /// Its coupons.
    #[sea_orm(column_type = "Json")]
    pub coupons: Coupons,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
