use entities::order::purchase;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{AMINA, OTTO, World, paths};

const RECORD: &str = "mutation ($input: RecordPurchaseInput!) { recordPurchase(input: $input) {
    __typename
    ... on PurchaseRecorded { purchase { id total { amountMinor currency } items { category quantity } flight { id } } }
    ... on InvalidInput { fields { path message } }
} }";

fn perfume(flight: Option<entities::id::FlightId>) -> Value {
    json!({
        "idempotencyKey": Uuid::from_u128(1), "customerId": AMINA, "channel": "INFLIGHT", "flightId": flight, "currency": "AED",
        "items": [{ "category": "DUTY_FREE", "productCode": "DF-1042", "quantity": 2, "unitPriceMinor": 31_000 }],
        "paymentLast4": "4242",
    })
}

#[tokio::test]
async fn a_purchase_is_recorded_once_and_told_once() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let input = json!({ "input": perfume(Some(flight)) });
    let first = world.staff().ask(RECORD, input.clone()).await["recordPurchase"].clone();
    assert_eq!(
        first["purchase"]["total"],
        json!({ "amountMinor": 62_000, "currency": "AED" })
    );
    assert_eq!(first["purchase"]["flight"]["id"], json!(flight));
    assert_eq!(
        world.staff().ask(RECORD, input).await["recordPurchase"],
        first
    );
    assert_eq!(world.count::<purchase::Entity>().await, 1);
    let events = world.events("order.purchase.made.v1").await;
    assert_eq!(
        (events.len(), &events[0]["description_code"]),
        (1, &json!("DUTY_FREE"))
    );
}

#[tokio::test]
async fn what_cannot_be_right_is_not_recorded() {
    let world = World::new().await;
    let mut input = perfume(None);
    input["currency"] = json!("aed");
    input["paymentLast4"] = json!("4242424242424242");
    input["purchasedAt"] = json!("2027-01-01T00:00:00Z");
    input["items"][0]["quantity"] = json!(0);
    let outcome =
        world.staff().ask(RECORD, json!({ "input": input })).await["recordPurchase"].clone();
    let expected = [
        "input.items.0.quantity",
        "input.flightId",
        "input.currency",
        "input.paymentLast4",
        "input.purchasedAt",
    ];
    assert_eq!(paths(&outcome), expected);
    assert!(!outcome.to_string().contains("4242424242424242"));
    // Before there were computers, and before PostgreSQL counts.
    for long_ago in [
        "1969-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "-262143-01-01T00:00:00Z",
    ] {
        let mut input = perfume(Some(world.flight("DXB", "FRA", 2).await));
        input["purchasedAt"] = json!(long_ago);
        let outcome = world.staff().ask(RECORD, json!({ "input": input })).await;
        assert_eq!(
            paths(&outcome["recordPurchase"]),
            ["input.purchasedAt"],
            "{long_ago}"
        );
    }
    let other = world
        .customer(OTTO)
        .ask(RECORD, json!({ "input": perfume(None) }))
        .await;
    assert_eq!(other["recordPurchase"]["__typename"], "NotFound");
    assert_eq!(world.count::<purchase::Entity>().await, 0);
}
