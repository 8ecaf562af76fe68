use serde_json::{Value, json};

use crate::kit::{World, agent, customer, texts};

const RECORDED: &str = "... on InteractionRecorded { interaction { id kind summary occurredAt agentId sentiment flight { id } } }";

fn call(id: &str, fields: Value) -> Value {
    let mut call = json!({ "customerId": id, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND", "summary": "Asked for a seat" });
    call.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    call
}

#[tokio::test]
async fn card_data_is_taken_out_before_it_is_kept() {
    let world = World::new().await;
    let id = world.amal().await;
    let input = call(
        &id,
        json!({ "summary": "Paid with 4111 1111 1111 1111, CVV 123", "sentiment": "NEGATIVE" }),
    );
    let recorded = world
        .mutate(agent(), "recordInteraction", input, RECORDED)
        .await;
    let summary = recorded["interaction"]["summary"].as_str().unwrap();
    assert_eq!(
        summary,
        "Paid with [card number removed], CVV [security code removed]"
    );
    assert_eq!(recorded["interaction"]["agentId"], "agent-7");
}

#[tokio::test]
async fn a_request_that_comes_twice_is_recorded_once() {
    let world = World::new().await;
    let id = world.amal().await;
    let input = call(
        &id,
        json!({ "idempotencyKey": "0b6f2f0e-51d2-4f6e-9a55-7d3f7a1f2c12" }),
    );
    let first = world
        .mutate(agent(), "recordInteraction", input.clone(), RECORDED)
        .await;
    assert_eq!(
        world
            .mutate(agent(), "recordInteraction", input, RECORDED)
            .await,
        first
    );
    assert_eq!(world.count("interaction").await, 1);
}

#[tokio::test]
async fn what_cannot_be_is_refused_whole() {
    let world = World::new().await;
    let id = world.amal().await;
    let input = call(
        &id,
        json!({ "summary": "  ", "occurredAt": "2026-11-21T00:00:00Z", "flightId": "x", "orderId": "y" }),
    );
    let refused = world
        .mutate(agent(), "recordInteraction", input, RECORDED)
        .await;
    assert_eq!(
        refused["fields"].as_array().unwrap().len(),
        4,
        "{refused:#}"
    );
    assert_eq!(world.count("interaction").await, 0);
    let other = world.customer(json!({ "familyName": "Else" })).await;
    assert_eq!(
        world
            .mutate(
                customer(&id),
                "recordInteraction",
                call(&other, json!({})),
                RECORDED
            )
            .await["outcome"],
        "NotFound"
    );
}

#[tokio::test]
async fn interactions_are_paged_newest_first() {
    let world = World::new().await;
    let id = world.amal().await;
    for hour in 1..=5 {
        let at = format!("2026-11-19T0{hour}:00:00Z");
        world
            .mutate(
                agent(),
                "recordInteraction",
                call(
                    &id,
                    json!({ "summary": format!("call {hour}"), "occurredAt": at }),
                ),
                RECORDED,
            )
            .await;
    }
    let page = async |arguments: String| {
        let document = format!(
            "query($id: ID!) {{ customer(id: $id) {{ interactions({arguments}) {{ edges {{ node {{ summary }} }} pageInfo {{ endCursor hasNextPage }} }} }} }}"
        );
        world.data(agent(), &document, json!({ "id": id })).await["customer"]["interactions"].take()
    };
    let first = page("first: 3".to_owned()).await;
    assert_eq!(
        texts(&first["edges"], "node.summary"),
        ["call 5", "call 4", "call 3"]
    );
    let rest = page(format!(
        "first: 3, after: {}",
        first["pageInfo"]["endCursor"]
    ))
    .await;
    assert_eq!(texts(&rest["edges"], "node.summary"), ["call 2", "call 1"]);
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);
    let oldest = page("last: 2".to_owned()).await;
    assert_eq!(
        texts(&oldest["edges"], "node.summary"),
        ["call 2", "call 1"]
    );
}

#[tokio::test]
async fn customers_do_not_state_what_the_airline_said() {
    let world = World::new().await;
    let id = world.amal().await;
    for (field, value) in [("direction", "OUTBOUND"), ("retention", "CASE")] {
        let mut input = call(&id, json!({}));
        input[field] = json!(value);
        let refused = world
            .mutate(customer(&id), "recordInteraction", input.clone(), RECORDED)
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", field]),
            "{refused:#}"
        );
        let recorded = world
            .mutate(agent(), "recordInteraction", input, RECORDED)
            .await;
        assert!(recorded["interaction"]["id"].is_string(), "{recorded:#}");
    }
    let own = call(&id, json!({}));
    let recorded = world
        .mutate(customer(&id), "recordInteraction", own, RECORDED)
        .await;
    assert!(recorded["interaction"]["id"].is_string(), "{recorded:#}");
}

#[tokio::test]
async fn a_summary_is_readable() {
    let world = World::new().await;
    let id = world.amal().await;
    for unreadable in ["a\u{0}b", "a\u{1b}[2J", "a\u{202e}b"] {
        let input = call(&id, json!({ "summary": unreadable }));
        let refused = world
            .mutate(agent(), "recordInteraction", input, RECORDED)
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "summary"]),
            "{refused:#}"
        );
    }
    assert_eq!(world.count("interaction").await, 0);
}
