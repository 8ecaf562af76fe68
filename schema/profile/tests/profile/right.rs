use schema_kernel::{Actor, ActorKind};
use serde_json::{Value, json};

use crate::kit::{World, agent, customer, staff, texts};

const ENTITIES: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on Customer { id displayName } } }";

fn keys(ids: &[&str]) -> Value {
    let keys: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "__typename": "Customer", "id": id }))
        .collect();
    json!({ "keys": keys })
}

#[tokio::test]
async fn customers_see_themselves_alone() {
    let world = World::new().await;
    let own = world.amal().await;
    let other = world
        .customer(json!({ "familyName": "Else", "email": "else@example.com" }))
        .await;
    let document = "query($own: ID!, $other: ID!) { me { id } own: customer(id: $own) { id } other: customer(id: $other) { id }
        customers(first: 10) { edges { node { id } } } found: customers(filter: { email: \"else@example.com\" }, first: 10) { edges { node { id } } } }";
    let data = world
        .data(
            customer(&own),
            document,
            json!({ "own": own, "other": other }),
        )
        .await;
    assert_eq!(
        (&data["me"]["id"], &data["own"]["id"], &data["other"]),
        (&json!(own), &json!(own), &Value::Null)
    );
    assert_eq!(
        texts(&data["customers"]["edges"], "node.id"),
        [own.as_str()]
    );
    assert_eq!(data["found"]["edges"], json!([]));

    let entities = world
        .data(customer(&own), ENTITIES, keys(&[&own, &other]))
        .await;
    assert_eq!(entities["_entities"][0]["displayName"], "Amal Haddad");
    assert_eq!(entities["_entities"][1], Value::Null);
}

#[tokio::test]
async fn partners_and_devices_reach_no_person() {
    let world = World::new().await;
    let id = world.amal().await;
    for kind in [ActorKind::Partner, ActorKind::Device] {
        let actor = Actor::new("machine", kind, "machine", ["customer:read".to_owned()]);
        let data = world
            .data(actor, "query($id: ID!) { me { id } customer(id: $id) { id } customers(first: 1) { edges { cursor } } }", json!({ "id": id }))
            .await;
        assert_eq!(
            data,
            json!({ "me": null, "customer": null, "customers": { "edges": [] } })
        );
    }
}

#[tokio::test]
async fn values_in_clear_and_sensitive_fields_need_their_own_scope() {
    let world = World::new().await;
    let id = world.amal().await;
    let document = "query($id: ID!) { customer(id: $id) { displayName birthDate nationality gender contactPoints { value maskedValue } } }";
    let answer = world
        .ask(staff(&["customer:read"]), document, json!({ "id": id }))
        .await;
    let person = &answer["data"]["customer"];
    assert_eq!(person["displayName"], "Amal Haddad");
    for field in ["birthDate", "nationality", "gender"] {
        assert_eq!(person[field], Value::Null, "{field}");
    }
    assert_eq!(
        person["contactPoints"][0],
        json!({ "value": null, "maskedValue": "A•••@e•••.com" })
    );
    assert!(
        texts(&answer["errors"], "extensions.code")
            .iter()
            .all(|code| code == "FORBIDDEN")
    );
    assert!(!answer.to_string().contains("Amal.Haddad"));
}

#[tokio::test]
async fn one_bad_key_keeps_its_batch_and_keys_are_read_together() {
    let world = World::new().await;
    let id = world.amal().await;
    let missing = "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f";
    let before = world.database.statement_count();
    let answer = world
        .ask(agent(), ENTITIES, keys(&[&id, "nonsense", missing]))
        .await;
    assert_eq!(world.database.statement_count() - before, 1);
    assert_eq!(
        answer["data"]["_entities"],
        json!([{ "id": id, "displayName": "Amal Haddad" }, null, null])
    );
    assert_eq!(
        texts(&answer["errors"], "extensions.code"),
        ["BAD_USER_INPUT"]
    );
}

#[tokio::test]
async fn ids_that_cannot_be_are_told_apart_from_ids_that_are_not() {
    let world = World::new().await;
    let answer = world
        .ask(agent(), "{ customer(id: \"nonsense\") { id } }", json!({}))
        .await;
    assert_eq!(
        texts(&answer["errors"], "extensions.code"),
        ["BAD_USER_INPUT"]
    );
    let data = world
        .data(
            agent(),
            "{ customer(id: \"01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f\") { id } me { id } }",
            json!({}),
        )
        .await;
    assert_eq!(data, json!({ "customer": null, "me": null }));
}
