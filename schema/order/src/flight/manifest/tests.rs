use std::{collections::HashMap, sync::Arc};

use entities::{
    id::{CustomerId, FlightSegmentId, JourneyId, OrderId, PassengerId},
    order::airport,
};
use uuid::Uuid;

use super::*;
use crate::{flight::sample, journey::affected::AffectedSegment};

fn journey(passenger: u128, flights: &[&Model]) -> AffectedJourney {
    let segment = |flight: &&Model| AffectedSegment {
        id: FlightSegmentId(Uuid::from_u128(1)),
        cabin: Cabin::Y,
        flight: Arc::new((*flight).clone()),
    };
    AffectedJourney {
        journey_id: JourneyId(Uuid::from_u128(passenger)),
        order_id: OrderId(Uuid::from_u128(3)),
        passenger_id: PassengerId(Uuid::from_u128(passenger)),
        customer_id: CustomerId(Uuid::from_u128(passenger)),
        origin: flights[0].origin.clone(),
        destination: flights[flights.len() - 1].destination.clone(),
        scheduled_departure_at: flights[0].scheduled_departure_at,
        scheduled_arrival_at: flights[flights.len() - 1].scheduled_arrival_at,
        segments: flights.iter().map(segment).collect(),
        passenger_kind: PassengerKind::Adult,
        has_seat: true,
        fare_minor: 45_000,
        ancillary_fees_minor: 2_500,
        currency: "EUR".to_owned(),
        payment_method: PaymentMethod::Card,
        fare_kind: FareKind::Public,
    }
}

fn reference() -> Reference {
    let airport = |code: &str| airport::Model {
        iata: code.to_owned(),
        icao: None,
        name: String::new(),
        city: String::new(),
        country: "DE".to_owned(),
        latitude: 1.0,
        longitude: 2.0,
        time_zone: "UTC".to_owned(),
        search_name: String::new(),
        search_city: String::new(),
    };
    Reference {
        airports: ["DXB", "FRA", "JFK"]
            .map(|code| (code.to_owned(), airport(code)))
            .into(),
        airlines: HashMap::new(),
    }
}

fn groups(flight: &Model, journeys: &[AffectedJourney]) -> Vec<ManifestGroup> {
    manifest(flight, journeys, &reference()).unwrap().groups
}

#[test]
fn passengers_in_the_same_position_are_one_group() {
    let flight = sample::flight();
    let mut child = journey(3, &[&flight]);
    child.passenger_kind = PassengerKind::Child;
    let found = groups(
        &flight,
        &[journey(1, &[&flight]), journey(2, &[&flight]), child],
    );
    let counts: Vec<u32> = found.iter().map(|group| group.passengers).collect();
    assert_eq!(counts, [2, 1]);
    assert_eq!(found[0].onward, None);
}

#[test]
fn a_connection_says_up_to_which_arrival_it_is_made() {
    let (first, next) = (sample::flight(), sample::onward(90));
    let found = groups(&first, &[journey(1, &[&first, &next])]);
    assert_eq!(
        found[0].onward,
        Some(Onward {
            latest_arrival_minutes: 70,
            arrival_delay_minutes: 0
        })
    );
    assert_eq!(found[0].destination, "JFK");
}

#[test]
fn whom_an_earlier_flight_left_behind_is_not_counted() {
    let (mut first, next) = (sample::flight(), sample::onward(90));
    first.status = Status::Cancelled;
    assert!(groups(&next, &[journey(1, &[&first, &next])]).is_empty());
}

#[test]
fn it_comes_through_the_graph_as_it_was() {
    let flight = sample::flight();
    let told = manifest(&flight, &[journey(1, &[&flight])], &reference()).unwrap();
    assert_eq!(FlightManifest::parse(told.to_value()).unwrap(), told);
}

#[test]
fn a_fare_falls_to_its_flights_by_distance() {
    let first = sample::flight();
    let second = Model {
        origin: first.destination.clone(),
        destination: first.origin.clone(),
        ..first.clone()
    };
    let mut reference = reference();
    for (code, longitude) in [(&first.origin, 2.0), (&first.destination, 32.0)] {
        let known = reference.airports.get("DXB").cloned().unwrap();
        let placed = airport::Model { longitude, ..known };
        reference.airports.insert(code.clone(), placed);
    }
    let flights = [&first, &second];
    assert_eq!(
        flight_fare(45_000, &first, &flights, &reference),
        Some(22_500)
    );
    assert_eq!(
        flight_fare(45_000, &first, &flights[..1], &reference),
        Some(45_000)
    );
    reference.airports.clear();
    assert_eq!(flight_fare(45_000, &first, &flights, &reference), None);
}
