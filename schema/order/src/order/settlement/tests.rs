use chrono::TimeDelta;
use entities::{
    id::{AncillaryId, CustomerId, JourneyId, OrderId, OrderItemId, PassengerId, TypedId},
    order::{
        ancillary::AncillaryKind,
        flight::{self, Status},
        flight_segment::{Cabin, TravelStatus},
        order::{self, FareKind, OrderChannel, OrderStatus, PaymentMethod},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::sample;

fn id<Id: TypedId>(number: usize) -> Id {
    Id::from(Uuid::from_u128(number as u128 + 1))
}

/// One journey over two hours-apart flights for passengers with these fares, and a bag of each on the last flight.
fn contract(flights: &[flight::Model], fares: &[i64], bag_minor: i64) -> Contract {
    let (order_id, customer_id): (OrderId, CustomerId) = (id(0), id(0));
    let journey_id: JourneyId = id(0);
    let mut contract = Contract {
        order: order(
            order_id,
            customer_id,
            fares.iter().sum::<i64>() + bag_minor * i64::try_from(fares.len()).unwrap(),
        ),
        items: Vec::new(),
        services: Vec::new(),
        journeys: Vec::new(),
        passengers: Vec::new(),
        segments: Vec::new(),
        tickets: Vec::new(),
        ancillaries: Vec::new(),
        bag_tags: Vec::new(),
    };
    for (place, fare) in fares.iter().enumerate() {
        let passenger_id: PassengerId = id(place);
        let item = |number, kind, ancillary_id, price_minor| order_item::Model {
            id: id::<OrderItemId>(number),
            order_id,
            customer_id,
            passenger_id,
            journey_id: Some(journey_id),
            ancillary_id,
            kind,
            status: OrderItemStatus::Active,
            price_minor,
            position: 0,
        };
        let bag: AncillaryId = id(place);
        contract
            .items
            .push(item(2 * place, OrderItemKind::Flight, None, *fare));
        contract.items.push(item(
            2 * place + 1,
            OrderItemKind::Ancillary,
            Some(bag),
            bag_minor,
        ));
        for (sequence, flight) in flights.iter().enumerate() {
            contract.segments.push(flight_segment::Model {
                id: id(place * flights.len() + sequence),
                order_id,
                customer_id,
                journey_id,
                passenger_id,
                flight_id: flight.id,
                sequence: i32::try_from(sequence).unwrap(),
                booking_class: "Y".to_owned(),
                cabin: Cabin::Y,
                seat: None,
                fare_basis: None,
                status: SegmentStatus::Confirmed,
                travel_status: TravelStatus::Expected,
            });
        }
        contract.ancillaries.push(ancillary::Model {
            id: bag,
            order_id,
            customer_id,
            passenger_id,
            flight_segment_id: contract.segments.last().map(|segment| segment.id),
            kind: AncillaryKind::Bag,
            rfic: "C".to_owned(),
            rfisc: "0AA".to_owned(),
            emd_number: None,
            status: AncillaryStatus::Paid,
            price_minor: bag_minor,
            position: 0,
        });
    }
    contract
}

fn order(id: OrderId, customer_id: CustomerId, total_minor: i64) -> order::Model {
    order::Model {
        id,
        customer_id,
        record_locator: "K7QX2M".to_owned(),
        owner_airline: "EK".to_owned(),
        channel: OrderChannel::Web,
        status: OrderStatus::Open,
        currency: "EUR".to_owned(),
        total_minor,
        refund_minor: 0,
        payment_method: PaymentMethod::Card,
        fare_kind: FareKind::Public,
        placed_at: sample::morning(),
        cancelled_at: None,
        version: 1,
    }
}

/// The order after its cancellation.
fn settled(mut contract: Contract, settlement: &Settlement) -> Contract {
    for item in &mut contract.items {
        item.status = settlement
            .changes
            .items
            .iter()
            .find(|(id, _)| *id == item.id)
            .map_or(item.status, |(_, status)| *status);
    }
    for segment in &mut contract.segments {
        segment.status = settlement
            .changes
            .given_up
            .iter()
            .find(|(id, _)| *id == segment.id)
            .map_or(segment.status, |(_, status)| *status);
    }
    for ancillary in &mut contract.ancillaries {
        ancillary.status = settlement
            .changes
            .ancillaries
            .iter()
            .find(|(id, _)| *id == ancillary.id)
            .map_or(ancillary.status, |(_, status)| *status);
    }
    contract
}

fn any_status() -> impl Strategy<Value = Status> {
    prop::sample::select(vec![
        Status::Scheduled,
        Status::Delayed,
        Status::Departed,
        Status::Arrived,
        Status::Cancelled,
        Status::Diverted,
    ])
}

proptest! {
    #[test]
    fn what_is_given_back_was_paid_and_is_given_back_once(
        statuses in prop::collection::vec(any_status(), 1..5),
        fares in prop::collection::vec(0..10_000_000_i64, 1..5),
        bag_minor in 0..100_000_i64,
        hours in 0..12_i64,
    ) {
        let chain: Vec<_> = sample::chain(statuses.len()).into_iter().zip(&statuses).map(|(flight, status)| flight::Model { status: *status, ..flight }).collect();
        let flights: Flights = chain.iter().map(|flight| (flight.id, flight.clone())).collect();
        let contract = contract(&chain, &fares, bag_minor);
        let now = sample::morning() + TimeDelta::hours(hours);
        let total = contract.order.total_minor;
        let Some(settlement) = settle(&contract, &flights, now) else {
            prop_assert!(contract.segments.iter().all(|segment| !is_ahead(segment, &flights[&segment.flight_id], now)));
            return Ok(());
        };
        prop_assert!((0..=total).contains(&settlement.refund_minor));
        let unused = chain.iter().all(|flight| matches!(flight.status, Status::Cancelled) || (flight.scheduled_departure_at > now && matches!(flight.status, Status::Scheduled | Status::Delayed)));
        prop_assert!(!unused || settlement.refund_minor == total);
        let after = settled(contract, &settlement);
        prop_assert!(after.items.iter().all(|item| item.status != OrderItemStatus::Active));
        prop_assert!(settle(&after, &flights, now).is_none());
    }
}
