//! Subscriptions through the gateway: from the subgraph that owns the field, with what the others add to each event.

use std::time::Duration;

use serde_json::{Value, json};
use server::{auth::Role, graph::subgraph::SubgraphName};
use tests::{
    App, Client, Split,
    build::{NewCase, Trip},
    on_both,
};

const CASE: &str = "subscription { caseChanged { id status customer { displayName orders(first: 1) { nodes { recordLocator } } } } }";

/// An agent who asks the gateway.
async fn agent(app: &App) -> (Client, Split) {
    let split = Split::start(app.storage(), app.clock(), "").await;
    let token = app
        .product()
        .development_token(Role::ContactCentreAgent, None);
    (app.at(split.url(), token.unwrap()), split)
}

/// Waits until the subgraphs tell so many of what happens.
async fn until_listening(split: &Split, listeners: usize) {
    let listening = async {
        while split.listeners() != listeners {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, listening).await.unwrap();
}

on_both!(an_event_has_fields_of_every_subgraph, async |app: App| {
    let trip = Trip::new(&app).await;
    let (agent, split) = agent(&app).await;
    let mut socket = agent.socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    let mut stream = agent.follow(CASE, json!({})).await;
    until_listening(&split, 2).await;

    let case = NewCase::of("COMPLAINT", &trip.customer).open(&app).await;
    let told = socket.next("1").await;
    let customer = json!({ "displayName": trip.customer.read(&app, "displayName").await["displayName"],
            "orders": { "nodes": [{ "recordLocator": trip.order.locator }] } });
    assert_eq!(
        told["caseChanged"],
        json!({ "id": case.id, "status": "NEW", "customer": customer })
    );
    assert_eq!(stream.next().await, told);
    case.bring(&app, &["TRIAGED"]).await;
    assert_eq!(socket.next("1").await["caseChanged"]["status"], "TRIAGED");
});

#[tokio::test(flavor = "multi_thread")]
async fn without_another_subgraph_the_event_is_told_all_the_same() {
    let app = App::start(tests::Storage::sqlite()).await;
    let trip = Trip::new(&app).await;
    let (agent, mut split) = agent(&app).await;
    let mut socket = agent.socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    until_listening(&split, 1).await;
    split.stop(SubgraphName::Order).await;

    let case = NewCase::of("COMPLAINT", &trip.customer).open(&app).await;
    let payload = &socket.message().await["payload"];
    let told = &payload["data"]["caseChanged"];
    assert_eq!(
        (&told["id"], &told["customer"]["orders"]),
        (&json!(case.id), &Value::Null)
    );
    assert_eq!(
        payload["errors"][0]["extensions"]["code"],
        "INTERNAL_SERVER_ERROR"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_loss_of_its_subgraph_ends_it_with_a_code() {
    let app = App::start(tests::Storage::sqlite()).await;
    let (agent, mut split) = agent(&app).await;
    let mut socket = agent.socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    let mut stream = agent.follow(CASE, json!({})).await;
    until_listening(&split, 2).await;
    split.stop(SubgraphName::Case).await;

    let last = socket.message().await;
    assert_eq!((&last["id"], &last["type"]), (&json!("1"), &json!("next")));
    let (event, response) = stream.event().await.unwrap();
    assert_eq!(event, "next");
    for told in [&last["payload"], &response] {
        assert_eq!(
            told["errors"][0]["extensions"]["code"],
            "INTERNAL_SERVER_ERROR"
        );
    }
    assert_eq!(
        socket.message().await,
        json!({ "id": "1", "type": "complete" })
    );
    assert_eq!(stream.event().await.unwrap().0, "complete");

    // And nobody can begin one: that is told at once.
    socket.subscribe("2", CASE, json!({})).await;
    assert_eq!(socket.message().await["type"], "error");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_is_gone_at_the_subgraph_too() {
    let app = App::start(tests::Storage::sqlite()).await;
    let (agent, split) = agent(&app).await;
    let mut socket = agent.socket().await;
    for id in ["1", "2"] {
        socket.subscribe(id, CASE, json!({})).await;
    }
    let stream = agent.follow(CASE, json!({})).await;
    until_listening(&split, 3).await;
    socket.say(&json!({ "id": "1", "type": "complete" })).await;
    until_listening(&split, 2).await;
    drop(stream);
    until_listening(&split, 1).await;
    drop(socket);
    until_listening(&split, 0).await;
}

on_both!(rights_are_those_of_the_subgraph, async |app: App| {
    let trip = Trip::new(&app).await;
    let split = Split::start(app.storage(), app.clock(), "").await;
    let case = NewCase::of("COMPLAINT", &trip.customer).open(&app).await;
    let of_case = format!(
        "subscription {{ caseChanged(caseId: \"{}\") {{ id }} }}",
        case.id
    );
    for (token, code) in [(None, "UNAUTHENTICATED"), (Some(Role::Kiosk), "FORBIDDEN")] {
        let token = token.map(|role| app.product().development_token(role, None).unwrap());
        let mut socket = app
            .at(split.url(), token.unwrap_or_default())
            .socket()
            .await;
        socket.subscribe("1", &of_case, json!({})).await;
        let refusal = socket.message().await;
        assert_eq!(refusal["type"], "error", "{refusal:#}");
        assert_eq!(refusal["payload"][0]["extensions"]["code"], code);
    }
    until_listening(&split, 0).await;
});
