//! The kinds and states of an order, as the graph names them.

use async_graphql::Enum;

/// Where an order was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::order::OrderChannel")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::order::OrderStatus")]
pub enum OrderStatus {
    /// Something in it is still to be delivered.
    Open,
    /// It was given up before it was delivered in full.
    Cancelled,
    /// Everything in it was delivered.
    Completed,
}

/// How an order was paid; refund deadlines depend on it (14 CFR 260.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::order::PaymentMethod")]
pub enum PaymentMethod {
    /// A credit or debit card.
    Card,
    /// Cash, cheque, transfer, voucher or miles.
    Other,
}

/// What kind of fare was paid; regulations leave some out (Regulation (EC) 261/2004, Article 3(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::order::FareKind")]
pub enum FareKind {
    /// A fare that anybody may buy.
    Public,
    /// A fare paid with miles of a loyalty programme.
    Award,
    /// A reduced fare that the public cannot buy.
    Staff,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::order_item::OrderItemKind")]
pub enum OrderItemKind {
    /// The carriage of one passenger on one journey.
    Flight,
    /// Something bought beside the seat.
    Ancillary,
}

/// How far an item has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::order_item::OrderItemStatus")]
pub enum OrderItemStatus {
    /// It stands.
    Active,
    /// It was given up.
    Cancelled,
    /// It was delivered.
    Completed,
}

/// The delivery status of a service (IATA ONE Order).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::service::DeliveryStatus")]
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
