//! Trusted documents: known by id, and for some clients the only ones.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{App, Client, OneProcess, Storage};

const TIERS: &str = "query Tiers($first: Int) { customers(first: $first) { nodes { tier } } }";

/// The product with one document, which customers have to send.
async fn app() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("manifest.json");
    std::fs::write(&manifest, json!({ "tiers": TIERS }).to_string()).unwrap();
    let settings = format!(
        "[graphql.documents]\nmanifest = \"{}\"\nrequired_for = [\"anonymous\"]",
        manifest.display()
    );
    let app = App::in_one_process(OneProcess::DoorSettings, Storage::sqlite(), &settings).await;
    (app, folder)
}

async fn send(client: &Client, body: Value) -> Value {
    let request = client.request(Method::POST, "/graphql").json(&body);
    request.send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_document_is_named_by_its_id() {
    let (app, _folder) = app().await;
    let variables = json!({ "first": 1 });
    let hash = json!({ "persistedQuery": { "version": 1, "sha256Hash": "tiers" } });
    for body in [
        json!({ "documentId": "tiers", "variables": variables }),
        json!({ "documentId": "tiers", "query": TIERS, "variables": variables }),
        json!({ "extensions": hash, "variables": variables }),
        json!({ "query": TIERS, "variables": variables }),
    ] {
        let answer = send(&app.agent(), body).await;
        assert_eq!(
            answer["data"]["customers"]["nodes"],
            json!([]),
            "{answer:#}"
        );
    }
    let url = "/graphql?documentId=tiers&variables=%7B%22first%22%3A1%7D";
    let response = app.agent().request(Method::GET, url).send().await.unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn what_nobody_knows_is_not_executed() {
    let (app, _folder) = app().await;
    for (client, body, code) in [
        (
            app.agent(),
            json!({ "documentId": "gone" }),
            "PERSISTED_DOCUMENT_NOT_FOUND",
        ),
        (
            app.agent(),
            json!({ "documentId": "tiers", "query": "{ __typename }" }),
            "BAD_USER_INPUT",
        ),
        (
            app.agent(),
            json!({ "documentId": "" , "query": "" }),
            "PERSISTED_DOCUMENT_NOT_FOUND",
        ),
        (
            app.nobody(),
            json!({ "query": "{ __typename }" }),
            "FORBIDDEN",
        ),
        (
            app.nobody(),
            json!({ "documentId": "tiers" , "query": "{ __typename }" }),
            "BAD_USER_INPUT",
        ),
    ] {
        let answer = send(&client, body.clone()).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{body}");
        assert_eq!(answer["data"], Value::Null);
    }
}

#[tokio::test]
async fn other_clients_send_what_they_like() {
    let (app, _folder) = app().await;
    let answer = send(&app.agent(), json!({ "query": "{ __typename }" })).await;
    assert_eq!(answer["data"]["__typename"], "Query");
}
