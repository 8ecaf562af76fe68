//! Attacks through the public door. Each is refused with a 4xx and few words, before any SQL.

mod access;
mod advisory;
mod document;
mod transport;

use std::time::Duration;

use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};
use tests::{App, Client, Storage};

/// The longest refusal, in bytes.
const LONGEST: usize = 2_048;

/// The product, when it has done what it does of itself after its start: that is SQL too.
async fn app() -> App {
    let app = App::start(Storage::sqlite()).await;
    let statements = || app.product().databases().statement_count();
    let mut before = u64::MAX;
    while before != statements() {
        before = statements();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    app
}

fn post(client: &Client) -> RequestBuilder {
    client
        .request(Method::POST, "/graphql")
        .header(header::CONTENT_TYPE, "application/json")
}

/// Sends it, and gives back the status and what was said.
async fn refused(app: &App, request: impl Fn() -> RequestBuilder) -> (u16, Value) {
    let statements = || app.product().databases().statement_count();
    let before = statements();
    let response = request().send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    assert_eq!(statements(), before, "SQL ran");
    let said = String::from_utf8_lossy(&body);
    assert!((400..500).contains(&status), "{status}: {said}");
    assert!(body.len() < LONGEST, "{} bytes", body.len());
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// Sends a document as somebody with every right and as nobody, to an old client's taste and to a new one's. Gives back
/// the code and the message.
async fn refused_document(app: &App, query: &str, variables: Value) -> (String, String) {
    let body = json!({ "query": query, "variables": variables }).to_string();
    let mut said = Vec::new();
    for client in [app.administrator(), app.nobody()] {
        for accept in ["application/json", "application/graphql-response+json"] {
            let (_, answer) = refused(app, || {
                post(&client)
                    .header(header::ACCEPT, accept)
                    .body(body.clone())
            })
            .await;
            assert!(answer.get("data").is_none(), "{answer}");
            let error = &answer["errors"][0];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            said.push((text(&error["extensions"]["code"]), text(&error["message"])));
        }
    }
    said.dedup();
    assert_eq!(said.len(), 1, "everybody is told the same: {said:?}");
    said.remove(0)
}

/// What a refusal is counted as.
async fn assert_counted(app: &App, reason: &str) {
    let metrics = app.nobody().get("/metrics").await.text().await.unwrap();
    let line = format!("jetbridge_gateway_refused_total{{reason=\"{reason}\"}}");
    assert!(metrics.contains(&line), "{line} is not in /metrics");
}
