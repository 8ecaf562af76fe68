//! What is told about orders.

use chrono::{DateTime, Utc};
use entities::{
    id::{CustomerId, OrderId},
    order::{journey, order},
};
use schema_kernel::NewEvent;
use serde::Serialize;

/// The facts of `order.order.placed.v1`, `.changed.v1` and `.cancelled.v1`.
#[derive(Debug, Serialize)]
pub(crate) struct OrderFacts {
    order_id: OrderId,
    record_locator: String,
    total_minor: i64,
    currency: String,
    journeys: Vec<JourneyFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_minor: Option<i64>,
}

#[derive(Debug, Serialize)]
struct JourneyFacts {
    origin: String,
    destination: String,
    departs_at: DateTime<Utc>,
}

impl OrderFacts {
    /// The facts of an order with these journeys.
    pub(crate) fn of(order: &order::Model, journeys: &[journey::Model]) -> Self {
        let journey = |journey: &journey::Model| JourneyFacts {
            origin: journey.origin.clone(),
            destination: journey.destination.clone(),
            departs_at: journey.departs_at,
        };
        Self {
            order_id: order.id,
            record_locator: order.record_locator.clone(),
            total_minor: order.total_minor,
            currency: order.currency.clone(),
            journeys: journeys.iter().map(journey).collect(),
            refund_minor: None,
        }
    }

    /// The same facts with what is given back.
    #[must_use]
    pub(crate) fn refunding(mut self, refund_minor: i64) -> Self {
        self.refund_minor = Some(refund_minor);
        self
    }

    /// The event that tells them.
    pub(crate) fn event(
        &self,
        kind: &'static str,
        customer: CustomerId,
        time: DateTime<Utc>,
    ) -> NewEvent<'_, Self> {
        NewEvent {
            kind,
            subject: self.order_id.to_string(),
            customer_id: Some(customer),
            time,
            data: self,
        }
    }
}
