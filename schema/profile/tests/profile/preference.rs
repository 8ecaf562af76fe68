use serde_json::{Value, json};

use crate::kit::{World, agent, staff};

const SET: &str = "... on PreferenceSet { preference { kind value isSpecialCategory updatedAt } customer { preferences { value } } }";

async fn set(world: &World, id: &str, kind: &str, value: &str) -> Value {
    world
        .mutate(
            agent(),
            "setPreference",
            json!({ "customerId": id, "kind": kind, "value": value }),
            SET,
        )
        .await
}

#[tokio::test]
async fn one_value_of_each_kind_is_kept() {
    let world = World::new().await;
    let id = world.amal().await;
    set(&world, &id, "SEAT", "window").await;
    set(&world, &id, "MEAL", "vgml").await;
    let again = set(&world, &id, "SEAT", "aisle").await;
    assert_eq!(again["preference"]["value"], "AISLE");
    assert_eq!(
        again["customer"]["preferences"],
        json!([{ "value": "VGML" }, { "value": "AISLE" }])
    );
    let events = world.count("outbox").await;
    set(&world, &id, "SEAT", "AISLE").await;
    assert_eq!(
        world.count("outbox").await,
        events,
        "stating the same again writes nothing"
    );

    let which = json!({ "customerId": id, "kind": "SEAT" });
    let removed = world
        .mutate(
            agent(),
            "removePreference",
            which.clone(),
            "... on PreferenceRemoved { customer { preferences { value } } }",
        )
        .await;
    assert_eq!(
        removed["customer"]["preferences"],
        json!([{ "value": "VGML" }])
    );
    assert_eq!(
        world.mutate(agent(), "removePreference", which, "").await["outcome"],
        "NotFound"
    );
}

#[tokio::test]
async fn withdrawn_and_unknown_codes_are_refused() {
    let world = World::new().await;
    let id = world.amal().await;
    for (kind, value) in [
        ("MEAL", "ORML"),
        ("MEAL", "PIZZA"),
        ("SEAT", "LAP"),
        ("CHANNEL", "PIGEON"),
        ("LANGUAGE", "?"),
        ("DRINK", ""),
    ] {
        let refused = set(&world, &id, kind, value).await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "value"]),
            "{kind} {value}"
        );
    }
    assert_eq!(world.count("preference").await, 0);
}

#[tokio::test]
async fn what_reveals_belief_or_health_is_shown_to_few() {
    let world = World::new().await;
    let id = world.amal().await;
    set(&world, &id, "MEAL", "MOML").await;
    let document =
        "query($id: ID!) { customer(id: $id) { preferences { value isSpecialCategory } } }";
    let clerk = world
        .data(staff(&["customer:read"]), document, json!({ "id": id }))
        .await;
    assert_eq!(
        clerk["customer"]["preferences"],
        json!([{ "value": null, "isSpecialCategory": true }])
    );
    let agent = world.data(agent(), document, json!({ "id": id })).await;
    assert_eq!(agent["customer"]["preferences"][0]["value"], "MOML");
}
