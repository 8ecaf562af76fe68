//! What is too much is refused before anybody is asked, and says what it was.

use schema_gateway::{GraphQlRequest, GraphQlResponse, Limits, RefusalReason};
use serde_json::json;

use crate::toy::{Toy, context};

async fn ask(toy: &Toy, query: &str) -> GraphQlResponse {
    toy.gateway
        .execute(GraphQlRequest::new(query), context())
        .await
}

#[track_caller]
fn assert_refused(toy: &Toy, response: &GraphQlResponse, reason: RefusalReason) {
    assert_eq!(response.refusal, Some(reason), "{response:?}");
    assert!(response.data.is_none() && toy.seen().is_empty());
    let sent = response.to_json(2_048).unwrap();
    assert!(sent.is_some(), "a refusal is short");
}

#[tokio::test]
async fn each_limit_is_one_of_the_gateway() {
    let toy = Toy::within(Limits::default());
    let deep = format!(
        "{{ users {}{} }}",
        "{ friends ".repeat(9),
        "{ id }".to_owned() + &"}".repeat(9)
    );
    let aliases = (0..16).map(|index| format!("a{index}: id "));
    for (reason, query) in [
        (RefusalReason::Depth, deep),
        (
            RefusalReason::Aliases,
            format!("{{ user(id: 1) {{ {} }} }}", aliases.collect::<String>()),
        ),
        (
            RefusalReason::RootFields,
            format!("{{ {} }}", "version ".repeat(11)),
        ),
        (
            RefusalReason::Directives,
            format!("{{ version {} }}", "@include(if: true) ".repeat(26)),
        ),
        (
            RefusalReason::Fields,
            format!(
                "{{ users {{ ...f ...f ...f }} }} fragment f on User {{ {} }}",
                "id ".repeat(700)
            ),
        ),
        (
            RefusalReason::Tokens,
            format!("{{ users {{ {} }} }}", "id ".repeat(2_000)),
        ),
        (
            RefusalReason::Recursion,
            format!("{{ version {}", "... { ".repeat(65)),
        ),
        (
            RefusalReason::FragmentCycle,
            "{ ...f } fragment f on Query { version ...f }".to_owned(),
        ),
    ] {
        assert_refused(&toy, &ask(&toy, &query).await, reason);
    }
}

#[tokio::test]
async fn a_host_sets_other_limits() {
    let strict = Limits {
        depth: 1,
        ..Limits::default()
    };
    let toy = Toy::within(strict);
    assert_refused(
        &toy,
        &ask(&toy, "{ users { id } }").await,
        RefusalReason::Depth,
    );
    assert!(ask(&toy, "{ version }").await.data.is_some());
}

#[tokio::test]
async fn an_answer_says_what_it_cost() {
    let toy = Toy::within(Limits::default());
    let response = ask(&toy, "{ users { friends(first: 3) { name } } }").await;
    let cost = serde_json::to_value(&response.extensions["cost"]).unwrap();
    assert_eq!(cost, json!({ "requested": 10 * (1 + 3), "limit": 1_000 }));
}

#[tokio::test]
async fn too_costly_is_refused_with_the_cost_and_the_costliest_field() {
    let toy = Toy::within(Limits::default());
    let query = "{ users { friends(first: 50) { friends(first: 10) { name } } } }";
    let response = ask(&toy, query).await;
    assert_refused(&toy, &response, RefusalReason::Cost);
    let cost = serde_json::to_value(&response.extensions["cost"]).unwrap();
    assert_eq!(
        cost,
        json!({ "requested": 10 * (1 + 50 * (1 + 10)), "limit": 1_000 })
    );
    let error = &response.errors[0];
    assert_eq!(error.code(), Some("BAD_USER_INPUT"));
    for said in ["5510", "1000", "`users.friends.friends` with 5000"] {
        assert!(error.message.contains(said), "{}", error.message);
    }
}

#[tokio::test]
async fn the_host_says_what_a_caller_may_spend() {
    let toy = Toy::within(Limits::default());
    let query = "{ users { friends(first: 4) { id } } }";
    let spend = async |limit| {
        let context = context().with_cost_limit(limit);
        toy.gateway
            .execute(GraphQlRequest::new(query), context)
            .await
    };
    assert!(spend(50).await.data.is_some());
    assert_eq!(spend(49).await.refusal, Some(RefusalReason::Cost));
}
