use std::sync::Arc;

use chrono::TimeDelta;
use entities::{
    id::{CustomerId, FlightSegmentId, JourneyId, OrderId},
    order::{
        order::{FareKind, PaymentMethod},
        passenger::PassengerKind,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{
    flight::{
        sample,
        state::{Change, apply},
    },
    journey::affected::AffectedSegment,
};

fn journey(flights: &[&Model]) -> AffectedJourney {
    let segment = |flight: &&Model| AffectedSegment {
        id: FlightSegmentId(Uuid::from_u128(1)),
        cabin: Cabin::Y,
        flight: Arc::new((*flight).clone()),
    };
    AffectedJourney {
        journey_id: JourneyId(Uuid::from_u128(2)),
        order_id: OrderId(Uuid::from_u128(3)),
        passenger_id: PassengerId(Uuid::from_u128(4)),
        customer_id: CustomerId(Uuid::from_u128(5)),
        origin: "DXB".to_owned(),
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
    let airport = |(iata, country): (&str, &str)| {
        let airport = airport::Model {
            iata: iata.to_owned(),
            icao: None,
            name: String::new(),
            city: String::new(),
            country: country.to_owned(),
            latitude: 1.0,
            longitude: 2.0,
            time_zone: "UTC".to_owned(),
            search_name: String::new(),
            search_city: String::new(),
        };
        (iata.to_owned(), airport)
    };
    let emirates = airline::Model {
        designator: "EK".to_owned(),
        ticketing_prefix: Some("176".to_owned()),
        name: "Emirates".to_owned(),
        licence_country: "AE".to_owned(),
    };
    Reference {
        airports: [("DXB", "AE"), ("FRA", "DE"), ("JFK", "US")]
            .into_iter()
            .map(airport)
            .collect(),
        airlines: HashMap::from([("EK".to_owned(), emirates)]),
    }
}

fn changed(old: &Model, change: &Change) -> FlightChange {
    let new = apply(old, change).unwrap();
    FlightChange {
        kind: change.kind(),
        event_id: FlightEventId(Uuid::from_u128(9)),
        old: old.clone(),
        new,
    }
}

fn delay(minutes: i32) -> Change {
    Change::Delay {
        departure: Some(minutes),
        arrival: minutes,
        cause: "41".to_owned(),
    }
}

fn facts(change: &FlightChange, flights: &[&Model]) -> Option<Value> {
    let now = sample::flight().scheduled_departure_at - TimeDelta::hours(3);
    let affected = [journey(flights)];
    let told =
        disrupted_journeys(std::slice::from_ref(change), &affected, &reference(), now).unwrap();
    told.first()
        .map(|(_, facts)| serde_json::to_value(facts).unwrap())
}

fn event(change: &FlightChange, passengers: usize) -> Option<&'static str> {
    flight_event(change, passengers)
}

#[test]
fn a_delayed_flight_disrupts_the_journeys_that_end_with_it() {
    let flight = sample::flight();
    let told = facts(&changed(&flight, &delay(220)), &[&flight]).unwrap();
    let expected = json!({
        "flight_designator": "EK47", "kind": "DELAY", "connections": 0,
        "origin": {"iata": "DXB", "country": "AE", "latitude": 1.0, "longitude": 2.0},
        "operating_carrier": "EK", "carrier_licence_country": "AE", "incident_on": "2026-11-20",
        "departure_delay_minutes": 220, "arrival_delay_minutes": 220, "missed_connection": false,
        "notice_minutes": null, "cause_code": "41", "fare_minor": 45_000, "ancillary_fees_minor": 2_500,
        "currency": "EUR", "payment_method": "CARD", "fare_kind": "PUBLIC", "passenger_kind": "ADULT",
        "has_seat": true, "cabin": "Y", "scheduled_departure_at": "2026-11-20T04:20:00Z",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&told[name], value, "{name}");
    }
}

#[test]
fn an_hour_late_is_told_and_less_is_not() {
    let flight = sample::flight();
    assert!(facts(&changed(&flight, &delay(59)), &[&flight]).is_none());
    assert!(facts(&changed(&flight, &delay(60)), &[&flight]).is_some());
}

#[test]
fn the_same_outcome_is_not_told_again() {
    let late = changed(&sample::flight(), &delay(220)).new;
    let gate = changed(
        &late,
        &Change::GateChange {
            gate: "B22".to_owned(),
        },
    );
    assert!(facts(&gate, &[&late]).is_none());
    assert_eq!(
        (event(&gate, 1), event(&gate, 0)),
        (Some("order.flight.gate_changed.v1"), None)
    );
}

#[test]
fn a_correction_is_told_even_when_nothing_is_left_of_the_disruption() {
    let late = changed(&sample::flight(), &delay(220)).new;
    let corrected = changed(&late, &delay(10));
    let told = facts(&corrected, &[&late]).unwrap();
    assert_eq!(
        (&told["kind"], &told["arrival_delay_minutes"]),
        (&json!("DELAY"), &json!(10))
    );
    assert_eq!(event(&corrected, 0), Some("order.flight.delayed.v1"));
}

#[test]
fn a_missed_connection_counts_for_the_flight_that_came_too_late() {
    let (first, next) = (sample::flight(), sample::onward(60));
    let told = facts(&changed(&first, &delay(90)), &[&first, &next]).unwrap();
    assert_eq!(told["flight_designator"], "EK47");
    assert_eq!(
        (&told["missed_connection"], &told["arrival_delay_minutes"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(
        (&told["destination"]["iata"], &told["connections"]),
        (&json!("JFK"), &json!(1))
    );
    assert!(facts(&changed(&first, &delay(30)), &[&first, &next]).is_none());
}

#[test]
fn a_cancellation_says_how_long_before_it_was_told() {
    let flight = sample::flight();
    let change = changed(
        &flight,
        &Change::Cancellation {
            cause: "71".to_owned(),
        },
    );
    let told = facts(&change, &[&flight]).unwrap();
    assert_eq!(
        (&told["kind"], &told["notice_minutes"]),
        (&json!("CANCELLATION"), &json!(180))
    );
    assert_eq!(event(&change, 0), Some("order.flight.cancelled.v1"));
}

#[test]
fn small_delays_of_flights_are_nobodys_news() {
    let flight = sample::flight();
    assert_eq!(event(&changed(&flight, &delay(14)), 200), None);
    assert_eq!(
        event(&changed(&flight, &delay(15)), 200),
        Some("order.flight.delayed.v1")
    );
    let affected = [journey(&[&flight])];
    let told = flight_events(&[changed(&flight, &delay(15))], &affected);
    assert_eq!(told[0].1.affected_passengers, 1);
}
