//! `@requires`, `@provides`, `@shareable`, `@inaccessible`.

use serde_json::json;

use crate::toy::{Toy, error_paths};

#[tokio::test]
async fn required_fields_are_brought_from_elsewhere_and_not_shown() {
    let toy = Toy::new();
    let response = toy
        .ask("{ product(sku: \"b1\") { ... on Book { shipping } } }")
        .await;
    assert_eq!(
        response,
        json!({"data": {"product": {"shipping": "b1:20:Some(300)"}}})
    );
    let seen = toy.seen();
    assert_eq!(
        seen[1].variables["representations"][0],
        json!({"__typename": "Book", "sku": "b1", "price": 20, "weight": 300})
    );
}

#[tokio::test]
async fn a_required_field_may_be_null() {
    let response = Toy::new()
        .ask("{ product(sku: \"b2\") { ... on Book { shipping } } }")
        .await;
    assert_eq!(response["data"]["product"]["shipping"], "b2:20:None");
}

#[tokio::test]
async fn required_fields_are_brought_before_they_are_needed() {
    let toy = Toy::new();
    let response = toy
        .ask("{ reviews { product { ... on Book { shipping } } } }")
        .await;
    assert_eq!(
        response["data"]["reviews"][0]["product"]["shipping"],
        "b1:20:Some(300)"
    );
    let order = toy
        .seen()
        .into_iter()
        .map(|seen| seen.subgraph)
        .collect::<Vec<_>>();
    assert_eq!(order, ["reviews", "products", "reviews"]);
}

#[tokio::test]
async fn what_is_provided_on_the_spot_is_not_fetched_elsewhere() {
    let toy = Toy::new();
    let response = toy.ask("{ reviews { author { name } } }").await;
    assert_eq!(response["data"]["reviews"][0]["author"]["name"], "User 1");
    assert_eq!(toy.seen().len(), 1);
}

#[tokio::test]
async fn a_shared_field_is_asked_of_one_who_is_asked_anyway() {
    let toy = Toy::new();
    let response = toy.ask("{ version products { sku } }").await;
    assert_eq!(response["data"]["version"], 1);
    assert_eq!(toy.seen().len(), 1);
}

#[tokio::test]
async fn an_inaccessible_field_does_not_exist() {
    let response = Toy::new().ask("{ users { secret } }").await;
    assert_eq!(error_paths(&response), [": GRAPHQL_VALIDATION_FAILED"]);
}

#[tokio::test]
async fn a_field_that_requires_others_is_planned_below_two_interfaces() {
    let query = "{ product(sku: \"b2\") { reviews { product { ... on Book { shipping } } } } }";
    let response = Toy::new().ask(query).await;
    assert_eq!(
        response["data"]["product"]["reviews"][0]["product"]["shipping"],
        "b2:20:None"
    );
    assert_eq!(error_paths(&response), [""; 0]);
}
