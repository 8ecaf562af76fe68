//! Null goes as far as the schema says and no farther, and every error says where.

use serde_json::json;

use crate::toy::{Toy, error_paths};

#[tokio::test]
async fn a_nullable_field_keeps_its_null_to_itself() {
    let response = Toy::new().ask("{ user(id: 3) { name nickname } }").await;
    assert_eq!(
        response["data"],
        json!({"user": {"name": "User 3", "nickname": null}})
    );
    assert_eq!(error_paths(&response), ["user.nickname: NOT_FOUND"]);
    assert_eq!(response["errors"][0]["message"], "no nickname here");
}

#[tokio::test]
async fn a_non_null_field_takes_its_object_along() {
    let response = Toy::new()
        .ask("{ user(id: 4) { name email } version }")
        .await;
    assert_eq!(response["data"], json!({"user": null, "version": 1}));
    assert_eq!(error_paths(&response), ["user.email: FORBIDDEN"]);
}

#[tokio::test]
async fn a_non_null_item_takes_its_list_along() {
    let response = Toy::new()
        .ask("{ user(id: 1) { id friends(first: 4) { email } } version }")
        .await;
    assert_eq!(response["data"], json!({"user": null, "version": 1}));
    // `async-graphql` ends the path of an error that crosses a list at the item.
    assert_eq!(error_paths(&response), ["user.friends.2: FORBIDDEN"]);
}

#[tokio::test]
async fn null_that_reaches_the_root_is_the_data() {
    let response = Toy::new().ask("{ version doom }").await;
    assert!(response.as_object().unwrap().contains_key("data"));
    assert_eq!(response["data"], json!(null));
    assert_eq!(error_paths(&response), ["doom: CONFLICT"]);
}

#[tokio::test]
async fn null_crosses_from_one_subgraph_into_another() {
    let response = Toy::new()
        .ask("{ a: user(id: 5) { name reputation } b: user(id: 1) { reputation } }")
        .await;
    assert_eq!(
        response["data"],
        json!({"a": null, "b": {"reputation": 10}})
    );
    assert_eq!(error_paths(&response), ["a.reputation: CONFLICT"]);
}

#[tokio::test]
async fn paths_name_aliases_and_positions() {
    let query = "{ everybody: users { friends(first: 3) { id nick: nickname } } }";
    let response = Toy::new().ask(query).await;
    let expected = [0, 1, 3, 4].map(|user| {
        let friend = if user < 2 { 1 } else { 2 };
        format!("everybody.{user}.friends.{friend}.nick: NOT_FOUND")
    });
    assert_eq!(error_paths(&response), expected);
}

#[tokio::test]
async fn paths_lead_through_entities_of_another_subgraph() {
    let query =
        "{ search(input: {text: \"x\"}) { ... on User { r: reviews { by: author { email } } } } }";
    let response = Toy::new().ask(query).await;
    assert_eq!(response["data"], json!(null));
    assert_eq!(error_paths(&response), ["search.3.r.0.by.email: FORBIDDEN"]);
}

#[tokio::test]
async fn no_more_than_twenty_errors_are_told() {
    let aliases = (0..30)
        .map(|n| format!("u{n}: user(id: 3) {{ nickname }}"))
        .collect::<Vec<_>>()
        .concat();
    let response = Toy::new().ask(&format!("{{ {aliases} }}")).await;
    assert_eq!(response["errors"].as_array().unwrap().len(), 20);
    assert_eq!(response["data"]["u29"], json!({"nickname": null}));
}
