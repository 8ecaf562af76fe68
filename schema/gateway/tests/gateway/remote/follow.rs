//! Subscriptions of a subgraph at the end of a wire: its events, its loss, and the end of who listens.

use std::time::Duration;

use futures_util::StreamExt;
use schema_gateway::{HttpOptions, RetryOptions};
use serde_json::{Value as Json, json};

use super::{
    wire::{Reply, Wire},
    world::World,
};
use crate::toy::error_paths;

const FOLLOW: &str = "subscription { weatherChanged { temperature sky } }";
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n\r\n:\n\n";
const COMPLETE: &str = "event: complete\ndata:\n\n";

fn next(body: &Json) -> String {
    format!("event: next\ndata: {body}\n\n")
}

fn degrees(temperature: u8) -> Json {
    json!({ "data": { "weatherChanged": { "__typename": "Airport", "temperature": temperature, "sky": null } } })
}

fn told(temperature: u8) -> Json {
    json!({ "data": { "weatherChanged": { "temperature": temperature, "sky": null } } })
}

fn bytes(events: &[String]) -> Vec<u8> {
    [HEAD, &events.concat()].concat().into_bytes()
}

async fn everything(world: &World) -> Vec<Json> {
    world.follow(FOLLOW).collect().await
}

#[tokio::test]
async fn events_are_told_until_they_end() {
    let events = [next(&degrees(41)), next(&degrees(42)), COMPLETE.to_owned()];
    let wire = Wire::always(Reply::Held(bytes(&events))).await;
    let world = World::with(&wire).from("authorization", "Bearer abc");
    assert_eq!(everything(&world).await, [told(41), told(42)]);
    let [request] = wire.seen().try_into().unwrap();
    for (name, value) in [
        ("accept", "text/event-stream"),
        ("accept-encoding", "identity"),
        ("authorization", "bearer abc"),
        ("x-request-id", "request-1"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    let query = request.body["query"].as_str().unwrap();
    assert!(query.starts_with("subscription"), "{query}");
}

#[tokio::test]
async fn a_loss_is_told_with_a_code_and_is_the_end() {
    let first = next(&degrees(41));
    let long = next(&json!({ "data": "x".repeat(2_000) }));
    for rest in [
        "",
        "event: next\ndata: {\"da",
        "event: next\ndata: <html>\n\n",
        &long,
    ] {
        let wire = Wire::always(Reply::Bytes(bytes(&[first.clone(), rest.to_owned()]))).await;
        let options = HttpOptions {
            response_limit: 1_000,
            ..HttpOptions::default()
        };
        let told = everything(&World::at(&wire.url, options)).await;
        assert_eq!(told.len(), 2, "{rest}: {told:?}");
        assert_eq!(told[1]["data"], json!({ "weatherChanged": null }));
        assert_eq!(
            error_paths(&told[1]),
            ["weatherChanged: INTERNAL_SERVER_ERROR"]
        );
    }
}

#[tokio::test]
async fn who_is_silent_for_too_long_is_lost() {
    let wire = Wire::always(Reply::Held(bytes(&[next(&degrees(41))]))).await;
    let options = HttpOptions {
        silence: Duration::from_millis(50),
        ..HttpOptions::default()
    };
    let told = everything(&World::at(&wire.url, options)).await;
    assert_eq!(
        error_paths(&told[1]),
        ["weatherChanged: INTERNAL_SERVER_ERROR"]
    );
    wire.until_gone().await;
}

#[tokio::test]
async fn what_cannot_begin_is_told_without_data() {
    let error = json!({ "errors": [{ "message": "no", "extensions": { "code": "FORBIDDEN" } }] });
    for (reply, code) in [
        (Reply::Held(bytes(&[next(&error)])), "FORBIDDEN"),
        (Reply::json(&error), "FORBIDDEN"),
        (Reply::status(401, "{}"), "UNAUTHENTICATED"),
        (Reply::status(429, "{}"), "RATE_LIMITED"),
        (Reply::status(500, "<html>"), "INTERNAL_SERVER_ERROR"),
        (Reply::Bytes(Vec::new()), "INTERNAL_SERVER_ERROR"),
    ] {
        let wire = Wire::always(reply).await;
        let told = everything(&World::with(&wire)).await;
        assert_eq!(told.len(), 1, "{code}: {told:?}");
        assert!(told[0].get("data").is_none(), "{told:?}");
        assert_eq!(told[0]["errors"][0]["extensions"]["code"], code);
    }
}

#[tokio::test]
async fn a_beginning_that_met_a_bad_moment_is_tried_again() {
    let events = Reply::Bytes(bytes(&[next(&degrees(41)), COMPLETE.to_owned()]));
    let wire = Wire::in_turn(vec![Reply::status(503, "busy"), events]).await;
    let options = HttpOptions {
        retry: RetryOptions {
            pause: Duration::from_millis(1),
            ..RetryOptions::default()
        },
        ..HttpOptions::default()
    };
    assert_eq!(everything(&World::at(&wire.url, options)).await, [told(41)]);
}

#[tokio::test]
async fn who_listens_no_more_is_gone_there_too() {
    let wire = Wire::always(Reply::Held(bytes(&[next(&degrees(41))]))).await;
    let mut following = World::with(&wire).follow(FOLLOW);
    assert_eq!(following.next().await, Some(told(41)));
    drop(following);
    wire.until_gone().await;
}
