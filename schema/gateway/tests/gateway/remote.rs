//! A subgraph at the end of a wire: what it is asked, and what it sees of who asks.

mod bad_answer;
mod follow;
mod repeat;
mod tls;
pub(crate) mod wire;
pub(crate) mod world;

use std::time::{Duration, Instant};

use schema_gateway::{HeaderRules, HttpClient, HttpOptions, HttpSubgraph};
use serde_json::json;

use self::{
    wire::{Reply, Wire},
    world::{QUESTION, World, well},
};
use crate::toy::error_paths;

#[tokio::test]
async fn its_answer_is_part_of_the_whole() {
    let wire = well().await;
    let answer = World::with(&wire).ask(QUESTION).await;
    let expected = json!({"data": {"airports": [
        {"code": "DXB", "city": "Dubai", "temperature": 41.5, "sky": "CLEAR"},
        {"code": "FRA", "city": "Frankfurt", "temperature": 9, "sky": "CLOUDY"},
        {"code": "LHR", "city": "London", "temperature": null, "sky": null},
    ]}});
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn it_is_asked_in_graphql_over_http() {
    let wire = well().await;
    World::with(&wire).ask(QUESTION).await;
    let [request] = wire.seen().try_into().unwrap();
    assert!(request.head.starts_with("post /graphql http/1.1"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.header("accept"),
        Some("application/graphql-response+json, application/json;q=0.9")
    );
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    let agent = request.header("user-agent").unwrap();
    assert!(agent.starts_with("jetbridge-gateway/"), "{agent}");
    assert!(
        request.body["query"]
            .as_str()
            .unwrap()
            .contains("_entities")
    );
}

#[tokio::test]
async fn packed_answers_are_asked_for_where_it_is_said() {
    let wire = well().await;
    let options = HttpOptions {
        compression: true,
        ..HttpOptions::default()
    };
    World::at(&wire.url, options).ask(QUESTION).await;
    let [request] = wire.seen().try_into().unwrap();
    assert_eq!(request.header("accept-encoding"), Some("gzip,br"));
}

#[tokio::test]
async fn connections_are_kept() {
    let wire = well().await;
    let world = World::with(&wire);
    for _ in 0..5 {
        world.ask(QUESTION).await;
    }
    let ports = wire.seen().into_iter().map(|request| request.port);
    assert_eq!(ports.collect::<std::collections::BTreeSet<_>>().len(), 1);
}

#[tokio::test]
async fn it_sees_who_asks_and_nothing_that_was_not_meant_for_it() {
    let wire = well().await;
    let world = World::with(&wire)
        .from("authorization", "Bearer abc")
        .from("accept-language", "de")
        .from("traceparent", "00-1-2-01")
        .from("x-request-id", "chosen-by-the-client")
        .from("cookie", "session=planted")
        .from("x-internal", "planted")
        .from("te", "trailers");
    world.ask(QUESTION).await;
    let [request] = wire.seen().try_into().unwrap();
    for (name, value) in [
        ("authorization", Some("bearer abc")),
        ("accept-language", Some("de")),
        ("traceparent", Some("00-1-2-01")),
        ("x-request-id", Some("request-1")),
        ("cookie", None),
        ("x-internal", None),
        ("te", None),
    ] {
        assert_eq!(request.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn what_the_client_meant_for_the_next_hop_alone_ends_here() {
    let wire = well().await;
    let world = World::with(&wire)
        .from("accept-language", "de")
        .from("connection", "close, Accept-Language");
    world.ask(QUESTION).await;
    assert_eq!(wire.seen()[0].header("accept-language"), None);
}

#[tokio::test]
async fn further_headers_are_passed_on_where_the_rules_say_so() {
    let wire = well().await;
    let options = HttpOptions {
        headers: HeaderRules::default().pass("X-Tenant").unwrap(),
        ..HttpOptions::default()
    };
    let world = World::at(&wire.url, options).from("x-tenant", "ek");
    world.ask(QUESTION).await;
    assert_eq!(wire.seen()[0].header("x-tenant"), Some("ek"));
}

#[test]
fn some_headers_are_never_passed_on() {
    for name in [
        "Cookie",
        "host",
        "Transfer-Encoding",
        "content-length",
        "",
        "a b",
    ] {
        assert!(HeaderRules::default().pass(name).is_err(), "{name}");
    }
}

#[test]
fn an_address_is_checked_before_anybody_is_asked() {
    for url in [
        "",
        "weather",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://user:planted@127.0.0.1/",
    ] {
        let client = HttpClient::new(Duration::from_secs(1)).unwrap();
        let refused = HttpSubgraph::new("weather", url, client, HttpOptions::default());
        let message = refused.unwrap_err().to_string();
        assert!(!message.contains("planted"), "{message}");
    }
}

#[tokio::test]
async fn the_deadline_of_the_request_ends_a_fetch() {
    let wire = Wire::always(Reply::Silence).await;
    let world = World::with(&wire);
    let deadline = Instant::now() + Duration::from_millis(500);
    let answer = world.ask_until(QUESTION, deadline).await;
    assert_eq!(answer["data"]["airports"][0]["city"], "Dubai");
    let paths = error_paths(&answer);
    assert_eq!(paths.len(), 6, "two fields of three airports: {answer}");
    assert!(paths.iter().all(|path| path.ends_with(": TIMEOUT")));
}
