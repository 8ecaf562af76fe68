//! Documents that cost more than they weigh.

use serde_json::json;
use server::graph::subgraph::SubgraphName;
use tests::build::NewCustomer;

use super::{app, assert_counted, refused_document};
use crate::federation::alone;

fn doubling(levels: usize) -> String {
    let fragments = (0..levels).map(|level| {
        let next = level + 1;
        format!("fragment f{level} on Query{{...f{next} ...f{next}}}")
    });
    format!(
        "{{...f0}}{}fragment f{levels} on Query{{__typename}}",
        fragments.collect::<String>()
    )
}

fn aliases(count: usize) -> String {
    (0..count).fold(String::new(), |text, index| format!("{text}a{index}:id "))
}

#[tokio::test]
async fn what_is_larger_than_its_limit_is_refused_and_counted() {
    let app = app().await;
    let customer = |inside: &str| format!("{{ customer(id: 1) {{ {inside} }} }}");
    for (reason, query) in [
        ("tokens", customer(&aliases(20_000))),
        ("aliases", customer(&aliases(16))),
        ("tokens", customer(&"id ".repeat(50_000))),
        ("tokens", customer(&format!("id {}", "@a ".repeat(20_000)))),
        (
            "directives",
            customer(&format!("id {}", "@include(if: true) ".repeat(26))),
        ),
        (
            "tokens",
            format!("{}{}", "{a".repeat(2_000), "}".repeat(2_000)),
        ),
        (
            "recursion",
            format!("{}{}", "{a".repeat(500), "}".repeat(500)),
        ),
        (
            "depth",
            format!(
                "{{ customer(id: 1) {} }}",
                "{ cases { nodes { customer ".repeat(4) + "{ id" + &"}".repeat(13)
            ),
        ),
        ("root_fields", format!("{{ {} }}", "__typename ".repeat(11))),
        (
            "fields",
            doubling(14)
                .replace("{...f0}", "{ customer(id: 1) {...f0} }")
                .replace("Query", "Customer"),
        ),
        ("root_fields", doubling(14)),
        (
            "fragment_cycle",
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned(),
        ),
    ] {
        let (code, message) = refused_document(&app, &query, json!({})).await;
        assert!(
            code.starts_with("GRAPHQL_") && !message.is_empty(),
            "{reason}: {code} {message}"
        );
        assert_counted(&app, reason).await;
    }
}

#[tokio::test]
async fn a_name_without_end_is_not_repeated() {
    let app = app().await;
    let name = "a".repeat(200_000);
    let (code, _) = refused_document(&app, &format!("{{ {name} }}"), json!({})).await;
    assert_eq!(code, "GRAPHQL_PARSE_FAILED");
}

#[tokio::test]
async fn many_mistakes_are_told_in_few_words() {
    let app = app().await;
    let long = "a".repeat(250);
    for fields in [1_900, 19] {
        let fields = (0..fields).fold(String::new(), |text, index| format!("{text} b{index}"));
        let query = format!("{{ customers(first: 1) {{ nodes {{ {long} {fields} }} }} }}");
        let (code, _) = refused_document_newer(&app, &query).await;
        assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
    }
    // A subgraph alone tells no more of them.
    let (running, token) = alone(&app, SubgraphName::Case).await;
    let fields = (0..1_900).fold(String::new(), |text, index| format!("{text} b{index}"));
    let query = format!("{{ case(id: 1) {{ {fields} }} }}");
    let answer = app
        .at(running.url(), token)
        .post(&json!({ "query": query }))
        .await;
    let said = answer.text().await.unwrap();
    assert!(
        said.len() < super::LONGEST && said.contains("GRAPHQL_VALIDATION_FAILED"),
        "{said}"
    );
    running.stop().await;
}

/// For what is wrong rather than too much: older clients are told so with a 200.
async fn refused_document_newer(app: &tests::App, query: &str) -> (String, String) {
    let body = json!({ "query": query }).to_string();
    let client = app.administrator();
    let (_, answer) = super::refused(app, || {
        super::post(&client)
            .header(reqwest::header::ACCEPT, "application/graphql-response+json")
            .body(body.clone())
    })
    .await;
    let error = &answer["errors"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

#[tokio::test]
async fn numbers_out_of_range_are_the_callers_mistake() {
    let app = app().await;
    for number in [
        "2147483648",
        "-2147483649",
        "99999999999999999999",
        "1e400",
        "1.5",
    ] {
        let query = format!("{{ customers(first: {number}) {{ nodes {{ id }} }} }}");
        let (code, _) = refused_document_newer(&app, &query).await;
        let expected = if number == "1.5" || number == "1e400" {
            // A number of another type is found by validation.
            "GRAPHQL_VALIDATION_FAILED"
        } else {
            "BAD_USER_INPUT"
        };
        assert_eq!(code, expected, "{number}");
    }
    let client = app.administrator();
    for number in ["2147483648", "-9223372036854775809", "18446744073709551616"] {
        let body = format!(
            r#"{{"query":"query($n: Int) {{ customers(first: $n) {{ nodes {{ id }} }} }}","variables":{{"n":{number}}}}}"#
        );
        let (_, answer) = super::refused(&app, || {
            super::post(&client)
                .header(reqwest::header::ACCEPT, "application/graphql-response+json")
                .body(body.clone())
        })
        .await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{number}"
        );
    }
}

const BOMB: &str = "query($n: Int) { customers(first: $n) { nodes { cases(first: $n) { nodes { claims(first: $n) { nodes { id } } } } } } }";

#[tokio::test]
async fn what_would_cost_too_much_is_refused_with_its_cost() {
    let app = app().await;
    for client in [app.administrator(), app.agent()] {
        let answer = client.ask_with(BOMB, json!({ "n": 100 })).await;
        assert_eq!((answer.status, answer.code()), (400, "BAD_USER_INPUT"));
        let cost = &answer.body["extensions"]["cost"];
        assert_eq!(
            (&cost["requested"], &cost["limit"]),
            (&json!(1_020_201), &json!(5_000))
        );
        assert!(
            answer
                .message()
                .contains("`customers.nodes.cases.nodes.claims.nodes` with 1000000"),
            "{}",
            answer.message()
        );
    }
    let nobody = app.nobody().ask_with(BOMB, json!({ "n": 100 })).await;
    assert_eq!(nobody.body["extensions"]["cost"]["limit"], 1_000);
    let answer = app.administrator().ask_with(BOMB, json!({ "n": 10 })).await;
    assert_eq!(
        answer.body["extensions"]["cost"]["requested"],
        1 + 10 + 10 + 100 + 100 + 1_000
    );
    assert_counted(&app, "cost").await;
}

#[tokio::test]
async fn an_answer_without_end_is_not_sent() {
    let settings = "graphql.limits.response = \"4KiB\"";
    let app = tests::App::start_with(tests::Storage::sqlite(), settings).await;
    for number in 0..30 {
        NewCustomer::named(&format!("Okafor{}", char::from(b'A' + number % 26)))
            .create(&app)
            .await;
    }
    let ask = async |first: u32| {
        let query = format!(
            "{{ customers(first: {first}) {{ nodes {{ id displayName createdAt updatedAt }} }} }}"
        );
        app.administrator().ask(&query).await
    };
    assert_eq!(ask(2).await.list("/customers/nodes").len(), 2);
    let answer = ask(30).await;
    assert_eq!((answer.status, answer.code()), (400, "BAD_USER_INPUT"));
    assert!(answer.body.get("data").is_none() && answer.message().contains("4096"));
    assert_counted(&app, "response").await;
}

/// A subgraph alone is asked by routers, which add to what clients ask for; and by whoever finds its port.
#[tokio::test]
async fn a_subgraph_alone_has_limits_too() {
    let app = app().await;
    let (running, token) = alone(&app, SubgraphName::Case).await;
    let client = app.at(running.url(), token);
    let entities = |inside: &str| {
        format!("{{ _entities(representations: []) {{ ... on Case {{ {inside} }} }} }}")
    };
    let deep = "comments(first: 1) { edges { node { id } } }";
    for query in [entities(deep), entities(&aliases(60))] {
        assert_eq!(client.ask(&query).await.list("/_entities").len(), 0);
    }
    for query in [
        entities(&aliases(61)),
        entities(&"id ".repeat(20_000)),
        doubling(14),
        format!("{{{}__typename{}}}", "...{".repeat(80), "}".repeat(80)),
    ] {
        let answer = client.ask(&query).await;
        assert_eq!(answer.status, 400, "{:#}", answer.body);
        assert!(answer.code().starts_with("GRAPHQL_") && answer.body.get("data").is_none());
    }
    running.stop().await;
}
