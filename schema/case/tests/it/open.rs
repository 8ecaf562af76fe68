//! Opening and commenting.

use serde_json::json;
use uuid::Uuid;

use crate::kit::{World, customer, customer_id, staff};

#[tokio::test]
async fn a_customer_opens_and_follows_their_own_case() {
    let world = World::new().await;
    let input = json!({ "type": "BAGGAGE_DELAYED", "subject": " No bag ", "description": "Tag 0176123456." });
    let outcome = world.act(&customer(1), "openCase", input).await;
    assert_eq!(outcome["__typename"], "CaseOpened", "{outcome}");
    let case = &outcome["case"];
    assert_eq!(
        (&case["status"], &case["priority"]),
        (&json!("NEW"), &json!("P2"))
    );
    assert_eq!(case["customer"]["id"], customer_id(1).to_string());
    assert_eq!(case["targetAt"], "2026-11-21T00:00:00+00:00");

    let document =
        "query($reference: String!) { caseByReference(reference: $reference) { id subject } }";
    let reference = case["reference"].as_str().unwrap().to_lowercase();
    let found = world
        .get(&customer(1), document, json!({ "reference": reference }))
        .await;
    assert_eq!(
        found["caseByReference"],
        json!({ "id": case["id"], "subject": "No bag" })
    );
    let hidden = world
        .get(&customer(2), document, json!({ "reference": reference }))
        .await;
    assert!(hidden["caseByReference"].is_null());
}

#[tokio::test]
async fn a_key_opens_one_case() {
    let world = World::new().await;
    let input = |subject: &str| json!({ "type": "COMPLAINT", "subject": subject, "description": "x", "idempotencyKey": Uuid::from_u128(5) });
    let first = world.act(&customer(1), "openCase", input("Late")).await;
    let second = world.act(&customer(1), "openCase", input("Late")).await;
    assert_eq!(first["case"]["id"], second["case"]["id"]);
    let other = world.act(&customer(1), "openCase", input("Later")).await;
    assert_eq!(
        (&other["__typename"], &other["code"]),
        (&json!("Conflict"), &json!("CONFLICT"))
    );
    let somebody_else = world.act(&customer(2), "openCase", input("Late")).await;
    assert_ne!(first["case"]["id"], somebody_else["case"]["id"]);
    let page = world
        .get(
            &staff("clerk"),
            "{ cases(first: 10) { nodes { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(page["cases"]["nodes"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_right_is_named_and_nothing_is_written() {
    let world = World::new().await;
    let input = json!({ "type": "COMPLAINT", "subject": " ", "description": "x".repeat(10_001), "orderId": "nonsense", "impact": "SAFETY" });
    let outcome = world.act(&customer(1), "openCase", input).await;
    let paths: Vec<&str> = outcome["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["path"][1].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["subject", "description", "orderId", "impact"]);
    let other = json!({ "type": "COMPLAINT", "subject": "x", "description": "x", "customerId": customer_id(2).to_string() });
    assert_eq!(
        world.act(&customer(1), "openCase", other).await["__typename"],
        "NotFound"
    );
    let page = world
        .get(
            &staff("clerk"),
            "{ cases(first: 10) { nodes { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(page["cases"]["nodes"], json!([]));
}

#[tokio::test]
async fn staff_weigh_a_case_when_they_open_it() {
    let world = World::new().await;
    let weight =
        json!({ "impact": "SEVERE", "urgency": "WITHIN_DAY", "modifiers": { "isTopTier": true } });
    let case = world.opened(1, weight).await;
    assert_eq!(case["priority"], "P1");
    assert_eq!(case["targetAt"], "2026-11-20T04:00:00+00:00");
}

#[tokio::test]
async fn internal_comments_stay_inside() {
    let world = World::new().await;
    let case = world.opened(1, json!({})).await;
    let say = |text: &str, visibility: &str| json!({ "caseId": case["id"], "text": text, "visibility": visibility });
    world
        .act(
            &staff("clerk"),
            "commentOnCase",
            say("Card 4111 1111 1111 1111", "PUBLIC"),
        )
        .await;
    world
        .act(&staff("clerk"), "commentOnCase", say("Rude.", "INTERNAL"))
        .await;
    let refused = world
        .act(&customer(1), "commentOnCase", say("Psst", "INTERNAL"))
        .await;
    assert_eq!(refused["__typename"], "InvalidInput");

    let document = "query($id: ID!) { case(id: $id) { comments { nodes { text } } history { nodes { kind } } } }";
    let id = json!({ "id": case["id"] });
    let seen = world.get(&customer(1), document, id.clone()).await;
    assert_eq!(
        seen["case"]["comments"]["nodes"],
        json!([{ "text": "Card [card number removed]" }])
    );
    assert_eq!(
        seen["case"]["history"]["nodes"],
        json!([{ "kind": "OPENED" }, { "kind": "COMMENTED" }])
    );
    let all = world.get(&staff("clerk"), document, id).await;
    assert_eq!(
        all["case"]["comments"]["nodes"].as_array().unwrap().len(),
        2
    );
    assert_eq!(all["case"]["history"]["nodes"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_comment_is_written_once_and_only_on_what_one_sees() {
    let world = World::new().await;
    let case = world.opened(1, json!({})).await;
    let input =
        json!({ "caseId": case["id"], "text": "Well?", "idempotencyKey": Uuid::from_u128(9) });
    let first = world
        .act(&customer(1), "commentOnCase", input.clone())
        .await;
    let second = world
        .act(&customer(1), "commentOnCase", input.clone())
        .await;
    assert_eq!(first["comment"]["id"], second["comment"]["id"]);
    assert_eq!(first["comment"]["authorKind"], "CUSTOMER");
    assert_eq!(
        world.act(&customer(2), "commentOnCase", input).await["__typename"],
        "NotFound"
    );
}

#[tokio::test]
async fn a_reply_brings_back_what_waited_or_was_answered() {
    let world = World::new().await;
    let reply = |case: &serde_json::Value| json!({ "caseId": case["id"], "text": "Here I am." });
    let waiting = world
        .brought(
            1,
            &["TRIAGED", "ASSIGNED", "IN_PROGRESS", "PENDING_CUSTOMER"],
        )
        .await;
    let outcome = world
        .act(&customer(1), "commentOnCase", reply(&waiting))
        .await;
    assert_eq!(outcome["case"]["status"], "IN_PROGRESS");

    let answered = world
        .brought(1, &["TRIAGED", "ASSIGNED", "IN_PROGRESS", "RESOLVED"])
        .await;
    world
        .act(&staff("clerk"), "commentOnCase", reply(&answered))
        .await;
    let outcome = world
        .act(&customer(1), "commentOnCase", reply(&answered))
        .await;
    assert_eq!(outcome["case"]["status"], "REOPENED");
    assert!(outcome["case"]["resolutionCode"].is_null());
}
