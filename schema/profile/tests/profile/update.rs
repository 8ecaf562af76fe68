use serde_json::{Value, json};

use crate::kit::{World, agent, customer};

const UPDATED: &str = "... on CustomerUpdated { customer { version title givenName familyName nationality homeAirport language isVip
    travelDocumentFamilyName travelDocumentGivenName updatedAt } } ... on StaleVersion { current }";

async fn update(world: &World, id: &str, version: i32, change: Value) -> Value {
    let mut input = json!({ "customerId": id, "expectedVersion": version });
    input
        .as_object_mut()
        .unwrap()
        .extend(change.as_object().unwrap().clone());
    world
        .mutate(agent(), "updateCustomer", input, UPDATED)
        .await
}

#[tokio::test]
async fn absent_null_and_value_are_three_things() {
    let world = World::new().await;
    let id = world.amal().await;
    let changed = update(
        &world,
        &id,
        1,
        json!({ "title": "DR", "nationality": null }),
    )
    .await;
    assert_eq!(changed["customer"]["title"], "DR");
    assert_eq!(changed["customer"]["nationality"], Value::Null);
    assert_eq!(changed["customer"]["homeAirport"], "DXB");
    assert_eq!(changed["customer"]["version"], 2);

    let changed = update(&world, &id, 2, json!({ "title": null, "isVip": true })).await;
    assert_eq!(changed["customer"]["title"], Value::Null);
    assert_eq!(changed["customer"]["isVip"], true);
    assert_eq!(changed["customer"]["givenName"], "Amal");
}

#[tokio::test]
async fn a_change_that_changes_nothing_writes_nothing() {
    let world = World::new().await;
    let id = world.amal().await;
    let events = world.count("outbox").await;
    let same = update(
        &world,
        &id,
        1,
        json!({ "givenName": " Amal ", "homeAirport": "dxb", "isVip": false }),
    )
    .await;
    assert_eq!(same["customer"]["version"], 1);
    assert_eq!(world.count("outbox").await, events);
}

#[tokio::test]
async fn a_stale_version_is_told_the_present_one() {
    let world = World::new().await;
    let id = world.amal().await;
    update(&world, &id, 1, json!({ "isVip": true })).await;
    let stale = update(&world, &id, 1, json!({ "isVip": false })).await;
    assert_eq!(
        (&stale["outcome"], &stale["current"]),
        (&json!("StaleVersion"), &json!(2))
    );
}

#[tokio::test]
async fn required_fields_cannot_be_emptied_and_all_problems_are_named() {
    let world = World::new().await;
    let id = world.amal().await;
    let refused = update(
        &world,
        &id,
        1,
        json!({ "familyName": null, "language": null, "gender": null, "isVip": null, "nationality": "ZZ", "birthDate": "1700-01-01", "givenName": "<>" }),
    )
    .await;
    assert_eq!(refused["outcome"], "InvalidInput");
    assert_eq!(
        refused["fields"].as_array().unwrap().len(),
        7,
        "{refused:#}"
    );
    let unchanged = update(&world, &id, 1, json!({})).await;
    assert_eq!(unchanged["customer"]["familyName"], "Haddad");
}

#[tokio::test]
async fn a_new_name_brings_its_spelling_and_is_found() {
    let world = World::new().await;
    let id = world.amal().await;
    let changed = update(
        &world,
        &id,
        1,
        json!({ "familyName": "Müller", "givenName": null }),
    )
    .await;
    assert_eq!(changed["customer"]["travelDocumentFamilyName"], "MUELLER");
    assert_eq!(changed["customer"]["travelDocumentGivenName"], Value::Null);
    let changed = update(
        &world,
        &id,
        2,
        json!({ "travelDocumentFamilyName": "Muller" }),
    )
    .await;
    assert_eq!(changed["customer"]["travelDocumentFamilyName"], "MULLER");
    let kept = update(
        &world,
        &id,
        3,
        json!({ "familyName": "Müller", "title": "MX" }),
    )
    .await;
    assert_eq!(kept["customer"]["travelDocumentFamilyName"], "MULLER");
    let derived = update(&world, &id, 4, json!({ "travelDocumentFamilyName": null })).await;
    assert_eq!(derived["customer"]["travelDocumentFamilyName"], "MUELLER");
    for (name, hits) in [("muller", 1), ("haddad", 0), ("amal", 0)] {
        let document = "query($name: String) { customers(filter: { name: $name }, first: 5) { edges { cursor } } }";
        let data = world.data(agent(), document, json!({ "name": name })).await;
        assert_eq!(
            data["customers"]["edges"].as_array().unwrap().len(),
            hits,
            "{name}"
        );
    }
}

#[tokio::test]
async fn customers_change_themselves_alone_and_not_what_staff_decide() {
    let world = World::new().await;
    let own = world.amal().await;
    let other = world.customer(json!({ "familyName": "Else" })).await;
    let change = |id: &str, field: &str, value: Value| json!({ "customerId": id, "expectedVersion": 1, field: value });

    let refused = world
        .mutate(
            customer(&own),
            "updateCustomer",
            change(&own, "isVip", json!(true)),
            UPDATED,
        )
        .await;
    assert_eq!(refused["fields"][0]["path"], json!(["input", "isVip"]));
    let hidden = world
        .mutate(
            customer(&own),
            "updateCustomer",
            change(&other, "language", json!("de")),
            UPDATED,
        )
        .await;
    assert_eq!(hidden["outcome"], "NotFound");
    let missing = change(
        "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f",
        "language",
        json!("de"),
    );
    assert_eq!(
        world
            .mutate(agent(), "updateCustomer", missing, UPDATED)
            .await["outcome"],
        "NotFound"
    );
    let malformed = world
        .mutate(
            agent(),
            "updateCustomer",
            change("x", "language", json!("de")),
            UPDATED,
        )
        .await;
    assert_eq!(
        malformed["fields"][0]["path"],
        json!(["input", "customerId"])
    );
    let changed = world
        .mutate(
            customer(&own),
            "updateCustomer",
            change(&own, "language", json!("de")),
            UPDATED,
        )
        .await;
    assert_eq!(changed["customer"]["language"], "de");
}
