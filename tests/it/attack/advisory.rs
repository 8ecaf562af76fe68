//! What was found in other gateways and servers, and published.

use serde_json::json;

use super::{app, refused_document};

/// Each level spreads the next one twice, with fields of its own around, so that nothing can be shared.
fn reused(levels: usize) -> String {
    let fragments = (0..levels).map(|level| {
        let next = level + 1;
        format!("fragment f{level} on Customer{{id x{level}:displayName ...f{next} ... on Customer{{tier ...f{next}}}}}")
    });
    format!(
        "{{customer(id:1){{...f0}}}}{}fragment f{levels} on Customer{{isVip}}",
        fragments.collect::<String>()
    )
}

/// CVE-2025-32030, CVE-2025-32031, CVE-2025-32032, CVE-2025-32034 (planning) and CVE-2025-31496, CVE-2025-32380
/// (validation): named fragments, nested and used again, were written out or looked at once for each spread.
#[tokio::test]
async fn fragments_that_are_used_again_are_not_followed_again() {
    let app = app().await;
    for levels in [5, 8, 12, 20] {
        let (code, _) = refused_document(&app, &reused(levels), json!({})).await;
        assert_eq!(code, "GRAPHQL_VALIDATION_FAILED", "{levels}");
    }
}

/// Counters of 32 bits came round to nothing where fragments double often enough; so would those of 64.
#[tokio::test]
async fn no_counter_comes_round() {
    let app = app().await;
    for levels in [31, 32, 33, 60] {
        let fragments = (0..levels).map(|level| {
            let next = level + 1;
            format!("fragment f{level} on Customer{{...f{next} ...f{next}}}")
        });
        let query = format!(
            "{{customer(id:1){{...f0}}}}{}fragment f{levels} on Customer{{a:id @skip(if:true)}}",
            fragments.collect::<String>()
        );
        let (code, _) = refused_document(&app, &query, json!({})).await;
        assert_eq!(code, "GRAPHQL_VALIDATION_FAILED", "{levels}");
    }
}

/// CVE-2024-47614 (async-graphql) and others: directives that are checked against each other.
#[tokio::test]
async fn directives_are_not_checked_against_each_other_without_end() {
    let app = app().await;
    for directives in [
        "@a".repeat(900),
        "@skip(if:false)".repeat(300),
        "@deprecated ".repeat(900),
    ] {
        refused_document(
            &app,
            &format!("{{ customer(id: 1) {{ id {directives} }} }}"),
            json!({}),
        )
        .await;
        refused_document(
            &app,
            &format!("query Q {directives} {{ customer(id: 1) {{ id }} }}"),
            json!({}),
        )
        .await;
        refused_document(
            &app,
            &format!("query Q($a: Int {directives}) {{ customer(id: 1) {{ id }} }}"),
            json!({}),
        )
        .await;
    }
}

/// Conditions inside one another, which some executors follow by recursion until the stack ends.
#[tokio::test]
async fn conditions_inside_one_another_do_not_reach_the_end_of_the_stack() {
    let app = app().await;
    let nested = |levels: usize| {
        format!(
            "{{{}__typename{}}}",
            "...@include(if:true){".repeat(levels),
            "}".repeat(levels)
        )
    };
    for levels in [26, 60, 150, 5_000] {
        refused_document(&app, &nested(levels), json!({})).await;
    }
    let bare = |levels: usize| {
        format!(
            "{{{}__typename{}}}",
            "...{".repeat(levels),
            "}".repeat(levels)
        )
    };
    assert_eq!(
        app.administrator().ask(&bare(50)).await.text("/__typename"),
        "Query"
    );
    refused_document(&app, &bare(600), json!({})).await;
}

/// A fragment for each level, so that no selection set is deep and the whole is.
#[tokio::test]
async fn a_chain_of_fragments_does_not_reach_the_end_of_the_stack() {
    let app = app().await;
    let fragments =
        (0..250).map(|level| format!("fragment f{level} on Query{{...f{}}}", level + 1));
    let query = format!(
        "{{...f0}}{}fragment f250 on Query{{__typename}}",
        fragments.collect::<String>()
    );
    refused_document(&app, &query, json!({})).await;
}

/// CVE-2024-40094 (graphql-java): the schema leads back to itself, so reading it can be made to last.
#[tokio::test]
async fn introspection_does_not_go_round() {
    let app = app().await;
    let circles = "fields { type { ".repeat(6);
    let query = format!(
        "{{ __schema {{ types {{ {circles} name {} }} }} }}",
        "} } ".repeat(6)
    );
    let answer = app.administrator().ask(&query).await;
    assert_eq!(answer.codes(), ["GRAPHQL_VALIDATION_FAILED"]);
    assert!(answer.body.get("data").is_none());
}

/// Fields that have to be compared with each other because they share a key.
#[tokio::test]
async fn fields_under_one_key_are_not_compared_without_end() {
    let app = app().await;
    let query = format!(
        "{{ customer(id: 1) {{ {} }} }}",
        "cases(first: 1) { nodes { id } } ".repeat(250)
    );
    refused_document(&app, &query, json!({})).await;
    let query = format!("{{ customer(id: 1) {{ {} }} }}", "id ".repeat(1_900));
    let answer = app.administrator().ask(&query).await;
    assert_eq!(
        answer.body["data"]["customer"],
        json!(null),
        "within its limits it is answered: {:#}",
        answer.body
    );
}

/// Each condition doubles the number of plans; there are no more than a few are kept of.
#[tokio::test]
async fn conditions_do_not_multiply_plans_without_end() {
    let app = app().await;
    let names = (0..26).map(|index| format!("$v{index}: Boolean! "));
    let fields = (0..26).map(|index| format!("... @include(if: $v{index}) {{ id }} "));
    let query = format!(
        "query({}) {{ customer(id: 1) {{ {} }} }}",
        names.collect::<String>(),
        fields.collect::<String>()
    );
    let values = (0..26).map(|index| (format!("v{index}"), json!(true)));
    refused_document(
        &app,
        &query,
        values.collect::<serde_json::Map<_, _>>().into(),
    )
    .await;
}

/// Types inside types inside types: planners went through every combination of conditions on them.
#[tokio::test]
async fn conditions_on_types_are_not_combined_without_end() {
    let app = app().await;
    let types = [
        "InvalidInput",
        "NotFound",
        "Conflict",
        "StaleVersion",
        "Problem",
    ];
    let mut inner = "code".to_owned();
    for _ in 0..4 {
        let each = types.map(|name| format!("... on {name} {{ {inner} }} "));
        inner = each.concat();
    }
    let query = format!("mutation {{ placeOrder(input: {{}}) {{ {inner} }} }}");
    refused_document(&app, &query, json!({})).await;
}
