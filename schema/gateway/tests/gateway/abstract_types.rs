//! Interfaces and unions whose types live in several subgraphs.

use serde_json::json;

use crate::toy::Toy;

#[tokio::test]
async fn each_type_gets_its_own_fields() {
    let query = "{ products { __typename sku ... on Book { pages } ... on Film { minutes } } }";
    let response = Toy::new().ask(query).await;
    let expected = json!([
        {"__typename": "Book", "sku": "b1", "pages": 100},
        {"__typename": "Book", "sku": "b2", "pages": 100},
        {"__typename": "Film", "sku": "f1", "minutes": 90},
        {"__typename": "Film", "sku": "f2", "minutes": 90},
    ]);
    assert_eq!(response["data"]["products"], expected);
}

#[tokio::test]
async fn a_type_that_was_not_asked_for_is_not_shown() {
    let response = Toy::new()
        .ask("{ products { ... on Book { pages } } }")
        .await;
    assert_eq!(
        response["data"]["products"],
        json!([{"pages": 100}, {"pages": 100}, {}, {}])
    );
}

#[tokio::test]
async fn an_interface_is_extended_from_another_subgraph() {
    let response = Toy::new()
        .ask("{ product(sku: \"f1\") { title reviews { author { name } } } }")
        .await;
    let expected = json!({"title": "Title of f1", "reviews": [{"author": {"name": "User 1"}}, {"author": {"name": "User 5"}}]});
    assert_eq!(response["data"]["product"], expected);
}

#[tokio::test]
async fn one_key_may_mean_two_things_on_two_types() {
    let query = "{ products { ... on Book { x: pages } ... on Film { x: minutes } } }";
    let response = Toy::new().ask(query).await;
    assert_eq!(
        response["data"]["products"],
        json!([{"x": 100}, {"x": 100}, {"x": 90}, {"x": 90}])
    );
}

#[tokio::test]
async fn members_of_a_union_are_extended_each_in_its_way() {
    let query = "{ search(input: {text: \"\"}) { t: __typename ... on Book { shipping } ... on User { name } ... on Product { price } } }";
    let response = Toy::new().ask(query).await;
    let expected = json!([
        {"t": "Book", "shipping": "b1:20:Some(300)", "price": 20},
        {"t": "User", "name": "User 2"},
        {"t": "Film", "price": 10},
        {"t": "User", "name": "User 4"},
    ]);
    assert_eq!(response["data"]["search"], expected);
}
