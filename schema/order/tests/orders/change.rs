use entities::order::flight::Status;
use serde_json::{Value, json};

use crate::world::{AMINA, World, one_adult, paths};

const PARTS: &str = "query ($id: ID!) { order(id: $id) {
    version total { amountMinor }
    journeys { id scheduledDepartureAt segments { id seat status travelStatus flight { id } } }
    services { deliveryStatus } tickets { coupons { status } } ancillaries { segment { id } }
} }";

async fn parts(world: &World, id: &Value) -> Value {
    world.staff().ask(PARTS, json!({ "id": id })).await["order"].clone()
}

fn moved(order: &Value, journey: &Value, flights: &[entities::id::FlightId]) -> Value {
    let segments = one_adult(1, AMINA, flights)["journeys"][0]["segments"].clone();
    json!({ "orderId": order["id"], "expectedVersion": order["version"], "moveJourneys": [{ "journeyId": journey, "segments": segments }] })
}

#[tokio::test]
async fn a_journey_moves_to_other_flights_and_everything_follows() {
    let world = World::new().await;
    let (early, late) = (
        world.flight("DXB", "FRA", 2).await,
        world.flight("DXB", "FRA", 9).await,
    );
    let mut input = one_adult(1, AMINA, &[early]);
    input["ancillaries"] = json!([{ "passenger": 0, "journey": 0, "segment": 0, "kind": "BAG", "rfisc": "0AA", "priceMinor": 6_000 }]);
    let placed = world.staff().placed(input).await;
    let before = parts(&world, &placed["id"]).await;
    let outcome = world
        .customer(AMINA)
        .change(moved(&placed, &before["journeys"][0]["id"], &[late]))
        .await;
    assert_eq!(outcome["__typename"], "OrderChanged", "{outcome:#}");

    let after = parts(&world, &placed["id"]).await;
    assert_eq!(
        (&after["version"], &after["total"]),
        (&json!(2), &before["total"])
    );
    assert_eq!(
        after["journeys"][0]["scheduledDepartureAt"],
        "2026-11-20T15:00:00+00:00"
    );
    let segments = after["journeys"][0]["segments"].as_array().unwrap();
    let new = segments
        .iter()
        .find(|segment| segment["status"] == "CONFIRMED")
        .unwrap();
    let old = segments
        .iter()
        .find(|segment| segment["status"] == "CANCELLED")
        .unwrap();
    assert_eq!(
        (&new["flight"]["id"], &new["travelStatus"]),
        (&json!(late), &json!("EXPECTED"))
    );
    assert_eq!(old["flight"]["id"], json!(early));
    assert_eq!(after["ancillaries"][0]["segment"]["id"], new["id"]);
    assert_eq!(
        after["tickets"],
        json!([{ "coupons": [{ "status": "EXCHANGED" }] }, { "coupons": [{ "status": "OPEN" }] }])
    );
    let states: Vec<_> = after["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|service| service["deliveryStatus"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["REMOVED", "READY_TO_PROCEED", "READY_TO_PROCEED"]);
    assert_eq!(
        world.events("order.order.changed.v1").await[0]["journeys"][0]["departs_at"],
        "2026-11-20T15:00:00Z"
    );
}

#[tokio::test]
async fn whose_flight_was_cancelled_is_rebooked_by_the_airline() {
    let world = World::new().await;
    let (early, late) = (
        world.flight("DXB", "FRA", 2).await,
        world.flight("DXB", "FRA", 9).await,
    );
    let placed = world.staff().placed(one_adult(1, AMINA, &[early])).await;
    world.set_status(early, Status::Cancelled).await;
    let journey = parts(&world, &placed["id"]).await["journeys"][0]["id"].clone();
    world
        .staff()
        .change(moved(&placed, &journey, &[late]))
        .await;
    let after = parts(&world, &placed["id"]).await;
    let states: Vec<_> = after["journeys"][0]["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|segment| (&segment["status"], &segment["travelStatus"]))
        .collect();
    assert!(states.contains(&(&json!("CANCELLED_BY_CARRIER"), &json!("EXPECTED"))));
    assert!(states.contains(&(&json!("CONFIRMED"), &json!("INVOL_REBOOKED"))));
}

#[tokio::test]
async fn a_journey_keeps_its_ends_and_is_moved_before_it_begins() {
    let world = World::new().await;
    let (flight, elsewhere) = (
        world.flight("DXB", "FRA", 2).await,
        world.flight("DXB", "OSL", 9).await,
    );
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    let journey = parts(&world, &placed["id"]).await["journeys"][0]["id"].clone();
    assert_eq!(
        paths(
            &world
                .staff()
                .change(moved(&placed, &journey, &[elsewhere]))
                .await
        ),
        ["input.moveJourneys.0.segments"]
    );
    assert_eq!(
        paths(
            &world
                .staff()
                .change(moved(&placed, &placed["id"], &[flight]))
                .await
        ),
        ["input.moveJourneys.0.journeyId"]
    );
    let nothing = json!({ "orderId": placed["id"], "expectedVersion": 1 });
    assert_eq!(paths(&world.staff().change(nothing).await), ["input"]);
    let late = world.flight("DXB", "FRA", 9).await;
    world.set_status(flight, Status::Departed).await;
    assert_eq!(
        paths(
            &world
                .staff()
                .change(moved(&placed, &journey, &[late]))
                .await
        ),
        ["input.moveJourneys.0.journeyId"]
    );
    let mut stale = moved(&placed, &journey, &[late]);
    stale["expectedVersion"] = json!(9);
    assert_eq!(
        world.staff().change(stale).await,
        json!({ "__typename": "StaleVersion", "current": 1 })
    );
    assert_eq!(parts(&world, &placed["id"]).await["version"], 1);
}

#[tokio::test]
async fn two_passengers_swap_their_seats() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let mut input = one_adult(1, AMINA, &[flight]);
    input["passengers"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "givenName": "Sami", "familyName": "Haddad", "kind": "ADULT" }));
    input["journeys"][0]["faresMinor"] = json!([45_000, 45_000]);
    input["journeys"][0]["seats"] = json!([{ "passenger": 0, "segment": 0, "seat": "1A" }, { "passenger": 1, "segment": 0, "seat": "1B" }]);
    let placed = world.staff().placed(input).await;
    let segments = parts(&world, &placed["id"]).await["journeys"][0]["segments"].clone();
    let seats = |first: Value, second: Value, version: i32| {
        json!({ "orderId": placed["id"], "expectedVersion": version, "seats": [
            { "flightSegmentId": segments[0]["id"], "seat": first }, { "flightSegmentId": segments[1]["id"], "seat": second },
        ] })
    };
    let swapped = world
        .staff()
        .change(seats(
            segments[1]["seat"].clone(),
            segments[0]["seat"].clone(),
            1,
        ))
        .await;
    assert_eq!(swapped["__typename"], "OrderChanged", "{swapped:#}");
    let after = parts(&world, &placed["id"]).await["journeys"][0]["segments"].clone();
    assert_eq!(
        (&after[0]["seat"], &after[1]["seat"]),
        (&segments[1]["seat"], &segments[0]["seat"])
    );
    assert_eq!(
        paths(
            &world
                .staff()
                .change(seats(json!("2C"), json!("2C"), 2))
                .await
        ),
        ["input.seats.1.seat"]
    );
    world
        .staff()
        .change(seats(Value::Null, json!("7K"), 2))
        .await;
    let after = parts(&world, &placed["id"]).await["journeys"][0]["segments"].clone();
    assert_eq!(
        (&after[0]["seat"], &after[1]["seat"]),
        (&Value::Null, &json!("7K"))
    );
}
