//! Documents that cannot be executed are refused with a code and a place.

use schema_gateway::GraphQlRequest;
use serde_json::{Value as Json, json};

use crate::toy::{Toy, context, to_json};

async fn refused(query: &str, code: &str) -> Json {
    let toy = Toy::new();
    let response = toy.ask(query).await;
    assert!(response.get("data").is_none(), "{query}: {response}");
    assert_eq!(
        response["errors"][0]["extensions"]["code"], code,
        "{query}: {response}"
    );
    assert!(toy.seen().is_empty());
    response["errors"][0].clone()
}

#[tokio::test]
async fn what_is_not_graphql_does_not_parse() {
    for query in [
        "",
        "{",
        "{ users { id }",
        "query Q",
        "{ users(id: ) { id } }",
        "\u{0}",
        "{ users { id } } }",
    ] {
        refused(query, "GRAPHQL_PARSE_FAILED").await;
    }
    let error = refused("{\n  users { id \n", "GRAPHQL_PARSE_FAILED").await;
    assert_eq!(error["locations"][0]["line"], 2);
}

#[tokio::test]
async fn nesting_stops_before_the_stack_does() {
    let query = format!(
        "{}{}",
        "{ users { friends ".repeat(2_000),
        "}".repeat(4_000)
    );
    refused(&query, "GRAPHQL_PARSE_FAILED").await;
}

#[tokio::test]
async fn what_would_cost_more_than_it_weighs_is_refused_first() {
    let doubling = (0..30).fold(
        "{ ...f0 } fragment f30 on Query { version }".to_owned(),
        |text, level| {
            format!(
                "{text} fragment f{level} on Query {{ ...f{} ...f{} }}",
                level + 1,
                level + 1
            )
        },
    );
    refused(&doubling, "GRAPHQL_VALIDATION_FAILED").await;
    let spread_wide = format!(
        "{{ {} }} fragment f on User {{ {} }}",
        "users { ...f } ".repeat(100),
        (0..100).fold(String::new(), |text, index| format!("{text}a{index}: id "))
    );
    refused(&spread_wide, "GRAPHQL_VALIDATION_FAILED").await;
    refused(
        &format!("{{ {} }}", "version ".repeat(20_000)),
        "GRAPHQL_PARSE_FAILED",
    )
    .await;
    let error = refused(
        &format!("{{ {} }}", "a".repeat(200_000)),
        "GRAPHQL_PARSE_FAILED",
    )
    .await;
    assert!(error.to_string().len() < 1_000);
}

#[tokio::test]
async fn every_rule_of_the_specification_holds() {
    for query in [
        "{ users }",
        "{ users { id { x } } }",
        "{ users { nothing } }",
        "{ user { name } }",
        "{ user(id: 1, id: 2) { name } }",
        "{ user(id: 1, of: 2) { name } }",
        "{ user(id: true) { name } }",
        "{ users { a: id a: name } }",
        "{ users { friends(first: 1) { id } friends(first: 2) { id } } }",
        "{ users { ...Missing } }",
        "{ version } fragment Unused on User { id }",
        "{ users { ...A } } fragment A on User { ...B } fragment B on User { ...A }",
        "{ users { ... on Book { pages } } }",
        "{ users { ... on Nothing { id } } }",
        "query($x: Int) { version }",
        "query { ids(of: $x) }",
        "query($x: Int, $x: Int) { ids(of: [$x]) }",
        "query($x: String) { ids(of: [$x]) }",
        "query($x: Book) { version }",
        "{ version @unknown }",
        "{ version @skip }",
        "{ version @skip(if: 1) }",
        "{ version @skip(if: true) @skip(if: false) }",
        "query A { version } query A { version }",
        "{ version } { version }",
        "{ search(input: {text: \"x\", text: \"y\"}) { __typename } }",
        "{ search(input: {limit: 1}) { __typename } }",
        "{ search(input: {text: \"x\", formats: [VINYL]}) { __typename } }",
        "{ users { __typename: id } }",
        "type T { a: Int }",
    ] {
        refused(query, "GRAPHQL_VALIDATION_FAILED").await;
    }
}

#[tokio::test]
async fn an_error_says_where_it_is() {
    let error = refused(
        "{\n  users {\n    nothing\n  }\n}",
        "GRAPHQL_VALIDATION_FAILED",
    )
    .await;
    assert_eq!(error["locations"], json!([{"line": 3, "column": 5}]));
    assert!(error["message"].as_str().unwrap().contains("`nothing`"));
}

#[tokio::test]
async fn no_more_problems_are_told_than_have_room() {
    for (length, told) in [(1, 1..=20), (250, 2..=5)] {
        let name = "f".repeat(length);
        let fields = (0..9).fold(String::new(), |text, n| format!("{text} {name}{n}"));
        let response = Toy::new().ask(&format!("{{ users {{ {fields} }} }}")).await;
        assert!(
            told.contains(&response["errors"].as_array().unwrap().len()),
            "{response}"
        );
        assert!(response.to_string().len() < 1_600, "{response}");
    }
}

#[tokio::test]
async fn the_operation_is_picked_by_name() {
    let toy = Toy::new();
    let document = "query A { version } query B { users { id } }";
    let pick = async |name: &str| {
        let request = GraphQlRequest::new(document).with_operation_name(name);
        to_json(&toy.gateway.execute(request, context()).await)
    };
    assert_eq!(pick("A").await, json!({"data": {"version": 1}}));
    assert_eq!(pick("B").await["data"]["users"][0], json!({"id": "1"}));
    assert_eq!(
        pick("C").await["errors"][0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );
    let unnamed = toy.ask(document).await;
    assert_eq!(unnamed["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}
