//! What is told about orders.

use chrono::{DateTime, Utc};
use entities::{
    id::{CustomerId, FlightId, JourneyId, OrderId, PassengerId},
    order::{flight_segment, journey, order},
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
    journey_id: JourneyId,
    origin: String,
    destination: String,
    departs_at: DateTime<Utc>,
    /// Who travels.
    passenger_ids: Vec<PassengerId>,
    /// The flights, in order of travel.
    flight_ids: Vec<FlightId>,
}

impl OrderFacts {
    /// The facts of an order with these journeys and segments.
    pub(crate) fn of(
        order: &order::Model,
        journeys: &[journey::Model],
        segments: &[flight_segment::Model],
    ) -> Self {
        let journey = |journey: &journey::Model| {
            let own = || {
                let of_journey =
                    |segment: &&flight_segment::Model| segment.journey_id == journey.id;
                segments.iter().filter(of_journey)
            };
            JourneyFacts {
                journey_id: journey.id,
                origin: journey.origin.clone(),
                destination: journey.destination.clone(),
                departs_at: journey.departs_at,
                passenger_ids: each_once(own().map(|segment| segment.passenger_id)),
                flight_ids: each_once(own().map(|segment| segment.flight_id)),
            }
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

fn each_once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut once, next| {
        if !once.contains(&next) {
            once.push(next);
        }
        once
    })
}
