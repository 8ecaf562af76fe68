//! What happens when other domains say that something happened.

use std::sync::Arc;

use entities::id::EventId;
use schema_kernel::{Actor, Event, dispatcher::Consumer};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kit::{World, customer_id, now, staff, supervisor};

struct Feed<'a> {
    world: &'a World,
    consumer: Arc<dyn Consumer>,
}

impl<'a> Feed<'a> {
    fn of(world: &'a World) -> Self {
        Self {
            world,
            consumer: schema_case::consumer(world.database.clone()),
        }
    }

    async fn hear(&self, kind: &str, data: Value) {
        assert!(self.consumer.wants(kind));
        let event = Event {
            id: EventId(Uuid::from_u128(1)),
            source: "elsewhere".to_owned(),
            kind: kind.to_owned(),
            subject: "subject".to_owned(),
            time: now(),
            customer_id: Some(customer_id(1)),
            correlation_id: "request".to_owned(),
            data,
        };
        let session = self.world.session(Actor::service("dispatcher"));
        self.world
            .database
            .transaction(async |transaction| {
                self.consumer.consume(transaction, &session, &event).await
            })
            .await
            .unwrap();
    }

    async fn claim(&self, number: u128, fields: Value) {
        let mut data = json!({
            "claim_id": Uuid::from_u128(number), "order_id": Uuid::from_u128(40), "passenger_id": Uuid::from_u128(500 + number),
            "flight_id": Uuid::from_u128(50), "flight_designator": "EK47", "disruption_kind": "CANCELLATION", "regime": "EU261",
            "entitlement_kind": "COMPENSATION", "needs_review": true, "review_reasons": ["The cause is not known."],
        });
        for (name, value) in fields.as_object().unwrap() {
            data[name] = value.clone();
        }
        self.hear("compensation.claim.opened.v1", data).await;
    }

    async fn flight(&self, what: &str, delay: Value, passengers: i32) {
        let data = json!({
            "flight_id": Uuid::from_u128(50), "designator": "EK47", "origin": "DXB", "destination": "FRA",
            "scheduled_departure_at": "2026-11-20T08:00:00Z", "departure_delay_minutes": null, "arrival_delay_minutes": delay,
            "diverted_to": null, "affected_passengers": passengers,
        });
        self.hear(&format!("order.flight.{what}.v1"), data).await;
    }

    async fn incident(&self) -> Value {
        let document =
            "query($of: [_Any!]!) { _entities(representations: $of) { ... on Flight { incident {
            title kind status affectedPassengers flight { id } cases { nodes { subject } } } } } }";
        let of = json!([{ "__typename": "Flight", "id": Uuid::from_u128(50) }]);
        self.world
            .get(&staff("clerk"), document, json!({ "of": of }))
            .await["_entities"][0]["incident"]
            .take()
    }

    async fn cases(&self) -> Vec<Value> {
        let document = "{ cases(first: 10, filter: {}, sort: OPENED_AT) { nodes { id type subject description status priority channel version customer { id } order { id } incident { title } queue { code } } } }";
        let data = self.world.get(&staff("clerk"), document, json!({})).await;
        data["cases"]["nodes"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn a_disrupted_flight_with_passengers_is_an_incident() {
    let world = World::new().await;
    let feed = Feed::of(&world);
    let waiting = world
        .opened(
            1,
            json!({ "flightId": Uuid::from_u128(50), "subject": "Where is it?" }),
        )
        .await;
    feed.flight("delayed", json!(179), 80).await;
    feed.flight("cancelled", json!(null), 0).await;
    assert!(feed.incident().await.is_null());
    feed.flight("delayed", json!(180), 80).await;
    feed.flight("delayed", json!(220), 81).await;
    feed.flight("delayed", json!(220), 81).await;
    let incident = feed.incident().await;
    assert_eq!(
        incident["title"],
        "EK47 DXB-FRA on 2026-11-20 delayed by 3 h 40 min"
    );
    assert_eq!(incident["affectedPassengers"], 81);
    assert_eq!(
        incident["cases"]["nodes"][0]["subject"], "Where is it?",
        "{waiting} joined"
    );

    feed.flight("restored", json!(null), 81).await;
    assert_eq!(feed.incident().await["status"], "CLOSED");
    feed.flight("cancelled", json!(null), 81).await;
    let incident = feed.incident().await;
    assert_eq!(
        (&incident["status"], &incident["kind"]),
        (&json!("OPEN"), &json!("CANCELLATION"))
    );
}

#[tokio::test]
async fn claims_that_need_review_share_one_case() {
    let world = World::new().await;
    let feed = Feed::of(&world);
    feed.claim(1, json!({ "needs_review": false })).await;
    assert!(feed.cases().await.is_empty());
    for number in [2, 3, 2, 3] {
        feed.claim(number, json!({})).await;
    }
    let cases = feed.cases().await;
    assert_eq!(cases.len(), 1);
    let case = &cases[0];
    assert_eq!(
        (&case["type"], &case["priority"], &case["channel"]),
        (&json!("COMPENSATION"), &json!("P3"), &json!("SYSTEM"))
    );
    assert_eq!(case["subject"], "EK47 cancelled: compensation to review");
    assert_eq!(
        case["description"],
        "What is owed under EU261 for EK47 needs a person's review before it is decided."
    );
    assert_eq!(case["queue"]["code"], "Compensation");
    assert_eq!(case["customer"]["id"], customer_id(1).to_string());
    assert_eq!(case["incident"]["title"], "EK47 cancelled");
    assert_eq!(
        world.history(case).await.len(),
        3,
        "opened, and two claims linked"
    );

    feed.claim(4, json!({ "order_id": Uuid::from_u128(41), "entitlement_kind": "REFUND", "regime": "US_DOT" })).await;
    let cases = feed.cases().await;
    assert_eq!(cases.len(), 2);
    let refund = cases.iter().find(|case| case["type"] == "REFUND").unwrap();
    assert_eq!(refund["queue"]["code"], "Refunds");
}

#[tokio::test]
async fn five_passengers_on_an_order_weigh_more() {
    let world = World::new().await;
    let feed = Feed::of(&world);
    for number in 1..=5 {
        assert!(
            feed.cases()
                .await
                .iter()
                .all(|case| case["priority"] == "P3")
        );
        feed.claim(number, json!({})).await;
    }
    let cases = feed.cases().await;
    assert_eq!((cases.len(), &cases[0]["priority"]), (1, &json!("P2")));
    feed.claim(6, json!({})).await;
    assert_eq!(feed.cases().await[0]["version"], cases[0]["version"]);
}

#[tokio::test]
async fn a_further_claim_reopens_what_was_answered_and_leaves_what_has_ended() {
    let world = World::new().await;
    let feed = Feed::of(&world);
    feed.claim(1, json!({})).await;
    let mut case = feed.cases().await.remove(0);
    for state in ["TRIAGED", "ASSIGNED", "IN_PROGRESS", "RESOLVED"] {
        case = world.go(&supervisor(), &case, state).await["case"].take();
    }
    feed.claim(2, json!({})).await;
    let case = feed.cases().await.remove(0);
    assert_eq!(case["status"], "REOPENED");
    world.go(&supervisor(), &case, "WITHDRAWN").await;
    feed.claim(3, json!({})).await;
    let open: Vec<Value> = feed
        .cases()
        .await
        .into_iter()
        .filter(|case| case["status"] == "NEW")
        .collect();
    assert_eq!(open.len(), 1);
}

#[tokio::test]
async fn the_others_hear_of_it() {
    let world = World::new().await;
    let feed = Feed::of(&world);
    feed.claim(1, json!({})).await;
    feed.claim(2, json!({})).await;
    let rows = outbox(&world).await;
    let kinds: Vec<&str> = rows.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["case.case.opened.v1", "case.claim.linked.v1"]);
    let opened = &rows[0].1;
    assert_eq!(opened["case_type"], "COMP");
    assert_eq!(opened["priority"], "P3");
    assert_eq!(opened["claim_ids"], json!([Uuid::from_u128(1)]));
    assert!(opened["reference"].as_str().unwrap().starts_with("CAS-"));
    assert_eq!(rows[1].1["claim_id"], json!(Uuid::from_u128(2)));
}

async fn outbox(world: &World) -> Vec<(String, Value)> {
    use sea_orm::{ConnectionTrait, Statement};
    let reader = world.database.reader();
    let select = Statement::from_string(
        reader.get_database_backend(),
        "SELECT kind, data FROM case_outbox ORDER BY sequence",
    );
    let rows = reader.query_all_raw(select).await.unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "kind").unwrap(),
                row.try_get("", "data").unwrap(),
            )
        })
        .collect()
}
