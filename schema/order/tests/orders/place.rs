use entities::order::{flight::Status, flight_segment, order, ticket};
use serde_json::json;
use uuid::Uuid;

use crate::world::{AMINA, OTTO, World, one_adult, paths};

#[tokio::test]
async fn an_order_is_written_with_all_its_parts_and_told_once() {
    let world = World::new().await;
    let flights = [
        world.flight("DXB", "FRA", 2).await,
        world.flight("FRA", "HAM", 4).await,
    ];
    let mut input = one_adult(1, AMINA, &flights);
    input["passengers"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "givenName": "Noor", "familyName": "Haddad-Noor", "kind": "INFANT" }));
    input["journeys"][0]["faresMinor"] = json!([45_000, 4_500]);
    input["journeys"][0]["seats"] = json!([{ "passenger": 0, "segment": 1, "seat": "12a" }]);
    input["ancillaries"] = json!([
        { "passenger": 0, "journey": 0, "segment": 0, "kind": "BAG", "rfisc": "0AA", "priceMinor": 6_000 },
        { "passenger": 0, "kind": "LOUNGE", "rfisc": "0BX", "priceMinor": 5_000 },
    ]);
    let placed = world.staff().placed(input).await;
    assert_eq!(
        placed["total"],
        json!({ "amountMinor": 60_500, "currency": "EUR" })
    );

    let document = "query ($id: ID!) { order(id: $id) {
        customer { id } items { kind price { amountMinor } journey { id } ancillary { kind } }
        services { deliveryStatus passenger { givenName } segment { sequence } item { kind } }
        journeys { direction status origin { iataCode } destination { iataCode } passengers { kind hasSeat }
            segments { seat sequence cabin bookingClass status travelStatus flight { origin { iataCode } } passenger { givenName } } }
        tickets { number coupons { number status segment { sequence } } passenger { givenName } }
        ancillaries { kind rfic emdNumber status segment { sequence } } bagTags { number }
    } }";
    let order = world
        .staff()
        .ask(document, json!({ "id": placed["id"] }))
        .await["order"]
        .clone();
    assert_eq!(order["items"].as_array().unwrap().len(), 4);
    assert_eq!(order["services"].as_array().unwrap().len(), 6);
    assert_eq!(order["journeys"][0]["status"], "ON_TIME");
    assert_eq!(order["journeys"][0]["destination"]["iataCode"], "HAM");
    assert_eq!(
        order["journeys"][0]["segments"].as_array().unwrap().len(),
        4
    );
    assert_eq!(
        order["journeys"][0]["passengers"][1],
        json!({ "kind": "INFANT", "hasSeat": false })
    );
    assert_eq!(order["tickets"].as_array().unwrap().len(), 2);
    assert!(
        order["tickets"][0]["number"]
            .as_str()
            .unwrap()
            .starts_with("176")
    );
    assert_eq!(
        order["tickets"][0]["coupons"][1],
        json!({ "number": 2, "status": "OPEN", "segment": { "sequence": 1 } })
    );
    assert_eq!(order["ancillaries"][0]["rfic"], "C");
    assert_eq!(order["ancillaries"][1]["segment"], json!(null));

    let events = world.events("order.order.placed.v1").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["total_minor"], 60_500);
    assert_eq!(events[0]["journeys"][0]["origin"], "DXB");
    assert_eq!(events[0]["record_locator"], placed["recordLocator"]);
}

#[tokio::test]
async fn the_same_request_is_done_once() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let input = one_adult(1, AMINA, &[flight]);
    let first = world.staff().placed(input.clone()).await;
    let second = world.staff().placed(input.clone()).await;
    assert_eq!(first, second);
    let mut other = input;
    other["channel"] = json!("APP");
    assert_eq!(world.staff().place(other).await["__typename"], "Conflict");
    assert_eq!(world.count::<order::Entity>().await, 1);
    assert_eq!(world.events("order.order.placed.v1").await.len(), 1);
}

#[tokio::test]
async fn customers_sell_themselves_no_fares_of_employees() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let mut input = one_adult(1, AMINA, &[flight]);
    input["fareKind"] = json!("STAFF");
    input["channel"] = json!("CONTACT_CENTRE");
    let refused = world.customer(AMINA).place(input.clone()).await;
    assert_eq!(paths(&refused), ["input.fareKind", "input.channel"]);
    assert_eq!(world.count::<order::Entity>().await, 0);
    world.staff().placed(input).await;
    world
        .customer(AMINA)
        .placed(one_adult(2, AMINA, &[flight]))
        .await;
}

#[tokio::test]
async fn everything_wrong_is_reported_at_once_with_its_path() {
    let world = World::new().await;
    let mut input = one_adult(1, AMINA, &[]);
    input["currency"] = json!("EURO");
    input["passengers"] = json!([
        { "givenName": "7", "familyName": "", "kind": "INFANT" },
        { "givenName": "Kim", "familyName": "Lee", "kind": "CHILD", "hasSeat": false },
    ]);
    input["journeys"] = json!([{ "segments": [{ "flightId": "x", "cabin": "Y", "bookingClass": "YY", "fareBasis": "-" }], "faresMinor": [-1] }]);
    input["ancillaries"] =
        json!([{ "passenger": 9, "kind": "BAG", "rfisc": "?", "priceMinor": 0 }]);
    let outcome = world.staff().place(input).await;
    assert_eq!(
        paths(&outcome),
        [
            "input.currency",
            "input.passengers.0.givenName",
            "input.passengers.0.familyName",
            "input.passengers.1.hasSeat",
            "input.passengers",
            "input.journeys.0.segments.0.flightId",
            "input.journeys.0.segments.0.bookingClass",
            "input.journeys.0.segments.0.fareBasis",
            "input.journeys.0.faresMinor",
            "input.journeys.0.faresMinor.0",
            "input.ancillaries.0.passenger",
            "input.ancillaries.0.segment",
            "input.ancillaries.0.rfisc",
        ]
    );
    assert_eq!(world.count::<order::Entity>().await, 0);
}

#[tokio::test]
async fn flights_must_exist_fly_and_connect() {
    let world = World::new().await;
    let cancelled = world.flight("DXB", "FRA", 2).await;
    world.set_status(cancelled, Status::Cancelled).await;
    let elsewhere = world.flight("OSL", "HAM", 5).await;
    let unknown = entities::id::FlightId(Uuid::from_u128(99));
    let mut input = one_adult(1, AMINA, &[cancelled, elsewhere, unknown]);
    input["ownerAirline"] = json!("ZZ");
    let outcome = world.staff().place(input.clone()).await;
    let expected = [
        "input.ownerAirline",
        "input.journeys.0.segments.0.flightId",
        "input.journeys.0.segments.1.flightId",
        "input.journeys.0.segments.2.flightId",
    ];
    assert_eq!(paths(&outcome), expected);
    let gone = world.flight("DXB", "FRA", -1).await;
    assert_eq!(
        paths(&world.staff().place(one_adult(2, AMINA, &[gone])).await),
        ["input.journeys.0.segments.0.flightId"]
    );
    assert_eq!(world.count::<order::Entity>().await, 0);
    assert_eq!(world.count::<ticket::Entity>().await, 0);
}

#[tokio::test]
async fn journeys_come_in_order_of_travel() {
    let world = World::new().await;
    let (out, back) = (
        world.flight("DXB", "FRA", 8).await,
        world.flight("FRA", "DXB", 2).await,
    );
    let mut input = one_adult(1, AMINA, &[out]);
    let journey = one_adult(1, AMINA, &[back])["journeys"][0].clone();
    input["journeys"].as_array_mut().unwrap().push(journey);
    assert_eq!(
        paths(&world.staff().place(input.clone()).await),
        ["input.journeys.1"]
    );
    input["journeys"].as_array_mut().unwrap().reverse();
    input["idempotencyKey"] = json!(Uuid::from_u128(2));
    let placed = world.staff().placed(input).await;
    let order = world
        .staff()
        .ask(
            "query ($id: ID!) { order(id: $id) { journeys { direction } } }",
            json!({ "id": placed["id"] }),
        )
        .await;
    assert_eq!(
        order["order"]["journeys"],
        json!([{ "direction": "OUTBOUND" }, { "direction": "INBOUND" }])
    );
}

#[tokio::test]
async fn a_seat_is_sold_once() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let with_seat = |key| {
        let mut input = one_adult(key, AMINA, &[flight]);
        input["journeys"][0]["seats"] = json!([{ "passenger": 0, "segment": 0, "seat": "1A" }]);
        input
    };
    let first = world.staff().placed(with_seat(1)).await;
    assert_eq!(
        paths(&world.staff().place(with_seat(2)).await),
        ["input.journeys.0.seats"]
    );
    assert_eq!(
        world.staff().cancel(&first["id"], 1).await["__typename"],
        "OrderCancelled"
    );
    world.staff().placed(with_seat(3)).await;
    assert_eq!(world.count::<flight_segment::Entity>().await, 2);
}

#[tokio::test]
async fn a_customer_orders_for_themselves_only() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let other = world
        .customer(AMINA)
        .place(one_adult(1, OTTO, &[flight]))
        .await;
    assert_eq!(other["__typename"], "NotFound");
    let mut input = one_adult(2, AMINA, &[flight]);
    input["passengers"][0]["customerId"] = json!(OTTO);
    assert_eq!(
        paths(&world.customer(AMINA).place(input).await),
        ["input.passengers.0.customerId"]
    );
    world
        .customer(AMINA)
        .placed(one_adult(3, AMINA, &[flight]))
        .await;
}
