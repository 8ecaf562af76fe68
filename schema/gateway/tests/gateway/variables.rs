//! Variables are checked before anything is asked.

use serde_json::{Value as Json, json};

use crate::toy::Toy;

const IDS: &str = "query($of: [Int]!) { ids(of: $of) }";
const SEARCH: &str = "query($input: SearchInput!) { search(input: $input) { __typename } }";

async fn refused(query: &str, variables: Json) -> String {
    let toy = Toy::new();
    let response = toy.ask_with(query, variables).await;
    assert!(response.get("data").is_none(), "{response}");
    assert!(toy.seen().is_empty());
    let error = &response["errors"][0];
    assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT");
    error["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn integers_are_of_32_bits() {
    let message = refused(IDS, json!({"of": [1, 2_147_483_648_u64]})).await;
    assert_eq!(
        message,
        "variable `$of[1]`: 2147483648 is not a value of type Int (a whole number of 32 bits)"
    );
    refused(IDS, json!({"of": [1e300]})).await;
    refused(IDS, json!({"of": [0.5]})).await;
    refused(IDS, json!({"of": ["1"]})).await;
}

#[tokio::test]
async fn so_are_integers_in_the_document() {
    for literal in ["2147483648", "99999999999999999999999999"] {
        refused(&format!("{{ ids(of: [{literal}]) }}"), json!({})).await;
    }
}

#[tokio::test]
async fn what_is_required_must_be_given() {
    assert_eq!(
        refused(IDS, json!({})).await,
        "variable `$of`: a value of type [Int]! is required"
    );
    assert_eq!(
        refused(IDS, json!({"of": null})).await,
        "variable `$of`: null is not a [Int]!"
    );
    assert_eq!(
        refused(SEARCH, json!({"input": {}})).await,
        "variable `$input`: the field `text` of SearchInput is required"
    );
}

#[tokio::test]
async fn what_is_not_known_is_refused_by_name() {
    let message = refused(SEARCH, json!({"input": {"text": "x", "colour": 1}})).await;
    assert_eq!(
        message,
        "variable `$input`: SearchInput has no field `colour`"
    );
    let message = refused(
        SEARCH,
        json!({"input": {"text": "x", "formats": ["PAPER", "VINYL"]}}),
    )
    .await;
    assert_eq!(
        message,
        "variable `$input.formats[1]`: a string is not one of the values of Format"
    );
    let message = refused(SEARCH, json!({"input": "x"})).await;
    assert_eq!(
        message,
        "variable `$input`: a string is not an object of type SearchInput"
    );
}

#[tokio::test]
async fn every_bad_variable_is_told() {
    let query = "query($a: Int!, $b: Boolean!) { ids(of: [$a]) version @skip(if: $b) }";
    let response = Toy::new().ask_with(query, json!({"a": "x", "b": 1})).await;
    assert_eq!(response["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn defaults_and_single_items_are_filled_in() {
    let toy = Toy::new();
    assert_eq!(
        toy.ask_with(IDS, json!({"of": 7})).await["data"]["ids"],
        json!([7])
    );
    let response = toy
        .ask("query($of: [Int]! = [1, null]) { ids(of: $of) }")
        .await;
    assert_eq!(response["data"]["ids"], json!([1, null]));
    let response = toy.ask_with(SEARCH, json!({"input": {"text": "x"}})).await;
    assert_eq!(response["data"]["search"].as_array().unwrap().len(), 4);
    toy.seen();
    toy.ask_with(SEARCH, json!({"input": {"text": "x"}})).await;
    assert_eq!(
        toy.seen()[0].variables["input"],
        json!({"text": "x", "limit": 10})
    );
}

#[tokio::test]
async fn absent_is_not_null() {
    let toy = Toy::new();
    let query =
        "query($size: Size!) { product(sku: \"b1\") { ... on Book { cover(size: $size) } } }";
    toy.ask_with(query, json!({"size": {"width": 1}})).await;
    assert_eq!(toy.seen()[0].variables["size"], json!({"width": 1}));
    toy.ask_with(query, json!({"size": {"width": 1, "height": null}}))
        .await;
    assert_eq!(
        toy.seen()[0].variables["size"],
        json!({"width": 1, "height": null})
    );
}

#[tokio::test]
async fn variables_reach_the_subgraph_that_uses_them_and_no_other() {
    let toy = Toy::new();
    let query = "query($id: ID!, $first: Int!) { user(id: $id) { friends(first: $first) { favourite { title } } } }";
    let response = toy.ask_with(query, json!({"id": 1, "first": 1})).await;
    assert_eq!(
        response["data"]["user"]["friends"],
        json!([{"favourite": null}])
    );
    let seen = toy.seen();
    assert_eq!(seen[0].variables, json!({"id": "1", "first": 1}));
    assert!(seen[1].variables.get("id").is_none());
}
