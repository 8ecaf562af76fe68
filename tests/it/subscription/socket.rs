//! The protocol `graphql-transport-ws`, code by code.

use serde_json::{Value, json};
use tests::{
    App, Heard, Socket, Storage,
    build::{NewCase, NewCustomer},
    socket::PROTOCOL,
};

const CASE: &str = "subscription { caseChanged { id } }";

async fn app() -> App {
    App::start(Storage::sqlite()).await
}

/// A socket on which nothing was said yet.
async fn socket(app: &App) -> Socket {
    Socket::open(&app.url(), &[("sec-websocket-protocol", PROTOCOL)])
        .await
        .unwrap()
}

async fn init(socket: &mut Socket, payload: Value) {
    socket
        .say(&json!({ "type": "connection_init", "payload": payload }))
        .await;
}

fn token(app: &App) -> String {
    let role = server::auth::Role::ContactCentreAgent;
    app.product().development_token(role, None).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_and_mutations_go_over_it_too() {
    let app = app().await;
    let mut socket = app.agent().socket().await;
    let query = "query($first: Int!) { customers(first: $first) { nodes { id } } }";
    socket.subscribe("a", query, json!({ "first": 1 })).await;
    assert_eq!(
        socket.next("a").await,
        json!({ "customers": { "nodes": [] } })
    );
    assert_eq!(
        socket.message().await,
        json!({ "id": "a", "type": "complete" })
    );

    // The id is free again.
    let create = "mutation { createCustomer(input: { familyName: \"Haddad\" }) { __typename } }";
    socket.subscribe("a", create, json!({})).await;
    assert_eq!(
        socket.next("a").await["createCustomer"]["__typename"],
        "CustomerCreated"
    );
    assert_eq!(socket.message().await["type"], "complete");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_executed_is_an_error() {
    let app = app().await;
    let mut socket = app.agent().socket().await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        socket.subscribe("a", query, json!({})).await;
        let error = socket.message().await;
        assert_eq!(
            (&error["id"], &error["type"]),
            (&json!("a"), &json!("error"))
        );
        assert_eq!(error["payload"][0]["extensions"]["code"], code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ping_is_answered_at_any_time() {
    let app = app().await;
    let mut socket = socket(&app).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.message().await, json!({ "type": "pong" }));
    socket.say(&json!({ "type": "pong" })).await;
    socket
        .say(&json!({ "type": "ping", "payload": { "n": 1 } }))
        .await;
    assert_eq!(
        socket.message().await,
        json!({ "type": "pong", "payload": { "n": 1 } })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_complete_nothing_comes() {
    let app = app().await;
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("a", CASE, json!({})).await;
    app.until_listening(1).await;
    socket.say(&json!({ "id": "a", "type": "complete" })).await;
    socket
        .say(&json!({ "id": "never", "type": "complete" }))
        .await;
    app.until_listening(0).await;
    NewCase::of("COMPLAINT", &customer).open(&app).await;

    socket.subscribe("b", CASE, json!({})).await;
    app.until_listening(1).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    // Had the one before been told, to either of the two, it would be here.
    assert_eq!(socket.next("b").await["caseChanged"]["id"], case.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4400_for_what_is_no_message() {
    let app = app().await;
    for text in [
        "",
        "nonsense",
        "[]",
        "{}",
        r#"{"type":"next","id":"a","payload":{}}"#,
        r#"{"type":"shout"}"#,
        r#"{"type":"ping","payload":1}"#,
        r#"{"type":"complete"}"#,
        r#"{"type":"subscribe","id":"a"}"#,
        r#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":"a","payload":{"query":" "}}"#,
        r#"{"type":"subscribe","id":"a","payload":{"query":"{ a }","variables":[]}}"#,
        r#"{"type":"subscribe","id":"a","payload":{"query":"{ a }","variables":{"a":1,"a":2}}}"#,
    ] {
        let mut socket = app.agent().socket().await;
        socket
            .send(tokio_tungstenite::tungstenite::Message::text(text))
            .await;
        assert_eq!(socket.close_code().await, Some(4400), "{text}");
    }
    let mut socket = app.agent().socket().await;
    socket
        .send(tokio_tungstenite::tungstenite::Message::binary(vec![1]))
        .await;
    assert_eq!(socket.close_code().await, Some(4400));
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4401_before_the_connection_is_acknowledged() {
    let app = app().await;
    let mut socket = socket(&app).await;
    socket.subscribe("a", "{ __typename }", json!({})).await;
    assert_eq!(
        socket.hear().await,
        Heard::Closed(4401, "Unauthorized".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4403_for_a_token_that_does_not_hold() {
    let app = app().await;
    let bearer = format!("Bearer {}", token(&app));
    for payload in [
        json!({ "Authorization": "Bearer nonsense" }),
        json!({ "authorization": token(&app) }),
        json!({ "Authorization": 1 }),
        json!({ "Authorization": bearer, "authorization": bearer }),
    ] {
        let mut socket = socket(&app).await;
        init(&mut socket, payload.clone()).await;
        assert_eq!(socket.close_code().await, Some(4403), "{payload}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_may_come_with_the_upgrade() {
    let app = app().await;
    let bearer = format!("Bearer {}", token(&app));
    let protocol = ("sec-websocket-protocol", PROTOCOL);
    let mut socket = Socket::open(&app.url(), &[protocol, ("authorization", &bearer)])
        .await
        .unwrap();
    socket.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(socket.message().await, json!({ "type": "connection_ack" }));
    socket
        .subscribe("a", "{ customers(first: 1) { nodes { id } } }", json!({}))
        .await;
    socket.next("a").await;

    let forged = Socket::open(
        &app.url(),
        &[protocol, ("authorization", "Bearer nonsense")],
    )
    .await;
    assert_eq!(forged.unwrap_err(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4406_for_another_subprotocol() {
    let app = app().await;
    let mut socket = Socket::open(&app.url(), &[]).await.unwrap();
    assert_eq!(socket.close_code().await, Some(4406));
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4408_for_who_says_nothing() {
    let app = App::start_with(Storage::sqlite(), "subscription.init_timeout = \"50ms\"").await;
    let mut silent = socket(&app).await;
    assert_eq!(silent.close_code().await, Some(4408));
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4409_for_an_id_in_use() {
    let app = app().await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("a", CASE, json!({})).await;
    socket.subscribe("a", CASE, json!({})).await;
    assert_eq!(
        socket.hear().await,
        Heard::Closed(4409, "Subscriber for a already exists".to_owned())
    );
    app.until_listening(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn code_4429_for_a_second_beginning() {
    let app = app().await;
    let mut socket = app.agent().socket().await;
    init(&mut socket, json!({})).await;
    assert_eq!(socket.close_code().await, Some(4429));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_has_an_end() {
    let app = App::start_with(Storage::sqlite(), "http.body_limit = \"1KiB\"").await;
    let mut socket = app.agent().socket().await;
    socket
        .say(&json!({ "type": "ping", "payload": { "a": "a".repeat(2_000) } }))
        .await;
    assert_eq!(socket.close_code().await, Some(1009));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_runs_only_so_many_operations() {
    let app = App::start_with(Storage::sqlite(), "subscription.operations = 1").await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("a", CASE, json!({})).await;
    socket.subscribe("b", CASE, json!({})).await;
    let refusal = socket.message().await;
    assert_eq!(
        (&refusal["id"], &refusal["type"]),
        (&json!("b"), &json!("error"))
    );
    assert_eq!(refusal["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    app.until_listening(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_origins_are_refused() {
    let app = App::start_with(
        Storage::sqlite(),
        "subscription.allowed_origins = [\"https://app.example\"]",
    )
    .await;
    let own = app.url();
    for (origin, opened) in [
        (own.as_str(), true),
        ("https://app.example", true),
        ("https://evil.example", false),
        ("null", false),
    ] {
        let headers = [("sec-websocket-protocol", PROTOCOL), ("origin", origin)];
        let outcome = Socket::open(&app.url(), &headers).await;
        assert_eq!(outcome.err(), (!opened).then_some(403), "{origin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_stops_says_so() {
    let app = app().await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("a", CASE, json!({})).await;
    app.until_listening(1).await;
    let stopped = tokio::spawn(app.stop());
    // Not completed, so that the client asks another process.
    assert_eq!(
        socket.hear().await,
        Heard::Closed(1001, "Going away".to_owned())
    );
    stopped.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_without_a_word_is_forgotten() {
    let app = app().await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("a", CASE, json!({})).await;
    app.until_listening(1).await;
    drop(socket);
    app.until_listening(0).await;
}
