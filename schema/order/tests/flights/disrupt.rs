use serde_json::{Value, json};

use crate::world::World;

const JOURNEY: &str = "order.journey.disrupted.v1";

fn delay(minutes: i32) -> Value {
    json!({ "kind": "DELAY", "delay": { "departureDelayMinutes": minutes, "arrivalDelayMinutes": minutes, "causeCode": "41" } })
}

/// EK47 and a flight to Hamburg an hour after it, with one passenger on both and one on the first.
async fn connected(world: &World) -> [Value; 2] {
    let first = world.ek47().await;
    let times = ["2026-11-20T12:10:00Z", "2026-11-20T13:10:00Z"];
    let next = world.flight(7_001, ["FRA", "HAM"], times).await;
    world.book(50, &[&first, &next]).await;
    world.book(51, &[&first]).await;
    [first, next]
}

#[tokio::test]
async fn every_disrupted_journey_is_told_of_once() {
    let world = World::new().await;
    let [first, _] = connected(&world).await;

    // Forty minutes: the connection is kept, and nobody is an hour late.
    let small = world.record(60, &first, delay(40)).await;
    assert_eq!(small["disruptedJourneys"], 0);
    assert_eq!(
        world.events("order.flight.delayed.v1").await[0]["affected_passengers"],
        2
    );

    let large = world.record(61, &first, delay(220)).await;
    assert_eq!(large["disruptedJourneys"], 2);
    let told = world.events(JOURNEY).await;
    let missed: Vec<(&Value, &Value)> = told
        .iter()
        .map(|facts| (&facts["missed_connection"], &facts["arrival_delay_minutes"]))
        .collect();
    assert!(
        missed.contains(&(&json!(true), &Value::Null))
            && missed.contains(&(&json!(false), &json!(220)))
    );
    assert!(told.iter().all(
        |facts| facts["flight_id"] == first && facts["flight_event_id"] == large["event"]["id"]
    ));
    assert!(
        told.iter()
            .all(|facts| facts["carrier_licence_country"] == "AE" && facts["cabin"] == "Y")
    );

    assert_eq!(
        world.record(62, &first, delay(220)).await["disruptedJourneys"],
        0
    );
    assert_eq!(world.events(JOURNEY).await.len(), 2);
    // Who misses a connection waits for as long as the flight is late: that is a fact too.
    assert_eq!(
        world.record(63, &first, delay(250)).await["disruptedJourneys"],
        2
    );
}

#[tokio::test]
async fn a_cancellation_says_how_long_before() {
    let world = World::new().await;
    let [_, next] = connected(&world).await;
    let cancelled = json!({ "kind": "CANCELLATION", "cancellation": { "causeCode": "71" } });
    assert_eq!(
        world.record(60, &next, cancelled).await["disruptedJourneys"],
        1
    );
    let told = world.events(JOURNEY).await;
    assert_eq!(
        (&told[0]["kind"], &told[0]["notice_minutes"]),
        (&json!("CANCELLATION"), &json!(730))
    );
    assert_eq!(
        (&told[0]["connections"], &told[0]["fare_minor"]),
        (&json!(1), &json!(45_000))
    );
    assert_eq!(
        (
            &told[0]["origin"]["iata"],
            &told[0]["destination"]["country"]
        ),
        (&json!("DXB"), &json!("DE"))
    );
}

#[tokio::test]
async fn an_import_tells_what_it_changed_and_nothing_again() {
    let world = World::new().await;
    connected(&world).await;
    let line = |status: &str| {
        format!(
            r#"{{"carrier":"EK","number":47,"origin":"DXB","destination":"FRA","scheduled_departure_at":"2026-11-20T04:20:00Z","scheduled_arrival_at":"2026-11-20T11:10:00Z"{status}}}"#
        )
    };
    assert_eq!(world.import(&line("")).await.unchanged, 1);
    let late = line(
        r#","actual_departure_at":"2026-11-20T08:00:00Z","actual_arrival_at":"2026-11-20T14:50:00Z","cause_code":"41""#,
    );
    let first = world.import(&late).await;
    assert_eq!((first.updated, first.disrupted_journeys), (1, 2));
    let again = world.import(&late).await;
    assert_eq!((again.unchanged, again.disrupted_journeys), (1, 0));
    assert_eq!(world.events(JOURNEY).await.len(), 2);

    let corrected = late.replace("14:50", "11:20");
    assert_eq!(world.import(&corrected).await.disrupted_journeys, 2);
    let told = world.events(JOURNEY).await;
    assert_eq!(
        told.iter()
            .filter(|facts| facts["arrival_delay_minutes"] == 10)
            .count(),
        1
    );
}
