use schema_kernel::ActorKind;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{AMINA, World, paths};

fn delay(minutes: i32) -> Value {
    json!({ "kind": "DELAY", "delay": { "departureDelayMinutes": minutes, "arrivalDelayMinutes": minutes, "causeCode": "41" } })
}

#[tokio::test]
async fn a_flight_is_scheduled_once() {
    let world = World::new().await;
    let mut input = json!({
        "idempotencyKey": Uuid::from_u128(1), "carrier": "EK", "number": 47, "origin": "DXB", "destination": "FRA",
        "scheduledDepartureAt": "2026-11-19T22:20:00Z", "scheduledArrivalAt": "2026-11-20T05:10:00Z",
    });
    let created = world.create(input.clone()).await;
    assert_eq!(created["flight"]["designator"], "EK47");
    // 02:20 in Dubai: the day is counted there.
    assert_eq!(created["flight"]["departsOn"], "2026-11-20");
    assert!((created["flight"]["distanceKm"].as_f64().unwrap() - 4_844.9).abs() < 1.0);
    assert_eq!(world.create(input.clone()).await, created);

    input["idempotencyKey"] = json!(Uuid::from_u128(2));
    assert_eq!(world.create(input.clone()).await["__typename"], "Conflict");

    input["idempotencyKey"] = json!(Uuid::from_u128(3));
    input["number"] = json!(0);
    input["destination"] = json!("LON");
    input["scheduledArrivalAt"] = json!("2026-11-19T22:20:00Z");
    let expected = [
        "input.number",
        "input.scheduledArrivalAt",
        "input.destination",
    ];
    assert_eq!(paths(&world.create(input).await), expected);
}

#[tokio::test]
async fn a_delay_changes_the_flight_and_stands_in_its_history() {
    let world = World::new().await;
    let flight = world.ek47().await;
    let recorded = world.record(10, &flight, delay(220)).await;
    let now = &recorded["flight"];
    assert_eq!(
        (&now["status"], &now["version"]),
        (&json!("DELAYED"), &json!(2))
    );
    assert_eq!(now["estimatedArrivalAt"], "2026-11-20T14:50:00+00:00");
    assert_eq!(
        now["cause"],
        json!({ "code": "41", "meaning": "Aircraft defects" })
    );
    assert_eq!(
        (&recorded["event"]["kind"], &recorded["event"]["actor"]),
        (&json!("DELAY"), &json!("dispatcher"))
    );
    let told = json!({ "name": "arrival_delay_minutes", "old": null, "new": "220" });
    assert!(
        recorded["event"]["changes"]
            .as_array()
            .unwrap()
            .contains(&told)
    );

    // The same key is answered as before; the same facts under another key are not news.
    assert_eq!(world.record(10, &flight, delay(220)).await, recorded);
    let again = world.record(11, &flight, delay(220)).await;
    assert_eq!(
        (&again["event"], &again["flight"]["version"]),
        (&Value::Null, &json!(2))
    );
    assert_eq!(world.events("order.flight.delayed.v1").await.len(), 1);
    assert_eq!(
        world.record(10, &flight, delay(221)).await["__typename"],
        "Conflict"
    );
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_place() {
    let world = World::new().await;
    let flight = world.ek47().await;
    let nowhere = json!({ "kind": "DIVERSION", "diversion": { "divertedTo": "ZZZ" } });
    assert_eq!(
        paths(&world.record(10, &flight, nowhere).await),
        ["input.diversion.divertedTo"]
    );
    let cause = json!({ "kind": "CANCELLATION", "cancellation": { "causeCode": "00" } });
    assert_eq!(
        paths(&world.record(11, &flight, cause).await),
        ["input.cancellation.causeCode"]
    );
    assert_eq!(
        paths(&world.record(12, &flight, delay(-1_441)).await).len(),
        2
    );
    let unknown = json!("01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f");
    assert_eq!(
        world.record(13, &unknown, delay(1)).await["__typename"],
        "NotFound"
    );
    let mut stale = delay(220);
    stale["expectedVersion"] = json!(7);
    assert_eq!(
        world.record(14, &flight, stale).await,
        json!({ "__typename": "StaleVersion", "current": 1 })
    );

    let cancelled = json!({ "kind": "CANCELLATION", "cancellation": { "causeCode": "71" } });
    world.record(15, &flight, cancelled).await;
    let refused = world.record(16, &flight, delay(220)).await;
    assert_eq!(
        (&refused["from"], &refused["allowed"]),
        (&json!("CANCELLED"), &json!(["RESTORATION"]))
    );
    assert_eq!(
        refused["message"],
        "A flight that is CANCELLED takes no DELAY; it takes RESTORATION."
    );
    let restored = world
        .record(17, &flight, json!({ "kind": "RESTORATION" }))
        .await;
    assert_eq!(restored["flight"]["status"], "SCHEDULED");
    assert_eq!(world.events("order.flight.restored.v1").await.len(), 1);
}

#[tokio::test]
async fn only_who_may_write_flights_does() {
    let world = World::new().await;
    let flight = world.ek47().await;
    let document = "mutation ($id: ID!, $key: UUID!) { recordFlightEvent(input: { flightId: $id, idempotencyKey: $key, kind: RESTORATION }) { __typename } }";
    let variables = json!({ "id": flight, "key": Uuid::from_u128(9) });
    let (_, denied) = world
        .ask_as(
            ActorKind::Staff,
            &["flight:read"],
            document,
            variables.clone(),
        )
        .await;
    assert_eq!(denied.len(), 1);
    let customer = ActorKind::Customer(AMINA);
    let (data, _) = world
        .ask_as(
            customer,
            &["flight:read", "flight:write"],
            document,
            variables,
        )
        .await;
    assert_eq!(data["recordFlightEvent"]["__typename"], "NotFound");
}
