use proptest::prelude::*;
use serde_json::json;

use super::*;

/// FRA to MAD on a German carrier: EU261 pays 250 euros from three hours on.
fn manifest(groups: &[serde_json::Value]) -> FlightManifest {
    let place = |iata: &str, country: &str, latitude: f64, longitude: f64| json!({ "iata": iata, "country": country, "latitude": latitude, "longitude": longitude });
    serde_json::from_value(json!({
        "operating_carrier": "LH", "carrier_licence_country": "DE", "incident_on": "2026-03-02",
        "scheduled_departure_at": "2026-03-02T10:00:00Z",
        "places": { "FRA": place("FRA", "DE", 50.0333, 8.570_46), "MAD": place("MAD", "ES", 40.4719, -3.562_64) },
        "groups": groups,
    }))
    .unwrap()
}

fn group(passengers: u32, latest_arrival: Option<i64>) -> serde_json::Value {
    let onward = latest_arrival
        .map(|latest| json!({ "latest_arrival_minutes": latest, "arrival_delay_minutes": 0 }));
    json!({
        "origin": "FRA", "destination": "MAD", "onward": onward, "fare_minor": 20_000, "ancillary_fees_minor": 0,
        "currency": "EUR", "payment_method": "CARD", "fare_kind": "PUBLIC", "passenger_kind": "ADULT", "has_seat": true,
        "passengers": passengers,
    })
}

fn forecast(
    manifest: &FlightManifest,
    en_route: &[i32],
    decision: &Decision,
) -> Result<Forecast, MalformedReport> {
    super::forecast(manifest, en_route, decision, RuleSet::shipped())
}

fn late(minutes: i64) -> Decision {
    Decision {
        measure: Measure::Delay(minutes),
        cause_code: Some("41".to_owned()),
    }
}

fn euros(forecast: &Forecast) -> Spread {
    forecast.totals.get("EUR").copied().unwrap_or_default()
}

#[test]
fn every_passenger_of_a_late_flight_is_counted_once() {
    let told = forecast(
        &manifest(&[group(100, None), group(20, None)]),
        &[0],
        &late(180),
    )
    .unwrap();
    assert_eq!(
        euros(&told),
        Spread {
            p50: 3_000_000,
            p95: 3_000_000
        }
    );
    assert_eq!(told.entitled_passengers.p50, 120);
}

#[test]
fn what_the_flight_makes_up_on_its_way_saves_half_of_the_courses() {
    let told = forecast(
        &manifest(&[group(10, None)]),
        &[-20, -10, 0, 10],
        &late(180),
    )
    .unwrap();
    assert_eq!(
        euros(&told),
        Spread {
            p50: 0,
            p95: 250_000
        }
    );
    assert_eq!(told.courses, 4);
}

#[test]
fn a_missed_connection_costs_though_the_flight_itself_is_hardly_late() {
    let told = forecast(
        &manifest(&[group(10, Some(60)), group(90, None)]),
        &[0],
        &late(75),
    )
    .unwrap();
    assert_eq!(told.missed_connections.p50, 10);
    assert_eq!(euros(&told).p50, 250_000);
    assert!(told.regimes[0].has_open_questions);
}

#[test]
fn a_cancellation_told_two_weeks_before_costs_no_compensation() {
    let cancel = |notice_minutes| Decision {
        measure: Measure::Cancellation {
            notice_minutes,
            rerouting: None,
        },
        cause_code: Some("41".to_owned()),
    };
    let cost =
        |notice| euros(&forecast(&manifest(&[group(1, None)]), &[], &cancel(notice)).unwrap()).p50;
    assert_eq!(cost(0) - cost(14 * 24 * 60), 25_000);
}

#[test]
fn an_airport_of_which_nothing_is_said_is_named() {
    let mut broken = manifest(&[group(1, None)]);
    broken.places.remove("MAD");
    let error = forecast(&broken, &[], &late(180)).unwrap_err();
    assert_eq!(error, MalformedReport::UnknownPlace("MAD".to_owned()));
}

proptest! {
    #[test]
    fn the_high_end_is_never_below_the_middle_and_more_passengers_never_cost_less(
        mut en_route in prop::collection::vec(-60_i32..240, 0..60), delay in 0_i64..600, passengers in 1_u32..300,
    ) {
        en_route.sort_unstable();
        let cost = |count| euros(&forecast(&manifest(&[group(count, None)]), &en_route, &late(delay)).unwrap());
        let (few, many) = (cost(passengers), cost(passengers + 1));
        prop_assert!(few.p50 <= few.p95);
        prop_assert!(few.p50 <= many.p50 && few.p95 <= many.p95);
    }

    #[test]
    fn the_courses_begin_with_the_fastest_and_end_with_the_slowest(mut en_route in prop::collection::vec(-60_i32..240, 1..500)) {
        en_route.sort_unstable();
        let courses = evenly(&en_route);
        prop_assert!(courses.len() <= COURSES);
        prop_assert_eq!(courses.first().copied(), en_route.first().map(|minutes| i64::from(*minutes)));
        prop_assert_eq!(courses.last().copied(), en_route.last().map(|minutes| i64::from(*minutes)));
    }
}

fn swap(economy: u32, business: u32) -> Decision {
    Decision {
        measure: Measure::Swap {
            seats: Seats([economy, 0, business, 0]),
            rerouting: None,
        },
        cause_code: None,
    }
}

fn seated(passengers: u32, cabin: &str) -> serde_json::Value {
    let mut group = group(passengers, None);
    group["cabin"] = json!(cabin);
    group["flight_fare_minor"] = json!(20_000);
    group
}

#[test]
fn an_aircraft_with_fewer_seats_leaves_some_behind_and_moves_some_down() {
    let manifest = manifest(&[seated(100, "Y"), seated(10, "J")]);
    let told = forecast(&manifest, &[0], &swap(104, 2)).unwrap();
    assert_eq!((told.denied_boardings.p50, told.downgrades.p50), (4, 4));
    // Four times 250 euros, and 30 per cent of 200 euros four times.
    assert_eq!(euros(&told).p50, 4 * 25_000 + 4 * 6_000);
    assert_eq!(told.entitled_passengers.p50, 8);
    let larger = forecast(&manifest, &[0], &swap(200, 20)).unwrap();
    assert_eq!(larger.totals.len(), 0);
}
