use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{Customer, Flight, NewCustomer, NewFlight, NewOrder},
    on_both,
};

const WHOLE: &str = "order { recordLocator status version total { formatted } refund { formatted } customer { id } ownerAirline
    items { kind price { amountMinor } status } services { deliveryStatus } passengers { givenName kind hasSeat }
    tickets { number coupons { number status } } ancillaries { kind status emdNumber price { formatted } }
    journeys { direction status origin { iataCode } destination { iataCode } segments { sequence cabin seat status flight { designator } } } }";

async fn ready(app: &App) -> (Customer, Flight, Flight) {
    let customer = NewCustomer::named("Okafor").create(app).await;
    let out = NewFlight::of("EK", 46, "FRA", "DXB").create(app).await;
    let back = NewFlight::of("EK", 47, "DXB", "FRA")
        .departing_in(TimeDelta::days(20))
        .create(app)
        .await;
    (customer, out, back)
}

on_both!(an_order_is_placed_whole, async |app: App| {
    let (customer, out, back) = ready(&app).await;
    let mut input = NewOrder::of(&customer)
        .adults(2)
        .infant()
        .flying(&[&out])
        .flying(&[&back])
        .input(&app);
    input["journeys"][0]["seats"] = json!([{ "passenger": 0, "segment": 0, "seat": "12A" }]);
    input["ancillaries"] = json!([{ "passenger": 0, "journey": 0, "segment": 0, "kind": "BAG", "rfisc": "0AA", "priceMinor": 3_500 }]);
    let placed = app
        .agent()
        .must("placeOrder", "OrderPlaced", input, WHOLE)
        .await;
    let order = &placed["order"];

    assert_eq!(order["total"]["formatted"], "EUR 1,835.00");
    let items: i64 = order["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["price"]["amountMinor"].as_i64().unwrap())
        .sum();
    assert_eq!(items, 183_500, "the total is the sum of the items");
    assert_eq!(
        (
            &order["journeys"][0]["direction"],
            &order["journeys"][1]["direction"]
        ),
        (&json!("OUTBOUND"), &json!("INBOUND"))
    );
    assert_eq!(
        order["journeys"][0]["segments"][0],
        json!({
            "sequence": 0, "cabin": "Y", "seat": "12A", "status": "CONFIRMED", "flight": { "designator": "EK46" },
        })
    );
    assert_eq!(order["tickets"].as_array().unwrap().len(), 3);
    assert_eq!(order["tickets"][0]["coupons"].as_array().unwrap().len(), 2);
    assert!(
        order["tickets"][0]["number"]
            .as_str()
            .unwrap()
            .starts_with("176"),
        "the prefix of EK"
    );
    assert_eq!(
        order["passengers"][2],
        json!({ "givenName": "Ife", "kind": "INFANT", "hasSeat": false })
    );
    assert_eq!(
        (
            &order["ancillaries"][0]["kind"],
            &order["ancillaries"][0]["status"]
        ),
        (&json!("BAG"), &json!("PAID"))
    );
});

on_both!(the_same_key_places_one_order, async |app: App| {
    let (customer, out, _) = ready(&app).await;
    let input = NewOrder::of(&customer)
        .adults(1)
        .flying(&[&out])
        .input(&app);
    let first = app
        .agent()
        .must("placeOrder", "OrderPlaced", input.clone(), WHOLE)
        .await;
    assert_eq!(
        app.agent()
            .must("placeOrder", "OrderPlaced", input.clone(), WHOLE)
            .await,
        first
    );
    let mut other = input;
    other["channel"] = "APP".into();
    assert_eq!(
        app.agent().run("placeOrder", other, "").await["code"],
        "CONFLICT"
    );
    assert_eq!(app.picture().await.count("order_order"), 1);
});

on_both!(
    two_requests_under_one_key_at_the_same_time_place_one_order,
    async |app: App| {
        let (customer, out, _) = ready(&app).await;
        let input = NewOrder::of(&customer)
            .adults(1)
            .flying(&[&out])
            .input(&app);
        let agent = app.agent();
        let place = || agent.must("placeOrder", "OrderPlaced", input.clone(), "order { id }");
        let (one, two) = tokio::join!(place(), place());
        assert_eq!(one, two);
        assert_eq!(app.picture().await.count("order_order"), 1);
    }
);

on_both!(a_seat_is_sold_once, async |app: App| {
    let (customer, out, _) = ready(&app).await;
    let mut input = NewOrder::of(&customer)
        .adults(1)
        .flying(&[&out])
        .input(&app);
    input["journeys"][0]["seats"] = json!([{ "passenger": 0, "segment": 0, "seat": "12A" }]);
    app.agent()
        .must("placeOrder", "OrderPlaced", input.clone(), "order { id }")
        .await;
    input["idempotencyKey"] = app.key().into();
    let before = app.picture().await;
    let refused = app.agent().run("placeOrder", input, "").await;
    assert_eq!(
        refused["fields"][0]["path"],
        json!(["input", "journeys", "0", "seats"]),
        "{refused}"
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(flights_have_to_connect, async |app: App| {
    let (customer, out, back) = ready(&app).await;
    let soon = NewFlight::of("EK", 500, "DXB", "BOM")
        .departing_in(TimeDelta::days(10) + TimeDelta::minutes(379))
        .create(&app)
        .await;
    let before = app.picture().await;
    for (flights, path) in [
        (
            vec![&out, &soon],
            json!(["input", "journeys", "0", "segments", "1", "flightId"]),
        ),
        (
            vec![&back, &soon],
            json!(["input", "journeys", "0", "segments", "1", "flightId"]),
        ),
        (
            vec![&out, &back],
            json!(["input", "journeys", "0", "segments"]),
        ),
    ] {
        let refused = app
            .agent()
            .run(
                "placeOrder",
                NewOrder::of(&customer)
                    .adults(1)
                    .flying(&flights)
                    .input(&app),
                "",
            )
            .await;
        assert_eq!(refused["fields"][0]["path"], path, "{refused}");
        assert!(refused["fields"][0]["rule"].is_string(), "{refused}");
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(
    nobody_boards_what_has_left_or_is_cancelled,
    async |app: App| {
        let (customer, out, back) = ready(&app).await;
        back.cancel(&app, "41").await;
        let refused = async |flight: &Flight| {
            app.agent()
                .run(
                    "placeOrder",
                    NewOrder::of(&customer)
                        .adults(1)
                        .flying(&[flight])
                        .input(&app),
                    "",
                )
                .await
        };
        assert!(
            refused(&back).await["fields"][0]["message"]
                .as_str()
                .unwrap()
                .contains("cancelled")
        );
        app.later(TimeDelta::days(11));
        // Tokens are new, because time has passed.
        assert!(
            refused(&out).await["fields"][0]["message"]
                .as_str()
                .unwrap()
                .contains("left already")
        );
    }
);

on_both!(every_wrong_field_is_named_at_once, async |app: App| {
    let (customer, out, _) = ready(&app).await;
    let mut input = NewOrder::of(&customer)
        .adults(1)
        .infant()
        .infant()
        .flying(&[&out])
        .input(&app);
    input["currency"] = "EURO".into();
    input["passengers"][0]["givenName"] = "R2D2".into();
    input["journeys"][0]["faresMinor"] = json!([-1, 0]);
    input["journeys"][0]["segments"][0]["bookingClass"] = "YY".into();
    input["journeys"][0]["seats"] = json!([{ "passenger": 7, "segment": 0, "seat": "12A" }]);
    input["ancillaries"] = json!([{ "passenger": 0, "kind": "WIFI", "rfisc": "?", "priceMinor": 1_000_000_000_000_i64 }]);
    let before = app.picture().await;
    let refused = app.agent().run("placeOrder", input, "").await;
    let named: Vec<String> = refused["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| join(&field["path"]))
        .collect();
    for path in [
        "input.currency",
        "input.passengers",
        "input.passengers.0.givenName",
        "input.journeys.0.faresMinor",
        "input.journeys.0.faresMinor.0",
        "input.journeys.0.segments.0.bookingClass",
        "input.journeys.0.seats.0.passenger",
        "input.ancillaries.0.segment",
        "input.ancillaries.0.rfisc",
        "input.ancillaries.0.priceMinor",
    ] {
        assert!(
            named.iter().any(|named| named == path),
            "{path} is not named in {named:#?}"
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

fn join(path: &Value) -> String {
    path.as_array()
        .unwrap()
        .iter()
        .map(|part| part.as_str().unwrap())
        .collect::<Vec<_>>()
        .join(".")
}
