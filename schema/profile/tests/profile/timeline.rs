use chrono::Duration;
use serde_json::{Value, json};

use crate::kit::{World, agent, customer, staff, texts};

const ID: &str = "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f";

fn disruption(delay: i64) -> Value {
    json!({
        "order_id": ID, "journey_id": ID, "flight_id": ID, "flight_event_id": ID, "flight_designator": "UA1545", "kind": "DELAY",
        "origin": { "iata": "EWR", "country": "US" }, "destination": { "iata": "IAH", "country": "US" },
        "departure_delay_minutes": delay, "arrival_delay_minutes": delay, "missed_connection": false, "fare_minor": 20_000,
    })
}

fn claim() -> Value {
    json!({
        "claim_id": ID, "order_id": ID, "journey_id": ID, "flight_id": ID, "regime": "EU261", "entitlement_kind": "COMPENSATION",
        "amount_minor": 60_000, "currency": "EUR", "basis": "Art 7(1)(c)", "needs_review": false,
    })
}

async fn titles(
    world: &World,
    actor: schema_kernel::Actor,
    id: &str,
    arguments: &str,
) -> Vec<String> {
    let document = format!(
        "query($id: ID!) {{ customer(id: $id) {{ timeline{arguments} {{ edges {{ node {{ title }} }} }} }} }}"
    );
    let data = world.data(actor, &document, json!({ "id": id })).await;
    texts(&data["customer"]["timeline"]["edges"], "node.title")
}

async fn lived(world: &World) -> String {
    let id = world.amal().await;
    world.clock.advance(Duration::minutes(10));
    world
        .deliver(&world.event("order.journey.disrupted.v1", &id, disruption(220)))
        .await;
    world.clock.advance(Duration::minutes(10));
    world
        .deliver(&world.event("compensation.claim.opened.v1", &id, claim()))
        .await;
    world.clock.advance(Duration::minutes(10));
    let case = json!({ "case_id": ID, "reference": "CAS-000123", "order_id": ID, "flight_id": null, "case_type": "COMP", "claim_ids": [ID] });
    world
        .deliver(&world.event("case.case.opened.v1", &id, case))
        .await;
    world.drain().await;
    id
}

#[tokio::test]
async fn what_happens_in_every_domain_stands_in_one_list() {
    let world = World::new().await;
    let id = lived(&world).await;
    assert_eq!(
        titles(&world, agent(), &id, "").await,
        [
            "Case CAS-000123 opened",
            "Claim for EUR 600.00 opened under EU261 Art 7(1)(c)",
            "UA 1545 to IAH delayed by 3 h 40 min",
            "Customer record made"
        ]
    );
    assert_eq!(
        titles(
            &world,
            agent(),
            &id,
            "(filter: { categories: [MONEY, TRAVEL] })"
        )
        .await
        .len(),
        2
    );
    assert_eq!(
        titles(
            &world,
            agent(),
            &id,
            "(filter: { from: \"2026-11-20T06:50:00Z\", to: \"2026-11-20T07:00:00Z\" })"
        )
        .await
        .len(),
        1
    );
    assert_eq!(
        titles(&world, agent(), &id, "(first: 1)").await,
        ["Case CAS-000123 opened"]
    );
    assert_eq!(
        titles(&world, agent(), &id, "(last: 1)").await,
        ["Customer record made"]
    );
}

#[tokio::test]
async fn a_line_leads_on_to_its_records() {
    let world = World::new().await;
    let id = lived(&world).await;
    let document = "query($id: ID!) { customer(id: $id) { timeline(first: 2) { edges { node { kind category orderId order { id } case { id } claim { id } flight { id } arabic: title(locale: \"ar-AE\") } } } } }";
    let data = world.data(agent(), document, json!({ "id": id })).await;
    let claim = &data["customer"]["timeline"]["edges"][1]["node"];
    assert_eq!(claim["kind"], "compensation.claim.opened.v1");
    assert_eq!(
        (&claim["category"], &claim["orderId"], &claim["claim"]["id"]),
        (&json!("MONEY"), &json!(ID), &json!(ID))
    );
    assert_eq!(
        (&claim["case"], &claim["flight"]["id"]),
        (&Value::Null, &json!(ID))
    );
    assert!(claim["arabic"].as_str().unwrap().starts_with("مطالبة"));
}

#[tokio::test]
async fn an_event_that_comes_twice_makes_one_line() {
    let world = World::new().await;
    let id = world.amal().await;
    let event = world.event("order.journey.disrupted.v1", &id, disruption(60));
    world.deliver(&event).await;
    world.deliver(&event).await;
    assert_eq!(world.count("timeline_entry").await, 1);
}

#[tokio::test]
async fn internal_comments_and_events_without_customers_leave_no_line() {
    let world = World::new().await;
    let id = world.amal().await;
    let comment =
        |visibility| json!({ "case_id": ID, "reference": "CAS-000123", "visibility": visibility });
    world
        .deliver(&world.event("case.case.commented.v1", &id, comment("INTERNAL")))
        .await;
    let mut nobody = world.event("order.journey.disrupted.v1", &id, disruption(60));
    nobody.customer_id = None;
    world.deliver(&nobody).await;
    assert_eq!(world.count("timeline_entry").await, 0);
    world
        .deliver(&world.event("case.case.commented.v1", &id, comment("PUBLIC")))
        .await;
    assert_eq!(world.count("timeline_entry").await, 1);
}

#[tokio::test]
async fn lines_of_records_that_may_not_be_read_are_left_out() {
    let world = World::new().await;
    let id = lived(&world).await;
    let clerk = staff(&["customer:read", "order:read"]);
    assert_eq!(
        titles(&world, clerk, &id, "").await,
        [
            "UA 1545 to IAH delayed by 3 h 40 min",
            "Customer record made"
        ]
    );
    assert_eq!(titles(&world, customer(&id), &id, "").await.len(), 4);
}

#[tokio::test]
async fn pages_of_lines_at_one_instant_meet() {
    let world = World::new().await;
    let id = world.amal().await;
    for minutes in 1..=5 {
        world
            .deliver(&world.event("order.journey.disrupted.v1", &id, disruption(60 + minutes)))
            .await;
    }
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let document = format!(
            "query($id: ID!) {{ customer(id: $id) {{ timeline(first: 2{after}) {{ edges {{ node {{ title }} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
        );
        let data = world.data(agent(), &document, json!({ "id": id })).await;
        let timeline = &data["customer"]["timeline"];
        seen.extend(texts(&timeline["edges"], "node.title"));
        if timeline["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", timeline["pageInfo"]["endCursor"]);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn a_period_that_ends_before_it_begins_is_refused() {
    let world = World::new().await;
    let id = world.amal().await;
    let now = world.now().to_rfc3339();
    let document = "query($id: ID!, $now: DateTime) { customer(id: $id) { id timeline(filter: { from: $now, to: $now }) { edges { cursor } } } }";
    let answer = world
        .ask(agent(), document, json!({ "id": id, "now": now }))
        .await;
    assert_eq!(
        texts(&answer["errors"], "extensions.code"),
        ["BAD_USER_INPUT"]
    );
    assert_eq!(
        answer["data"]["customer"]["id"],
        json!(id),
        "the rest of the page is answered"
    );
}
