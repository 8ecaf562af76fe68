//! `@skip` and `@include` decide what is asked, not only what is shown.

use serde_json::json;

use crate::toy::Toy;

const QUERY: &str =
    "query($with: Boolean!) { user(id: 1) { name reviews @include(if: $with) { stars } } }";

#[tokio::test]
async fn what_is_not_included_is_not_asked_for() {
    let toy = Toy::new();
    let without = toy.ask_with(QUERY, json!({"with": false})).await;
    assert_eq!(without, json!({"data": {"user": {"name": "User 1"}}}));
    assert_eq!(toy.seen().len(), 1);

    let with = toy.ask_with(QUERY, json!({"with": true})).await;
    assert_eq!(
        with["data"]["user"]["reviews"],
        json!([{"stars": 5}, {"stars": 3}])
    );
    assert_eq!(toy.seen().len(), 2);
}

#[tokio::test]
async fn a_default_decides_where_no_value_is_given() {
    let toy = Toy::new();
    let query = "query($skip: Boolean! = true) { version users @skip(if: $skip) { id } }";
    assert_eq!(toy.ask(query).await, json!({"data": {"version": 1}}));
}

#[tokio::test]
async fn an_object_of_which_everything_is_skipped_is_empty() {
    let toy = Toy::new();
    let query = "query($no: Boolean!) { user(id: 1) { name @include(if: $no) } gone: user(id: 77) { name @include(if: $no) } }";
    let response = toy.ask_with(query, json!({"no": false})).await;
    assert_eq!(response, json!({"data": {"user": {}, "gone": null}}));
}

#[tokio::test]
async fn an_operation_of_which_everything_is_skipped_asks_nobody() {
    let toy = Toy::new();
    let response = toy.ask("{ users @skip(if: true) { id } }").await;
    assert_eq!(response, json!({"data": {}}));
    assert!(toy.seen().is_empty());
}

#[tokio::test]
async fn skip_and_include_both_have_to_agree() {
    let toy = Toy::new();
    let query = "query($s: Boolean!, $i: Boolean!) { version @skip(if: $s) @include(if: $i) }";
    for (skip, include) in [(true, true), (true, false), (false, false)] {
        let response = toy.ask_with(query, json!({"s": skip, "i": include})).await;
        assert_eq!(response, json!({"data": {}}));
    }
    let response = toy.ask_with(query, json!({"s": false, "i": true})).await;
    assert_eq!(response, json!({"data": {"version": 1}}));
}

#[tokio::test]
async fn fragments_take_conditions_too() {
    let toy = Toy::new();
    let query = "query($x: Boolean!) { user(id: 1) { id ...N @skip(if: $x) ... @include(if: $x) { a: id } } } fragment N on User { name }";
    let skipped = toy.ask_with(query, json!({"x": true})).await;
    assert_eq!(skipped["data"]["user"], json!({"id": "1", "a": "1"}));
    let kept = toy.ask_with(query, json!({"x": false})).await;
    assert_eq!(kept["data"]["user"], json!({"id": "1", "name": "User 1"}));
}

#[tokio::test]
async fn null_decides_nothing() {
    let toy = Toy::new();
    let query = "query($x: Boolean = true) { version @skip(if: $x) }";
    let response = toy.ask_with(query, json!({"x": null})).await;
    assert_eq!(
        response["errors"][0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );
    assert!(response.get("data").is_none());
}
