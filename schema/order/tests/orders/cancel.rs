use entities::order::flight::Status;
use serde_json::{Value, json};

use crate::world::{AMINA, OTTO, World, one_adult};

const PARTS: &str = "query ($id: ID!) { order(id: $id) {
    status cancelledAt items { status } services { deliveryStatus }
    journeys { status segments { status seat } } tickets { coupons { status } } ancillaries { status }
} }";

async fn parts(world: &World, id: &Value) -> Value {
    world.staff().ask(PARTS, json!({ "id": id })).await["order"].clone()
}

#[tokio::test]
async fn what_is_ahead_is_given_up_and_given_back() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let mut input = one_adult(1, AMINA, &[flight]);
    input["journeys"][0]["seats"] = json!([{ "passenger": 0, "segment": 0, "seat": "1A" }]);
    input["ancillaries"] =
        json!([{ "passenger": 0, "kind": "LOUNGE", "rfisc": "0BX", "priceMinor": 5_000 }]);
    let placed = world.staff().placed(input).await;
    let cancelled = world.customer(AMINA).cancel(&placed["id"], 1).await;
    assert_eq!(cancelled["order"]["refund"]["amountMinor"], 50_000);
    assert_eq!(cancelled["order"]["total"]["amountMinor"], 50_000);
    assert_eq!(cancelled["order"]["version"], 2);

    let order = parts(&world, &placed["id"]).await;
    assert_eq!(order["status"], "CANCELLED");
    assert_eq!(
        order["items"],
        json!([{ "status": "CANCELLED" }, { "status": "CANCELLED" }])
    );
    assert_eq!(
        order["services"],
        json!([{ "deliveryStatus": "REMOVED" }, { "deliveryStatus": "REMOVED" }])
    );
    assert_eq!(
        order["journeys"],
        json!([{ "status": "CANCELLED", "segments": [{ "status": "CANCELLED", "seat": null }] }])
    );
    assert_eq!(
        order["tickets"],
        json!([{ "coupons": [{ "status": "REFUNDED" }] }])
    );
    assert_eq!(order["ancillaries"], json!([{ "status": "REFUNDED" }]));
    let events = world.events("order.order.cancelled.v1").await;
    assert_eq!(
        (events.len(), &events[0]["refund_minor"]),
        (1, &json!(50_000))
    );
}

#[tokio::test]
async fn what_was_flown_is_kept() {
    let world = World::new().await;
    let flights = [
        world.flight("DXB", "FRA", 2).await,
        world.flight("FRA", "HAM", 4).await,
    ];
    let placed = world.staff().placed(one_adult(1, AMINA, &flights)).await;
    world.set_status(flights[0], Status::Arrived).await;
    let cancelled = world.staff().cancel(&placed["id"], 1).await;
    assert_eq!(cancelled["order"]["refund"]["amountMinor"], 22_500);
    let order = parts(&world, &placed["id"]).await;
    assert_eq!(
        order["tickets"][0]["coupons"],
        json!([{ "status": "OPEN" }, { "status": "REFUNDED" }])
    );
    assert_eq!(order["journeys"][0]["segments"][0]["status"], "CONFIRMED");
}

#[tokio::test]
async fn a_cancelled_flight_is_given_back_even_after_its_time() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    world.set_status(flight, Status::Cancelled).await;
    world.clock.advance(chrono::TimeDelta::days(2));
    assert_eq!(
        world.staff().cancel(&placed["id"], 1).await["order"]["refund"]["amountMinor"],
        45_000
    );
}

#[tokio::test]
async fn only_what_is_open_and_ahead_is_cancelled_and_only_once() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    assert_eq!(
        world.staff().cancel(&placed["id"], 7).await,
        json!({ "__typename": "StaleVersion", "current": 1 })
    );
    world.staff().cancel(&placed["id"], 1).await;
    let again = world.staff().cancel(&placed["id"], 2).await;
    assert_eq!(
        (&again["__typename"], &again["from"], &again["allowed"]),
        (
            &json!("TransitionNotAllowed"),
            &json!("CANCELLED"),
            &json!([])
        )
    );

    let flown = world.staff().placed(one_adult(2, AMINA, &[flight])).await;
    world.clock.advance(chrono::TimeDelta::hours(3));
    let late = world.staff().cancel(&flown["id"], 1).await;
    assert_eq!(
        (&late["__typename"], &late["allowed"]),
        (&json!("TransitionNotAllowed"), &json!(["COMPLETED"]))
    );
    assert_eq!(world.events("order.order.cancelled.v1").await.len(), 1);
}

#[tokio::test]
async fn what_belongs_to_somebody_else_does_not_exist() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    assert_eq!(
        world.customer(OTTO).cancel(&placed["id"], 1).await["__typename"],
        "NotFound"
    );
    assert_eq!(
        world.customer(OTTO).cancel(&json!("nonsense"), 1).await["__typename"],
        "NotFound"
    );
    assert_eq!(parts(&world, &placed["id"]).await["status"], "OPEN");
}
