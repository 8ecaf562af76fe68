//! Entities are asked for in batches, each once.

use serde_json::json;

use crate::toy::{Toy, error_paths};

#[tokio::test]
async fn a_list_is_extended_by_one_fetch() {
    let toy = Toy::new();
    let response = toy.ask("{ users { name favourite { title } } }").await;
    assert_eq!(response["data"]["users"].as_array().unwrap().len(), 5);

    let seen = toy.seen();
    let subgraphs = seen
        .iter()
        .map(|seen| seen.subgraph.as_str())
        .collect::<Vec<_>>();
    assert_eq!(subgraphs, ["accounts", "products"]);
    assert_eq!(seen[1].entities(), 5);
}

#[tokio::test]
async fn an_entity_that_occurs_often_is_asked_for_once() {
    let toy = Toy::new();
    let response = toy.ask("{ reviews { author { address { city } } } }").await;
    let cities = response["data"]["reviews"].as_array().unwrap().iter();
    let cities = cities
        .map(|review| &review["author"]["address"]["city"])
        .collect::<Vec<_>>();
    assert_eq!(cities[0], &json!("City 1"));
    assert_eq!(cities[1], &json!("City 1"));
    assert_eq!(toy.seen()[1].entities(), 5, "seven reviews by five people");
}

#[tokio::test]
async fn entities_at_different_places_share_one_fetch() {
    let toy = Toy::new();
    let query = "{ a: user(id: 1) { favourite { sku } } b: users { favourite { sku } } }";
    let response = toy.ask(query).await;
    assert_eq!(response["data"]["a"]["favourite"], json!({"sku": "b1"}));
    assert_eq!(response["data"]["b"][2]["favourite"], json!({"sku": "f1"}));
    let fetches = toy
        .seen()
        .iter()
        .filter(|seen| seen.subgraph == "products")
        .count();
    assert_eq!(fetches, 1);
}

#[tokio::test]
async fn an_unknown_entity_has_null_fields() {
    let toy = Toy::new();
    let response = toy.ask("{ stranger { id nickname } }").await;
    assert_eq!(
        response,
        json!({"data": {"stranger": {"id": "99", "nickname": null}}})
    );
}

#[tokio::test]
async fn an_unknown_entity_is_null_where_its_fields_may_not_be() {
    let toy = Toy::new();
    let response = toy.ask("{ stranger { id name } }").await;
    // As one schema would answer: the field may be null, and is.
    assert_eq!(response, json!({"data": {"stranger": null}}));
}

#[tokio::test]
async fn among_many_only_the_unknown_are_null() {
    let toy = Toy::new();
    let response = toy.ask("{ people { id name } }").await;
    let expected = json!([
        {"id": "1", "name": "User 1"},
        null,
        null,
        {"id": "2", "name": "User 2"},
    ]);
    assert_eq!(response["data"]["people"], expected);
    // The one with an impossible id is told; the one that nobody knows is not there.
    assert_eq!(error_paths(&response), ["people.1.name: BAD_USER_INPUT"]);
}

#[tokio::test]
async fn a_bad_key_nulls_one_entry() {
    let toy = Toy::new();
    let response = toy.ask("{ people { id nickname } }").await;
    let expected = json!([
        {"id": "1", "nickname": "nick-1"},
        {"id": "broken", "nickname": null},
        {"id": "99", "nickname": null},
        {"id": "2", "nickname": null},
    ]);
    assert_eq!(response["data"]["people"], expected);
    assert_eq!(
        error_paths(&response),
        ["people.1.nickname: BAD_USER_INPUT"]
    );
}

#[tokio::test]
async fn an_error_in_an_entity_is_told_wherever_the_entity_stands() {
    let toy = Toy::new();
    let response = toy
        .ask("{ a: user(id: 5) { reputation } b: user(id: 5) { r: reputation } }")
        .await;
    assert_eq!(response["data"], json!({"a": null, "b": null}));
    assert_eq!(
        error_paths(&response),
        ["a.reputation: CONFLICT", "b.r: CONFLICT"]
    );
}

#[tokio::test]
async fn where_there_is_nothing_to_extend_nothing_is_asked() {
    let toy = Toy::new();
    let response = toy.ask("{ user(id: 77) { favourite { title } } }").await;
    assert_eq!(response, json!({"data": {"user": null}}));
    assert_eq!(toy.seen().len(), 1);
}
