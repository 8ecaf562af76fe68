use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{App, build::Trip, on_both, walk};

fn purchase(app: &App, trip: &Trip) -> Value {
    json!({
        "idempotencyKey": app.key(), "customerId": trip.customer.id, "channel": "INFLIGHT", "flightId": trip.flight.id, "currency": "AED", "paymentLast4": "4242",
        "items": [{ "category": "DUTY_FREE", "productCode": "DF-1042", "quantity": 2, "unitPriceMinor": 19_900 },
                  { "category": "CONNECTIVITY", "productCode": "WIFI", "quantity": 1, "unitPriceMinor": 0 }],
    })
}

on_both!(a_purchase_is_recorded_once_and_told, async |app: App| {
    let trip = Trip::new(&app).await;
    let input = purchase(&app, &trip);
    let selection = "purchase { id total { formatted } paymentLast4 flight { designator } customer { displayName } items { category quantity unitPrice { amountMinor } } }";
    let first = app
        .agent()
        .must(
            "recordPurchase",
            "PurchaseRecorded",
            input.clone(),
            selection,
        )
        .await;
    assert_eq!(
        app.agent()
            .must(
                "recordPurchase",
                "PurchaseRecorded",
                input.clone(),
                selection
            )
            .await,
        first
    );
    assert_eq!(
        (
            &first["purchase"]["total"]["formatted"],
            &first["purchase"]["flight"]["designator"]
        ),
        (&json!("AED 398.00"), &json!("EK46"))
    );
    let mut other = input;
    other["currency"] = "EUR".into();
    assert_eq!(
        app.agent().run("recordPurchase", other, "").await["code"],
        "CONFLICT"
    );
    app.deliver().await;
    assert!(
        trip.timeline(&app).await[0].starts_with("Bought "),
        "{:?}",
        trip.timeline(&app).await
    );
    assert_eq!(app.picture().await.count("order_purchase"), 1);
});

on_both!(what_cannot_be_is_named, async |app: App| {
    let trip = Trip::new(&app).await;
    let before = app.picture().await;
    let tomorrow = (app.now() + TimeDelta::days(1)).to_rfc3339();
    for (pointer, value, path) in [
        ("/currency", json!("XXXX"), json!(["input", "currency"])),
        ("/flightId", Value::Null, json!(["input", "flightId"])),
        ("/flightId", json!("EK46"), json!(["input", "flightId"])),
        ("/flightId", json!(app.key()), json!(["input", "flightId"])),
        (
            "/paymentLast4",
            json!("4111111111111111"),
            json!(["input", "paymentLast4"]),
        ),
        (
            "/purchasedAt",
            json!(tomorrow),
            json!(["input", "purchasedAt"]),
        ),
        ("/items", json!([]), json!(["input", "items"])),
        (
            "/items/0/quantity",
            json!(0),
            json!(["input", "items", "0", "quantity"]),
        ),
        (
            "/items/0/unitPriceMinor",
            json!(-1),
            json!(["input", "items", "0", "unitPriceMinor"]),
        ),
        (
            "/items/1/productCode",
            json!(""),
            json!(["input", "items", "1", "productCode"]),
        ),
    ] {
        let mut input = purchase(&app, &trip);
        match input.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => input[&pointer[1..]] = value,
        }
        let refused = app.agent().run("recordPurchase", input, "").await;
        assert_eq!(refused["fields"][0]["path"], path, "{pointer}: {refused}");
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(purchases_come_latest_first, async |app: App| {
    let trip = Trip::new(&app).await;
    for days in [3, 1, 2, 2, 2] {
        let mut input = purchase(&app, &trip);
        input["purchasedAt"] = (app.now() - TimeDelta::days(days)).to_rfc3339().into();
        input["flightId"] = Value::Null;
        input["channel"] = "WEB".into();
        app.agent()
            .must(
                "recordPurchase",
                "PurchaseRecorded",
                input,
                "purchase { id }",
            )
            .await;
    }
    let list = format!("customer(id: \"{}\") {{ purchases(PAGE)", trip.customer.id);
    let (forward, backward) = (
        walk::forward(&app.agent(), &list, 2).await,
        walk::backward(&app.agent(), &list, 2).await,
    );
    assert_eq!((forward.len(), &forward), (5, &backward));
});
