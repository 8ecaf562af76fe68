//! The gateway and one merged schema answer the same.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::toy::{Toy, merged};

const QUERIES: &[&str] = &[
    "{ users { id name } }",
    "{ users { id name reviews { stars } } }",
    "{ users { reviews { product { title } } } }",
    "{ users { name reviews { product { title price reviews { author { name email } } } } } }",
    "{ user(id: 1) { name favourite { title } } }",
    "{ user(id: \"2\") { name favourite { title } address { city } } }",
    "{ user(id: 5) { address { city } favourite { sku } } }",
    "{ user(id: 77) { name reviews { stars } } }",
    "{ users { nickname } }",
    "{ a: users { n: name } b: users { name m: nickname } }",
    "{ user(id: 4) { name email } }",
    "{ user(id: 4) { name reviews { stars } email } }",
    "{ users { id email } }",
    "{ user(id: 5) { name reputation } }",
    "{ user(id: 1) { name reputation } }",
    "{ doom }",
    "{ version doom }",
    "{ reviews { id author { id } } }",
    "{ reviews { author { name } } }",
    "{ reviews { author { name address { city country } } } }",
    "{ reviews { author { nickname } } }",
    "{ reviews { product { sku } } }",
    "{ reviews { product { __typename sku title } } }",
    "{ reviews { product { ... on Book { pages } ... on Film { minutes } } } }",
    "{ reviews { p: product { ... on Book { pages shipping } ... on Film { minutes } price } } }",
    "{ products { __typename title } }",
    "{ products { sku ... on Book { shipping weight } } }",
    "{ products { ... on Book { shipping } } }",
    "{ products { reviews { stars author { name } } } }",
    "{ products { ... on Book { r: reviews { id } } ... on Film { r: reviews { stars } } } }",
    "{ products { ...F } } fragment F on Product { title ...B } fragment B on Book { pages format }",
    "{ product(sku: \"b1\") { ... on Book { cover(size: {width: 3}) other: cover(size: {width: 1, height: 2}) } } }",
    "{ product(sku: \"b9\") { title } }",
    "{ search(input: {text: \"x\"}) { __typename } }",
    "{ search(input: {text: \"x\", limit: 2}) { __typename ... on User { name } ... on Book { title } } }",
    "{ search(input: {text: \"x\"}) { ... on User { id name reviews { stars } } ... on Product { title price } } }",
    "{ search(input: {text: \"x\", formats: [PAPER]}) { ... on User { name favourite { title __typename } } ... on Film { minutes } } }",
    "{ search(input: {text: \"a\\\"b\\\\\"}) { ... on Film { title } } }",
    "{ users { friends(first: 1) { name friends { id } } } }",
    "{ users { friends { reviews { stars } } } }",
    "{ users { friends { favourite { title reviews { stars } } } } }",
    "{ ids(of: [1, null, 3]) }",
    "{ ids(of: 7) }",
    "{ version __typename }",
    "{ __typename }",
    "{ t: __typename users { u: __typename id } }",
    "{ users { ... { id } ... on User { name } } }",
    "{ users { id id name } users { name address { city } } users { address { country } } }",
    "{ users { name @skip(if: true) id @include(if: true) } }",
    "{ users { address { city @skip(if: true) } } }",
    "{ users @skip(if: true) { id } version }",
    "{ users { ...N @include(if: false) id } } fragment N on User { name }",
    "{ reviews { author { email } } }",
    "{ reviews { stars author { reputation } } }",
    "{ user(id: 3) { reviews { author { name nickname } } } }",
    "{ users { favourite { ... on Product { sku } ... on Book { weight } } } }",
    "{ b: product(sku: \"b2\") { price ... on Book { shipping } } f: product(sku: \"f1\") { price } }",
    "mutation { rename(id: 1, name: \"a\") { name reviews { stars } } review(id: \"r1\") { author { email } } }",
    "mutation { a: review(id: \"r6\") { author { email } } b: rename(id: 2, name: \"b\") { id } }",
    "mutation { rename(id: 0, name: \"a\") { name } }",
];

#[tokio::test]
async fn every_query_is_answered_as_by_one_schema() {
    assert_same_as_merged(&Toy::new()).await;
}

#[tokio::test]
async fn every_query_is_answered_the_same_over_http() {
    let (toy, _wires) = Toy::over_http().await;
    assert_same_as_merged(&toy).await;
}

async fn assert_same_as_merged(toy: &Toy) {
    let merged = merged::schema();
    let mut differences = Vec::new();
    for query in QUERIES {
        let ours = toy.ask(query).await;
        let theirs = serde_json::to_value(merged.execute(*query).await).unwrap();
        let is_same = ours.get("data") == theirs.get("data")
            && keys(&ours["data"]) == keys(&theirs["data"])
            && codes(&ours) == codes(&theirs);
        if !is_same {
            differences.push(format!("{query}\n  ours   {ours}\n  theirs {theirs}"));
        }
    }
    assert!(
        differences.is_empty(),
        "{} differences\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Paths are judged elsewhere: the library that runs the merged schema shortens them where null propagates.
pub(crate) fn codes(response: &Json) -> BTreeSet<String> {
    let errors = response["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| error["extensions"]["code"].to_string())
        .collect()
}

/// Field order is part of the answer, and maps compare without it.
pub(crate) fn keys(value: &Json) -> Vec<String> {
    match value {
        Json::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| std::iter::once(key.clone()).chain(keys(value)))
            .collect(),
        Json::Array(items) => items.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn conditions_in_variables_are_answered_as_by_one_schema() {
    let query = "query($s: Boolean!, $i: Boolean! = true) { users { a: name @skip(if: $s) b: id ...R @include(if: $i) a: name } } fragment R on User { reviews @skip(if: $s) { stars } nickname @include(if: $i) }";
    let toy = Toy::new();
    let merged = merged::schema();
    for variables in [
        json!({"s": true, "i": true}),
        json!({"s": false, "i": true}),
        json!({"s": true, "i": false}),
        json!({"s": false, "i": false}),
    ] {
        let ours = toy.ask_with(query, variables.clone()).await;
        let request = async_graphql::Request::new(query)
            .variables(async_graphql::Variables::from_json(variables));
        let theirs = serde_json::to_value(merged.execute(request).await).unwrap();
        assert_eq!(ours["data"], theirs["data"]);
        assert_eq!(codes(&ours), codes(&theirs));
    }
}
