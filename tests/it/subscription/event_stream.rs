//! Server-sent events.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tests::{
    App, EventStream, Storage,
    build::{NewCase, NewCustomer},
};

const CASE: &str = "subscription { caseChanged { id } }";

async fn app() -> App {
    App::start(Storage::sqlite()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_ends_is_completed() {
    let app = app().await;
    let mut stream = app
        .agent()
        .follow("{ customers(first: 1) { nodes { id } } }", json!({}))
        .await;
    assert_eq!(stream.answer().status(), StatusCode::OK);
    let headers = stream.answer().headers();
    assert_eq!(headers[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(stream.next().await, json!({ "customers": { "nodes": [] } }));
    assert_eq!(
        stream.event().await,
        Some(("complete".to_owned(), Value::Null))
    );
    assert_eq!(stream.event().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_begin_is_told_and_completed() {
    let app = app().await;
    for (query, code) in [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let mut stream = app.agent().follow(query, json!({})).await;
        let (event, response) = stream.event().await.unwrap();
        assert_eq!(event, "next");
        assert!(response.get("data").is_none());
        assert_eq!(response["errors"][0]["extensions"]["code"], code);
        assert_eq!(stream.event().await.unwrap().0, "complete");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_ends_the_work() {
    let app = app().await;
    let stream = app.agent().follow(CASE, json!({})).await;
    app.until_listening(1).await;
    drop(stream);
    app.until_listening(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_what_it_was() {
    let app = app().await;
    for (accept, query, status, media_type) in [
        (
            "application/json, text/event-stream",
            "{ __typename }",
            200,
            "application/json; charset=utf-8",
        ),
        (
            "application/json, text/event-stream",
            CASE,
            200,
            "text/event-stream",
        ),
        (
            "application/graphql-response+json",
            CASE,
            400,
            "application/graphql-response+json; charset=utf-8",
        ),
        (
            "text/html",
            "{ __typename }",
            406,
            "application/json; charset=utf-8",
        ),
    ] {
        let request = app
            .agent()
            .request(Method::POST, "/graphql")
            .header(header::ACCEPT, accept)
            .json(&json!({ "query": query }));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{accept} {query}");
        assert_eq!(
            answer.headers()[header::CONTENT_TYPE],
            media_type,
            "{accept} {query}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_get_there_is_a_stream_for_who_has_a_token() {
    let app = app().await;
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let path = "/graphql?query=subscription%7BcaseChanged%7Bid%7D%7D";
    let get = |client: tests::Client, path: &str| {
        let request = client.request(Method::GET, path);
        request.header(header::ACCEPT, "text/event-stream").send()
    };
    assert_eq!(get(app.nobody(), path).await.unwrap().status(), 401);
    let writes = get(app.agent(), "/graphql?query=mutation%7B__typename%7D").await;
    assert_eq!(writes.unwrap().status(), 405);

    let mut stream = EventStream::of(get(app.agent(), path).await.unwrap());
    app.until_listening(1).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    assert_eq!(stream.next().await["caseChanged"]["id"], case.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_stops_breaks_the_stream_off() {
    let app = app().await;
    let mut stream = app.agent().follow(CASE, json!({})).await;
    app.until_listening(1).await;
    app.stop().await;
    // Without `complete`, so that the client asks again.
    assert_eq!(stream.event().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_an_end_to_open_connections() {
    let app = App::start_with(Storage::sqlite(), "subscription.connections = 1").await;
    let stream = app.agent().follow(CASE, json!({})).await;
    let one_more = app.agent().follow(CASE, json!({})).await;
    assert_eq!(one_more.answer().status(), StatusCode::TOO_MANY_REQUESTS);
    drop(stream);
    app.until_listening(0).await;
}
