//! Four subgraphs over HTTP answer as the one process does.

use clap::ValueEnum;
use serde_json::{Value, json};
use server::{auth::Role, graph::subgraph::SubgraphName};
use tests::{
    App, Client, Split,
    build::{NewFlight, Trip},
    on_both,
    world::populate,
};

const README: &str = include_str!("../../../README.md");

const EVERYTHING: &str = "{ customers(first: 3) { nodes { displayName orders(first: 3) { nodes { recordLocator } }
    journeys(first: 3) { nodes { status } } cases(first: 3) { nodes { status } } claims(first: 3) { nodes { status } } } } }";

async fn split(app: &App) -> Split {
    Split::start(app.storage(), app.clock(), "").await
}

/// The same person, asking the split shape.
fn there(app: &App, split: &Split, role: Role) -> Client {
    let token = app.product().development_token(role, None).unwrap();
    app.at(split.url(), token)
}

/// Everybody who has a token without being a certain customer.
fn roles() -> impl Iterator<Item = Role> {
    let roles = Role::value_variants().iter().copied();
    roles.filter(|role| *role != Role::Customer)
}

/// Data and codes: requests have ids of their own.
fn said(body: &Value) -> (Value, Vec<Value>) {
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    let code =
        |error: &Value| json!([error["path"], error["extensions"]["code"], error["message"]]);
    (body["data"].clone(), errors.iter().map(code).collect())
}

on_both!(
    the_page_of_the_walk_through_is_the_same,
    async |app: App| {
        let page = README.split("```graphql\n").nth(1).unwrap();
        let page = page.split("```").next().unwrap();
        populate(&app, 500).await;
        let split = split(&app).await;

        let here = app.administrator().ask(page).await;
        let there = there(&app, &split, Role::Administrator).ask(page).await;
        assert_eq!(there.text("/customers/nodes/0/displayName"), "Amal Haddad");
        assert_eq!(there.data(), here.data());
    }
);

on_both!(a_mutation_has_its_effect_and_its_event, async |app: App| {
    let trip = Trip::new(&app).await;
    let split = split(&app).await;
    let delay = json!({ "flightId": trip.flight.id, "kind": "DELAY", "idempotencyKey": app.key(),
        "delay": { "arrivalDelayMinutes": 245, "causeCode": "41" } });
    there(&app, &split, Role::Administrator)
        .must(
            "recordFlightEvent",
            "FlightEventRecorded",
            delay,
            "flight { status }",
        )
        .await;
    app.deliver().await;
    assert_eq!(trip.claims(&app).await.len(), 2);
});

on_both!(every_role_may_what_it_may, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "72").await;
    app.deliver().await;
    let split = split(&app).await;
    for role in roles() {
        let token = app.product().development_token(role, None).unwrap();
        let here = app.bearer(token.clone()).ask(EVERYTHING).await;
        let there = app.at(split.url(), token).ask(EVERYTHING).await;
        assert_eq!(said(&there.body), said(&here.body), "{role:?}");
    }
});

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_sees_their_own_alone() {
    let app = App::start(tests::Storage::sqlite()).await;
    let own = Trip::new(&app).await;
    let other = Trip::on(&app, NewFlight::of("EK", 48, "FRA", "DXB")).await;
    let split = split(&app).await;
    let id = own.customer.id.parse::<uuid::Uuid>().unwrap();
    let token = app
        .product()
        .development_token(Role::Customer, Some(id.into()))
        .unwrap();
    let customer = app.at(split.url(), token);
    let read =
        |id: &str| format!("{{ customer(id: \"{id}\") {{ id orders {{ nodes {{ id }} }} }} }}");
    let mine = customer.ask(&read(&own.customer.id)).await;
    assert_eq!(mine.text("/customer/orders/nodes/0/id"), own.order.id);
    let theirs = customer.ask(&read(&other.customer.id)).await;
    assert_eq!(theirs.body["data"]["customer"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_a_bad_token_reach_nothing() {
    let app = App::start(tests::Storage::sqlite()).await;
    let split = split(&app).await;
    for token in ["", "nonsense"] {
        let answer = app.at(split.url(), token.to_owned()).ask(EVERYTHING).await;
        assert_eq!(answer.body["data"], Value::Null);
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{:#}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_with_keys_refuses_a_bad_token_itself() {
    let app = App::start(tests::Storage::sqlite()).await;
    let split = Split::guarded(app.storage(), app.clock(), "").await;
    let there = |token: &str| app.at(split.url(), token.to_owned());
    let refused = there("nonsense")
        .post(&json!({ "query": EVERYTHING }))
        .await;
    assert_eq!(refused.status(), 401);
    let token = app.product().development_token(Role::Administrator, None);
    there(&token.unwrap()).ask(EVERYTHING).await.data();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_subgraph_takes_only_its_own_fields_along() {
    let app = App::start(tests::Storage::sqlite()).await;
    let trip = Trip::new(&app).await;
    let mut split = split(&app).await;
    split.stop(SubgraphName::Case).await;
    let answer = there(&app, &split, Role::Administrator)
        .ask(EVERYTHING)
        .await;
    let customer = &answer.body["data"]["customers"]["nodes"][0];
    assert_eq!(
        customer["orders"]["nodes"][0]["recordLocator"],
        trip.order.locator
    );
    assert_eq!(customer["cases"], Value::Null);
    assert_eq!(
        answer.codes(),
        ["INTERNAL_SERVER_ERROR"],
        "{:#}",
        answer.body
    );
    assert!(!answer.message().contains("127.0.0.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_request_id_goes_through_all() {
    let app = App::start(tests::Storage::sqlite()).await;
    let split = split(&app).await;
    let request = app.at(split.url(), String::new());
    let request = request.request(reqwest::Method::POST, "/graphql");
    let request = request.header("x-request-id", "from-outside-1");
    let answer = request
        .json(&json!({ "query": EVERYTHING }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["x-request-id"], "from-outside-1");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(
        body["errors"][0]["extensions"]["requestId"],
        "from-outside-1"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_says_how_it_is() {
    let app = App::start(tests::Storage::sqlite()).await;
    let split = split(&app).await;
    let client = app.at(split.url(), String::new());
    for path in ["/health", "/health/live", "/health/ready"] {
        assert_eq!(client.get(path).await.status(), 200, "{path}");
    }
    client.ask(EVERYTHING).await;
    let metrics = client.get("/metrics").await.text().await.unwrap();
    assert!(
        metrics.contains("jetbridge_subgraph_answers_total"),
        "{metrics}"
    );
    split.gateway().readiness().withdraw();
    assert_eq!(client.get("/health").await.status(), 503);
}
