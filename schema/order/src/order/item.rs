use async_graphql::{Context, ID, Object};
use entities::order::{order_item, service};
use schema_kernel::{Money, Result, id::show};

use super::{
    edge,
    kind::{DeliveryStatus, OrderItemKind, OrderItemStatus},
    money,
};
use crate::{
    ancillary::Ancillary,
    journey::{FlightSegment, Journey},
    passenger::Passenger,
};

/// A priced part of an order, with the order's currency.
#[derive(Clone, Debug)]
pub struct OrderItem {
    pub(crate) row: order_item::Model,
    pub(crate) currency: String,
}

/// A priced part of an order: the carriage of one passenger on one journey, or one ancillary.
#[Object(requires_scopes = "order:read")]
impl OrderItem {
    /// The id of the item.
    async fn id(&self) -> ID {
        show(self.row.id)
    }

    /// What it is.
    async fn kind(&self) -> OrderItemKind {
        self.row.kind.into()
    }

    /// How far it has come.
    async fn status(&self) -> OrderItemStatus {
        self.row.status.into()
    }

    /// The price, taxes included.
    async fn price(&self) -> Result<Money> {
        money(self.row.price_minor, &self.currency)
    }

    /// The passenger it is for.
    async fn passenger(&self, context: &Context<'_>) -> Option<Result<Passenger>> {
        edge::passenger(context, self.row.order_id, self.row.passenger_id).await
    }

    /// The journey it is for; null for an ancillary that is tied to no flight.
    async fn journey(&self, context: &Context<'_>) -> Option<Result<Journey>> {
        edge::journey(context, self.row.order_id, self.row.journey_id?).await
    }

    /// What was bought; null for carriage.
    async fn ancillary(&self, context: &Context<'_>) -> Option<Result<Ancillary>> {
        edge::ancillary(
            context,
            self.row.order_id,
            self.row.ancillary_id?,
            &self.currency,
        )
        .await
    }
}

/// A deliverable part of an order item, with the order's currency.
#[derive(Clone, Debug)]
pub struct Service {
    pub(crate) row: service::Model,
    pub(crate) currency: String,
}

/// A deliverable part of an order item: one passenger on one flight, or one ancillary (IATA ONE Order).
#[Object(requires_scopes = "order:read")]
impl Service {
    /// The id of the service.
    async fn id(&self) -> ID {
        show(self.row.id)
    }

    /// How far its delivery has come.
    async fn delivery_status(&self) -> DeliveryStatus {
        self.row.delivery_status.into()
    }

    /// The item it is part of.
    async fn item(&self, context: &Context<'_>) -> Option<Result<OrderItem>> {
        edge::item(
            context,
            self.row.order_id,
            self.row.order_item_id,
            &self.currency,
        )
        .await
    }

    /// The passenger who gets it.
    async fn passenger(&self, context: &Context<'_>) -> Option<Result<Passenger>> {
        edge::passenger(context, self.row.order_id, self.row.passenger_id).await
    }

    /// The flight segment on which it is delivered; null for what is tied to no flight.
    async fn segment(&self, context: &Context<'_>) -> Option<Result<FlightSegment>> {
        edge::segment(context, self.row.order_id, self.row.flight_segment_id?).await
    }

    /// The ancillary that is delivered; null for carriage.
    async fn ancillary(&self, context: &Context<'_>) -> Option<Result<Ancillary>> {
        edge::ancillary(
            context,
            self.row.order_id,
            self.row.ancillary_id?,
            &self.currency,
        )
        .await
    }
}
