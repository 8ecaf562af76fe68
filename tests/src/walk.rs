//! Lists, walked from page to page.

use serde_json::{Value, json};

use crate::Client;

const NODES: &str = "{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";

/// The ids of a whole list, by pages of `size` from its start. `list` is the field with `PAGE` where the arguments of the
/// page go, and may open fields before it: `customer(id: "…") { cases(PAGE)`.
pub async fn forward(client: &Client, list: &str, size: usize) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let page = page(client, list, "first: $size, after: $cursor", size, &cursor).await;
        ids.extend(ids_of(&page, size));
        if page["pageInfo"]["hasNextPage"] != true {
            return ids;
        }
        assert_eq!(
            page["edges"].as_array().map(Vec::len),
            Some(size),
            "a page before the last one is full"
        );
        cursor = page["pageInfo"]["endCursor"].clone();
    }
}

/// The same list, by pages from its end; in the order of the list.
pub async fn backward(client: &Client, list: &str, size: usize) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let page = page(client, list, "last: $size, before: $cursor", size, &cursor).await;
        ids.splice(0..0, ids_of(&page, size));
        if page["pageInfo"]["hasPreviousPage"] != true {
            return ids;
        }
        cursor = page["pageInfo"]["startCursor"].clone();
    }
}

async fn page(client: &Client, list: &str, arguments: &str, size: usize, cursor: &Value) -> Value {
    let field = list.replace("PAGE", arguments);
    let closing = "}".repeat(list.matches('{').count() - list.matches("\"{").count());
    let query = format!("query Page($size: Int, $cursor: String) {{ {field} {NODES} {closing} }}");
    let answer = client
        .ask_with(&query, json!({ "size": size, "cursor": cursor }))
        .await;
    let mut value = answer.data().clone();
    while value.get("edges").is_none() {
        let fields = value
            .as_object_mut()
            .unwrap_or_else(|| panic!("no list in {:#}", answer.body));
        value = fields.values_mut().next().expect("a field").take();
    }
    value
}

fn ids_of(page: &Value, size: usize) -> Vec<String> {
    let edges = page["edges"].as_array().expect("edges");
    assert!(
        edges.len() <= size,
        "a page holds no more than was asked for"
    );
    edges
        .iter()
        .map(|edge| edge["node"]["id"].as_str().expect("an id").to_owned())
        .collect()
}
