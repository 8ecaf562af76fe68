//! How much the graph may be asked, and what a caller is told about it.

use chrono::TimeDelta;
use reqwest::Response;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Client, OneProcess, RateStore, Storage, on_both};

/// Few requests, so that a test is soon through.
const FEW: &str = "[rate]\nlimits = \"on\"\nuser = 3\nclient = 5\nanonymous = 2\ncost = 10\n[rate.fields]\nupdateRole = 1\n";
const CHEAP: &str = "{ __typename }";

async fn product(settings: &str) -> App {
    App::in_one_process(OneProcess::DoorSettings, Storage::sqlite(), settings).await
}

async fn post(client: &Client, query: &str) -> Response {
    client.post(&json!({ "query": query })).await
}

fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name);
    value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn each_caller_has_a_limit_of_their_own() {
    let app = product(FEW).await;
    let (agent, other) = (app.agent(), app.actor(Role::Finance));
    for left in [2, 1, 0] {
        let response = post(&agent, CHEAP).await;
        assert_eq!(response.status(), 200);
        assert_eq!(
            header(&response, "ratelimit"),
            format!("\"user\";r={left};t=3600")
        );
        assert_eq!(header(&response, "ratelimit-policy"), "\"user\";q=3;w=3600");
        assert_eq!(header(&response, "retry-after"), "");
    }
    let refused = post(&agent, CHEAP).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "retry-after"), "3600");
    assert_eq!(header(&refused, "ratelimit"), "\"user\";r=0;t=3600");
    let body: Value = refused.json().await.unwrap();
    assert_eq!(
        body["errors"][0]["extensions"]["code"], "RATE_LIMITED",
        "{body}"
    );
    assert_eq!(body["errors"][0]["extensions"]["retryAfterSeconds"], 3600);
    assert!(body.get("data").is_none(), "{body}");
    // A colleague, a program and nobody are counted apart.
    assert_eq!(post(&other, CHEAP).await.status(), 200);
    let program = post(&app.actor(Role::Partner), CHEAP).await;
    assert_eq!(
        header(&program, "ratelimit-policy"),
        "\"client\";q=5;w=3600"
    );
    assert_eq!(post(&app.nobody(), CHEAP).await.status(), 200);
    // The window ends by itself.
    app.later(TimeDelta::hours(1));
    assert_eq!(post(&agent, CHEAP).await.status(), 200);
}

#[tokio::test]
async fn nobody_is_counted_by_address_whatever_they_write() {
    let app = product(FEW).await;
    let nobody = app.nobody();
    let ask = async |forwarded: &str| {
        let request = nobody.request(reqwest::Method::POST, "/graphql");
        let request = request.header("x-forwarded-for", forwarded);
        request
            .json(&json!({ "query": CHEAP }))
            .send()
            .await
            .unwrap()
            .status()
    };
    assert_eq!(ask("192.0.2.1").await, 200);
    // What cannot be read counts as well.
    assert_eq!(post(&nobody, "{").await.status(), 200);
    assert_eq!(ask("192.0.2.2").await, 429);
    let older = nobody.get("/graphql?query=%7B__typename%7D").await;
    assert_eq!(older.status(), 429, "GET is no way round");
}

#[tokio::test]
async fn what_costs_more_counts_more() {
    let app = product(FEW).await;
    let agent = app.agent();
    let dear = "{ cases(filter: {}, first: 20) { nodes { id } } }";
    let response = post(&agent, dear).await;
    assert_eq!(response.status(), 200);
    let limit = header(&response, "ratelimit");
    let body: Value = response.json().await.unwrap();
    let cost = body["extensions"]["cost"]["requested"].as_u64().unwrap();
    assert!(cost > 20 && cost <= 30, "{cost}: three requests' worth");
    assert_eq!(limit, "\"user\";r=0;t=3600");
    assert_eq!(post(&agent, CHEAP).await.status(), 429);
}

#[tokio::test]
async fn some_fields_are_asked_for_less_often() {
    let app = product(FEW).await;
    let administrator = app.administrator();
    let update = "mutation { ...F } fragment F on Mutation { x: updateRole(input: { name: \"nobody\", expectedVersion: 1 }) { __typename } }";
    let first = post(&administrator, update).await;
    assert_eq!(first.status(), 200);
    let second = post(&administrator, update).await;
    assert_eq!(second.status(), 429);
    let body: Value = second.json().await.unwrap();
    assert_eq!(body["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    assert_eq!(post(&app.actor(Role::Finance), update).await.status(), 200);
}

#[tokio::test]
async fn operations_on_a_socket_are_counted_too() {
    let app = product(FEW).await;
    let mut socket = app.agent().socket().await;
    for id in 0..4 {
        let payload = json!({ "query": CHEAP });
        socket
            .say(&json!({ "type": "subscribe", "id": id.to_string(), "payload": payload }))
            .await;
        let message = socket.message().await;
        if id < 3 {
            assert_eq!(message["type"], "next", "{message}");
            assert_eq!(socket.message().await["type"], "complete");
        } else {
            assert_eq!(message["type"], "error", "{message}");
            assert_eq!(message["payload"][0]["extensions"]["code"], "RATE_LIMITED");
        }
    }
}

#[tokio::test]
async fn on_ones_own_machine_nothing_is_counted() {
    let app = App::start(Storage::sqlite()).await;
    let response = post(&app.nobody(), CHEAP).await;
    assert_eq!(header(&response, "ratelimit"), "");
}

/// How many requests are left, by the header.
fn left(response: &Response) -> u64 {
    let header = header(response, "ratelimit");
    let left = header
        .split("r=")
        .nth(1)
        .and_then(|rest| rest.split(';').next());
    left.unwrap().parse().unwrap()
}

#[tokio::test]
async fn several_processes_count_together() {
    let mut store = RateStore::start().await;
    let settings = format!("[rate]\nlimits = \"on\"\nuser = 1000\n{}", store.settings());
    let app = product(&settings).await;
    let another = app.another(&settings).await;
    let token = app
        .product()
        .development_token(Role::ContactCentreAgent, None);
    let (here, there) = (app.agent(), app.at(another.url(), token.unwrap()));
    assert_eq!(left(&post(&here, CHEAP).await), 999);
    assert_eq!(left(&post(&there, CHEAP).await), 998);
    assert_eq!(left(&post(&here, CHEAP).await), 997);
    // Without the store each counts for itself, and reading goes on.
    store.kill();
    let alone = post(&there, CHEAP).await;
    assert_eq!((alone.status().as_u16(), left(&alone)), (200, 999));
    assert_eq!(left(&post(&here, CHEAP).await), 999);
    // When it is back, they count together again.
    store.revive().await;
    for _ in 0..60 {
        app.later(TimeDelta::seconds(2));
        let (one, other) = (post(&here, CHEAP).await, post(&there, CHEAP).await);
        if left(&one) == left(&other) + 1 && left(&one) > 990 {
            another.stop().await;
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("they do not count together again");
}

on_both!(signing_in_is_counted_in_the_database, async |app: App| {
    let login = app.user(Role::Analyst).await;
    let wrong = tests::Login {
        password: "something else entirely".to_owned(),
        ..login
    };
    let browser = app.browser();
    for _ in 0..5 {
        assert_eq!(browser.try_to_sign_in(&wrong).await.status(), 401);
    }
    let refused = browser.try_to_sign_in(&wrong).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
});
