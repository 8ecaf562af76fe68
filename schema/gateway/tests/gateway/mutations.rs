//! Mutations run one after another, whoever answers them.

use serde_json::json;

use crate::toy::{Toy, error_paths};

#[tokio::test]
async fn root_fields_are_asked_for_in_order() {
    let toy = Toy::new();
    let query = "mutation { a: rename(id: 1, name: \"x\") { id } review(id: \"r1\") { stars } b: rename(id: 2, name: \"y\") { id } }";
    let response = toy.ask(query).await;
    let expected = json!({"a": {"id": "1"}, "review": {"stars": 5}, "b": {"id": "2"}});
    assert_eq!(response["data"].to_string(), expected.to_string());
    let order = toy
        .seen()
        .into_iter()
        .map(|seen| seen.subgraph)
        .collect::<Vec<_>>();
    assert_eq!(order, ["accounts", "reviews", "accounts"]);
}

/// The planner merges what looks alike, and has gone on merging for ever.
#[tokio::test]
async fn one_mutation_many_times_is_planned() {
    let rename = |key: &str, id: u8, inside: &str| {
        format!("{key}: rename(id: {id}, name: \"x\") {{ {inside} }} ")
    };
    for [first, second, third] in [
        ["a", "b", "c"],
        ["a", "a", "a"],
        ["a", "b", "a"],
        ["rename", "rename", "b"],
    ] {
        let query = format!(
            "mutation {{ {}{}{} }}",
            rename(first, 1, "id reviews { stars }"),
            rename(second, 1, "name favourite { title }"),
            rename(
                third,
                1,
                "reviews { stars author { name } } address { city }"
            ),
        );
        let response = Toy::new().ask(&query).await;
        assert_eq!(error_paths(&response), [""; 0], "{query}");
    }
}

#[tokio::test]
async fn what_a_mutation_returns_is_extended_like_anything_else() {
    let toy = Toy::new();
    let response = toy
        .ask("mutation { rename(id: 1, name: \"x\") { favourite { title } reviews { stars } } }")
        .await;
    let expected =
        json!({"favourite": {"title": "Title of b1"}, "reviews": [{"stars": 5}, {"stars": 3}]});
    assert_eq!(response["data"]["rename"], expected);
    let kinds = toy
        .seen()
        .iter()
        .map(|seen| seen.text.starts_with("mutation"))
        .collect::<Vec<_>>();
    assert_eq!(kinds, [true, false, false]);
}

#[tokio::test]
async fn a_failed_mutation_leaves_the_others_alone() {
    let response = Toy::new()
        .ask("mutation { a: forget(id: 0) b: forget(id: 1) }")
        .await;
    assert_eq!(response["data"], json!({"a": null, "b": true}));
    assert_eq!(error_paths(&response), ["a: NOT_FOUND"]);
}

#[tokio::test]
async fn a_subscription_is_refused() {
    let response = Toy::new().ask("subscription { anything }").await;
    assert!(response.get("data").is_none());
    assert_eq!(error_paths(&response), [": GRAPHQL_VALIDATION_FAILED"]);
}
