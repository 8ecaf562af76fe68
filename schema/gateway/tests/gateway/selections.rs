//! Aliases, fragments, order and duplicates.

use serde_json::json;

use crate::toy::{Toy, error_paths};

#[tokio::test]
async fn aliases_keep_two_readings_of_one_field_apart() {
    let query =
        "{ user(id: 1) { few: friends(first: 1) { id } more: friends(first: 2) { name: id } } }";
    let response = Toy::new().ask(query).await;
    let expected = json!({"few": [{"id": "2"}], "more": [{"name": "2"}, {"name": "3"}]});
    assert_eq!(response["data"]["user"], expected);
}

#[tokio::test]
async fn an_alias_may_take_the_name_of_a_key() {
    let query = "{ users { id: name favourite { sku: title } reviews { id: stars } } }";
    let toy = Toy::new();
    let response = toy.ask(query).await;
    let first = &response["data"]["users"][0];
    assert_eq!(first["id"], "User 1");
    assert_eq!(first["favourite"], json!({"sku": "Title of b1"}));
    assert_eq!(first["reviews"], json!([{"id": 5}, {"id": 3}]));
}

#[tokio::test]
async fn so_may_an_alias_on_the_way_to_an_error() {
    let query = "{ name: users { id: nickname reviews: friends(first: 1) { name: id } } }";
    let response = Toy::new().ask(query).await;
    let third = &response["data"]["name"][2];
    assert_eq!(third, &json!({"id": null, "reviews": [{"name": "1"}]}));
    assert_eq!(error_paths(&response), ["name.2.id: NOT_FOUND"]);
}

#[tokio::test]
async fn fields_come_in_the_order_of_the_query_whoever_brings_them() {
    let query = "{ user(id: 1) { reviews { stars } name favourite { price title } id } }";
    let response = Toy::new().ask(query).await;
    let text = response["data"]["user"].to_string();
    assert_eq!(
        text,
        r#"{"reviews":[{"stars":5},{"stars":3}],"name":"User 1","favourite":{"price":20,"title":"Title of b1"},"id":"1"}"#
    );
}

#[tokio::test]
async fn selections_of_one_field_are_merged() {
    let query = "{ user(id: 1) { address { city } ...A address { c: city } } } fragment A on User { address { country } }";
    let response = Toy::new().ask(query).await;
    let address = response["data"]["user"]["address"].to_string();
    assert_eq!(address, r#"{"city":"City 1","country":"AE","c":"City 1"}"#);
}

#[tokio::test]
async fn fragments_may_stand_in_fragments() {
    let query = "query Q { users { ...A } } fragment A on User { ...B } fragment B on User { id ...C } fragment C on User { reviews { ...R } } fragment R on Review { stars author { ...N } } fragment N on User { name }";
    let response = Toy::new().ask(query).await;
    let first = &response["data"]["users"][1];
    assert_eq!(
        first,
        &json!({"id": "2", "reviews": [{"stars": 4, "author": {"name": "User 2"}}]})
    );
}

#[tokio::test]
async fn text_in_arguments_arrives_unharmed() {
    let query = "mutation { rename(id: \"\\\"}{\\u00e9\\\\\", name: \"\"\"block \"quoted\"\n  two\"\"\") { id } }";
    let response = Toy::new().ask(query).await;
    assert_eq!(response["data"]["rename"]["id"], "\"}{é\\");
}
