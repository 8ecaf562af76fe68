//! A subgraph that fails takes only its own fields along.

use std::time::{Duration, Instant};

use schema_gateway::GraphQlRequest;
use serde_json::json;

use crate::toy::{Mood, Toy, context, error_paths, to_json};

#[tokio::test]
async fn the_others_answer() {
    let toy = Toy::but("products", Mood::Down);
    let response = toy
        .ask("{ users { name favourite { title } reviews { stars } } }")
        .await;
    let second = &response["data"]["users"][1];
    assert_eq!(
        second,
        &json!({"name": "User 2", "favourite": null, "reviews": [{"stars": 4}]})
    );
    let expected =
        [0, 1, 2, 3, 4].map(|user| format!("users.{user}.favourite: INTERNAL_SERVER_ERROR"));
    assert_eq!(error_paths(&response), expected);
}

#[tokio::test]
async fn what_failed_inside_is_not_told_outside() {
    let response = Toy::but("products", Mood::Down)
        .ask("{ user(id: 1) { favourite { sku } } }")
        .await;
    let error = response["errors"][0].clone();
    assert!(!error.to_string().contains("refused"), "{error}");
    assert_eq!(error["extensions"]["requestId"], "request-1");
}

#[tokio::test]
async fn a_root_field_fails_alone() {
    let response = Toy::but("products", Mood::Down)
        .ask("{ user(id: 1) { name } product(sku: \"b1\") { title } }")
        .await;
    assert_eq!(
        response["data"],
        json!({"user": {"name": "User 1"}, "product": null})
    );
    assert_eq!(error_paths(&response), ["product: INTERNAL_SERVER_ERROR"]);
}

#[tokio::test]
async fn silence_is_a_failure() {
    let response = Toy::but("products", Mood::Silent)
        .ask("{ user(id: 1) { name favourite { sku } } }")
        .await;
    assert_eq!(
        response["data"],
        json!({"user": {"name": "User 1", "favourite": null}})
    );
    assert_eq!(
        error_paths(&response),
        ["user.favourite: INTERNAL_SERVER_ERROR"]
    );
}

#[tokio::test]
async fn the_failure_of_a_step_in_between_is_told_once() {
    let toy = Toy::but("products", Mood::Down);
    let response = toy
        .ask("{ reviews { stars product { ... on Book { shipping } } } }")
        .await;
    assert!(response["data"].is_null(), "`shipping` may not be null");
    assert_eq!(error_paths(&response).len(), 1, "{response}");
}

#[tokio::test]
async fn what_is_late_is_left_out() {
    let toy = Toy::but("products", Mood::Stuck);
    let request = GraphQlRequest::new("{ user(id: 1) { name favourite { sku } } }");
    let deadline = Instant::now() + Duration::from_millis(50);
    let response = toy
        .gateway
        .execute(request, context().with_deadline(deadline))
        .await;
    let response = to_json(&response);
    assert_eq!(
        response["data"],
        json!({"user": {"name": "User 1", "favourite": null}})
    );
    assert_eq!(error_paths(&response), ["user.favourite: TIMEOUT"]);
}

#[tokio::test]
async fn after_the_deadline_nothing_is_begun() {
    let toy = Toy::new();
    let request = GraphQlRequest::new("mutation { forget(id: 1) }");
    let response = toy
        .gateway
        .execute(request, context().with_deadline(Instant::now()))
        .await;
    assert_eq!(error_paths(&to_json(&response)), ["forget: TIMEOUT"]);
    assert!(toy.seen().is_empty());
}

#[tokio::test]
async fn a_resolver_that_panics_is_a_failed_fetch() {
    let response = Toy::new().ask("{ panics user(id: 1) { name } }").await;
    assert_eq!(
        response["data"],
        json!({"panics": null, "user": {"name": "User 1"}})
    );
    assert_eq!(error_paths(&response), ["panics: INTERNAL_SERVER_ERROR"]);
}
