//! Events of one subgraph, each with what the others add to it.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use schema_gateway::GraphQlRequest;
use serde_json::{Value, json};

use crate::toy::{Mood, Toy, context, error_paths, to_json};

#[tokio::test]
async fn an_event_has_fields_of_every_subgraph() {
    let toy = Toy::new();
    let told = toy
        .follow(
            "subscription { reviewWritten(ids: [\"r1\", \"r2\"]) { stars author { address { city } } product { ... on Book { title price } } } }",
        )
        .await;
    let expected = [
        json!({"stars": 5, "author": {"address": {"city": "City 1"}}, "product": {"title": "Title of b1", "price": 20}}),
        json!({"stars": 3, "author": {"address": {"city": "City 1"}}, "product": {}}),
    ]
    .map(|review| json!({"data": {"reviewWritten": review}}));
    assert_eq!(told, expected);

    let seen = toy.seen();
    let asked = |name: &str| seen.iter().filter(|one| one.subgraph == name).count();
    assert_eq!(
        (asked("reviews"), asked("accounts"), asked("products")),
        (1, 2, 1)
    );
    assert!(seen[0].text.starts_with("subscription"), "{}", seen[0].text);
}

#[tokio::test]
async fn an_event_that_fails_is_one_response() {
    let told = Toy::new()
        .follow("subscription { late: reviewWritten(ids: [\"r1\", \"none\", \"r3\"]) { stars } }")
        .await;
    assert_eq!(told[0], json!({"data": {"late": {"stars": 5}}}));
    assert_eq!(told[1]["data"], Value::Null);
    assert_eq!(error_paths(&told[1]), ["late: NOT_FOUND"]);
    assert_eq!(told[2], json!({"data": {"late": {"stars": 4}}}));
}

#[tokio::test]
async fn a_field_that_fails_is_told_at_its_path() {
    let toy = Toy::new();
    let query = |field: &str| {
        format!(
            "subscription {{ reviewWritten(ids: [\"r4\", \"r6\", \"r1\"]) {{ author {{ {field} }} }} }}"
        )
    };
    let told = toy.follow(&query("nickname")).await;
    assert_eq!(
        error_paths(&told[0]),
        ["reviewWritten.author.nickname: NOT_FOUND"]
    );
    assert_eq!(
        told[0]["data"],
        json!({"reviewWritten": {"author": {"nickname": null}}})
    );
    // An e-mail address must not be null, and neither must anything above it.
    let told = toy.follow(&query("email")).await;
    assert_eq!(told[1]["data"], Value::Null);
    assert_eq!(
        error_paths(&told[1]),
        ["reviewWritten.author.email: FORBIDDEN"]
    );
    assert_eq!(
        told[2]["data"]["reviewWritten"]["author"]["email"],
        "1@example.org"
    );
}

#[tokio::test]
async fn a_subgraph_that_is_away_takes_its_own_fields_along() {
    let told = Toy::but("accounts", Mood::Down)
        .follow(
            "subscription { reviewWritten(ids: [\"r1\", \"r3\"]) { stars author { nickname } } }",
        )
        .await;
    for (event, stars) in told.iter().zip([5, 4]) {
        assert_eq!(
            event["data"]["reviewWritten"],
            json!({"stars": stars, "author": {"nickname": null}})
        );
        assert_eq!(
            error_paths(event),
            ["reviewWritten.author.nickname: INTERNAL_SERVER_ERROR"]
        );
    }
    assert_eq!(told.len(), 2);
}

#[tokio::test]
async fn each_event_has_the_whole_time() {
    let toy = Toy::but("accounts", Mood::Stuck);
    let request = GraphQlRequest::new(
        "subscription { reviewWritten(ids: [\"r1\", \"r3\"]) { author { nickname } } }",
    );
    let context = context().with_deadline(Instant::now() + Duration::from_millis(50));
    let told = toy.gateway.subscribe(request, context);
    let told = told.map(|event| to_json(&event)).collect::<Vec<_>>().await;
    assert_eq!(told.len(), 2);
    for event in &told {
        assert_eq!(
            error_paths(event),
            ["reviewWritten.author.nickname: TIMEOUT"]
        );
    }
    // The second was asked for too: its time did not end with that of the first.
    assert_eq!(toy.seen().len(), 3);
}

#[tokio::test]
async fn what_cannot_begin_is_told_once_and_without_data() {
    let toy = Toy::new();
    for (query, code) in [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { a: reviewWritten(ids: []) { id } b: reviewWritten(ids: []) { id } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("subscription { reviewWritten(ids: []) { id } }", "CONFLICT"),
    ] {
        let told = toy.follow(query).await;
        assert_eq!(told.len(), 1, "{query}: {told:?}");
        assert!(told[0].get("data").is_none(), "{query}: {told:?}");
        assert_eq!(told[0]["errors"][0]["extensions"]["code"], code, "{query}");
    }
}

#[tokio::test]
async fn a_field_that_is_left_out_is_not_waited_for() {
    let told = Toy::new()
        .follow("subscription { reviewWritten(ids: [\"r1\"]) @skip(if: true) { id } }")
        .await;
    assert_eq!(told.len(), 1);
    assert!(told[0].get("data").is_none());
}

#[tokio::test]
async fn a_resolver_that_panics_ends_its_subscription() {
    let told = Toy::new()
        .follow("subscription { reviewWritten(ids: [\"r1\", \"panic\", \"r3\"]) { stars } }")
        .await;
    assert_eq!(told.len(), 2);
    assert_eq!(
        error_paths(&told[1]),
        ["reviewWritten: INTERNAL_SERVER_ERROR"]
    );
}

#[tokio::test]
async fn queries_and_mutations_are_answered_once() {
    let toy = Toy::new();
    assert_eq!(
        toy.follow("{ user(id: 1) { name } }").await,
        [json!({"data": {"user": {"name": "User 1"}}})]
    );
    assert_eq!(
        toy.follow("mutation { review(id: \"r1\") { stars } }")
            .await,
        [json!({"data": {"review": {"stars": 5}}})]
    );
}

#[tokio::test]
async fn a_single_response_is_not_a_subscription() {
    let refused = Toy::new()
        .ask("subscription { reviewWritten(ids: [\"r1\"]) { id } }")
        .await;
    assert_eq!(error_paths(&refused), [": BAD_USER_INPUT"]);
    assert!(refused.get("data").is_none());
}
