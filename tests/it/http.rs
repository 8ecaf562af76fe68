//! The door: GraphQL over HTTP, and what stands beside it.

use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};
use tests::{App, Client, OneProcess, Storage, build::NewCustomer};

async fn app() -> App {
    App::start(Storage::sqlite()).await
}

const JSON: &str = "application/json; charset=utf-8";
const NEWER: &str = "application/graphql-response+json; charset=utf-8";

async fn post(
    client: &Client,
    accept: &str,
    content_type: &str,
    body: impl Into<reqwest::Body>,
) -> Response {
    let request = client
        .request(Method::POST, "/graphql")
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, content_type);
    request.body(body).send().await.unwrap()
}

fn media_type(response: &Response) -> String {
    response.headers()[header::CONTENT_TYPE]
        .to_str()
        .unwrap()
        .to_owned()
}

/// Status, media type, body.
async fn problem(response: Response) -> (u16, String, Value) {
    (
        response.status().as_u16(),
        media_type(&response),
        response.json().await.unwrap(),
    )
}

#[tokio::test]
async fn the_caller_chooses_the_media_type() {
    let app = app().await;
    let client = app.agent();
    let ask = r#"{"query":"{ customers(first: 1) { nodes { id } } }"}"#;
    for (accept, expected) in [
        ("application/graphql-response+json", NEWER),
        ("application/json", JSON),
        ("*/*", JSON),
        ("text/html, */*;q=0.1", JSON),
    ] {
        let response = post(&client, accept, "application/json", ask).await;
        assert_eq!(
            (response.status(), media_type(&response).as_str()),
            (StatusCode::OK, expected),
            "{accept}"
        );
    }
    assert_eq!(
        post(&client, "text/html", "application/json", ask)
            .await
            .status(),
        StatusCode::NOT_ACCEPTABLE
    );
}

#[tokio::test]
async fn a_document_that_cannot_be_is_a_400_to_newer_clients_and_a_200_to_older_ones() {
    let app = app().await;
    let client = app.agent();
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let body = json!({ "query": query }).to_string();
        let newer = post(
            &client,
            "application/graphql-response+json",
            "application/json",
            body.clone(),
        )
        .await;
        let older = post(&client, "application/json", "application/json", body).await;
        assert_eq!(
            (newer.status().as_u16(), older.status().as_u16()),
            (400, 200)
        );
        let refused: Value = newer.json().await.unwrap();
        assert_eq!(refused["errors"][0]["extensions"]["code"], code);
        assert!(
            refused.get("data").is_none(),
            "nothing was executed: {refused}"
        );
    }
}

#[tokio::test]
async fn queries_go_by_get_and_mutations_do_not() {
    let app = app().await;
    let get = async |query: &str| {
        let query = format!(
            "/graphql?query={}",
            query
                .replace(' ', "%20")
                .replace('{', "%7B")
                .replace('}', "%7D")
                .replace('"', "%22")
        );
        app.administrator().get(&query).await
    };
    let answer: Value = get("{ customers(first: 1) { nodes { id } } }")
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(answer["data"]["customers"]["nodes"], json!([]));
    let before = app.picture().await;
    let refused =
        get("mutation { createCustomer(input: { familyName: \"Eve\" }) { __typename } }").await;
    assert_eq!(
        (
            refused.status(),
            refused.headers()[header::ALLOW].to_str().unwrap()
        ),
        (StatusCode::METHOD_NOT_ALLOWED, "POST")
    );
    before.assert_same(&app.picture().await, "a mutation by GET");
}

#[tokio::test]
async fn what_a_browser_sends_without_asking_is_refused() {
    let app = app().await;
    let before = app.picture().await;
    let body =
        r#"{"query":"mutation { createCustomer(input: { familyName: \"Eve\" }) { __typename } }"}"#;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/graphql",
    ] {
        let response = post(&app.administrator(), "*/*", content_type, body).await;
        assert_eq!(
            response.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{content_type}"
        );
    }
    before.assert_same(&app.picture().await, "a simple request");
}

#[tokio::test]
async fn bodies_that_cannot_be_are_refused_with_a_code() {
    let app = app().await;
    let client = app.agent();
    for body in [
        b"{".to_vec(),
        b"[]".to_vec(),
        b"[{\"query\":\"{ __typename }\"}]".to_vec(),
        b"null".to_vec(),
        Vec::new(),
        b"{\"query\":1}".to_vec(),
        b"{}".to_vec(),
        b"{\"query\":\"{ __typename }\",\"variables\":[]}".to_vec(),
        b"{\"query\":\"\xff\"}".to_vec(),
        b"{\"query\":\"{ __typename }\",\"query\":\"{ me { id } }\"}".to_vec(),
    ] {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let response = post(&client, "*/*", "application/json", body).await;
        let (status, answer) = (response.status(), response.json::<Value>().await.unwrap());
        assert_eq!(status, StatusCode::BAD_REQUEST, "{shown}: {answer}");
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{shown}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_body_has_an_end() {
    let app = app().await;
    let client = app.agent();
    let body = |size: usize| {
        json!({ "query": "{ __typename }", "extensions": { "padding": "x".repeat(size) } })
            .to_string()
    };
    assert_eq!(
        post(&client, "*/*", "application/json", body(200 * 1024))
            .await
            .status(),
        StatusCode::OK
    );
    let response = post(&client, "*/*", "application/json", body(300 * 1024)).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_with_a_code() {
    let app = app().await;
    let client = app.nobody();
    let (status, kind, body) = problem(client.get("/nowhere").await).await;
    assert_eq!(
        (status, kind.as_str(), &body["code"], &body["status"]),
        (
            404,
            "application/problem+json",
            &json!("NOT_FOUND"),
            &json!(404)
        )
    );
    let response = client
        .request(Method::DELETE, "/graphql")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), media_type(&response).as_str()),
        (405, "application/problem+json")
    );
}

#[tokio::test]
async fn tokens_that_do_not_hold_are_refused_at_the_door() {
    let app = app().await;
    let agent = app
        .product()
        .development_token(server::auth::Role::Administrator, None)
        .unwrap();
    let (head, rest) = agent.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    let forged: String = signature.chars().rev().collect();
    for token in [
        "nonsense".to_owned(),
        format!("{head}.{claims}."),
        format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{claims}."),
        format!("{agent}x"),
        format!("{head}.{claims}.{forged}"),
    ] {
        let response = app
            .bearer(&token)
            .post(&json!({ "query": "{ __typename }" }))
            .await;
        let challenge = response
            .headers()
            .get(header::WWW_AUTHENTICATE)
            .map(|value| value.to_str().unwrap().to_owned());
        assert!(
            challenge.is_some_and(|challenge| challenge.contains("invalid_token")),
            "{token}"
        );
        let (status, kind, body) = problem(response).await;
        assert_eq!(
            (status, kind.as_str(), &body["code"]),
            (401, "application/problem+json", &json!("UNAUTHENTICATED")),
            "{token}"
        );
    }
}

#[tokio::test]
async fn health_says_how_it_is() {
    let app = App::in_one_process(OneProcess::Databases, Storage::sqlite(), "").await;
    let client = app.nobody();
    for path in ["/health/live", "/health/startup"] {
        assert_eq!(
            client.get(path).await.json::<Value>().await.unwrap(),
            json!({ "status": "ok" }),
            "{path}"
        );
    }
    let ready: Value = client.get("/health/ready").await.json().await.unwrap();
    assert_eq!(ready["status"], "ok", "{ready}");
    assert_eq!(
        ready["checks"].as_array().unwrap().len(),
        8,
        "the process, six databases and the audit log: {ready}"
    );
}

#[tokio::test]
async fn a_process_about_to_stop_says_so_first() {
    let app = App::in_one_process(OneProcess::Readiness, Storage::sqlite(), "").await;
    app.product().readiness().withdraw();
    assert_eq!(
        app.nobody().get("/health/ready").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(
        app.agent()
            .ask("{ customers(first: 1) { nodes { id } } }")
            .await
            .status,
        200,
        "what comes is still answered"
    );
}

#[tokio::test]
async fn every_answer_carries_its_id_and_what_browsers_may_do() {
    let app = app().await;
    let client = app.agent();
    let response = client
        .request(Method::POST, "/graphql")
        .header("x-request-id", "walk-through-1")
        .json(&json!({ "query": "{ nothing }" }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["x-request-id"], "walk-through-1");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(response.headers()[name], value);
    }
    let answer: Value = response.json().await.unwrap();
    assert_eq!(
        (
            &answer["extensions"]["requestId"],
            &answer["errors"][0]["extensions"]["requestId"]
        ),
        (&json!("walk-through-1"), &json!("walk-through-1"))
    );
    let harmful = client
        .request(Method::POST, "/graphql")
        .header("x-request-id", "a\"b {}")
        .json(&json!({ "query": "{ __typename }" }))
        .send()
        .await
        .unwrap();
    assert_ne!(
        harmful.headers()["x-request-id"],
        "a\"b {}",
        "what could say something in a log is replaced"
    );
}

#[tokio::test]
async fn introspection_is_for_those_who_may() {
    let storage = Storage::sqlite();
    let app = App::start_with(storage, "graphql.introspection = \"administrators\"").await;
    let query = "{ __schema { queryType { name } } }";
    assert_eq!(
        app.administrator()
            .ask(query)
            .await
            .text("/__schema/queryType/name"),
        "Query"
    );
    assert!(app.agent().ask(query).await.body.get("errors").is_some());
    assert_eq!(
        app.agent().ask("{ __typename }").await.text("/__typename"),
        "Query"
    );
}

#[tokio::test]
async fn the_page_of_the_development_profile_loads_nothing_from_elsewhere() {
    let page = {
        let app = app().await;
        app.nobody().get("/").await
    };
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        !policy.contains("unsafe") && !policy.contains("http"),
        "{policy}"
    );
    let text = page.text().await.unwrap();
    assert!(
        !text.contains("src=\"http") && !text.contains("href=\"http"),
        "{text}"
    );
}

#[tokio::test]
async fn answers_name_no_person_in_errors() {
    let app = app().await;
    let customer = NewCustomer::named("Zzyzxov")
        .with("email", "zzyzxov@example.com")
        .create(&app)
        .await;
    let planted = json!({ "input": { "customerId": customer.id, "kind": "EMAIL", "value": "zzyzxov@example" } });
    let query = "mutation($input: AddContactPointInput!) { addContactPoint(input: $input) { ... on Problem { message } ... on InvalidInput { fields { message } } } }";
    let refused = app.agent().ask_with(query, planted).await;
    assert!(
        !refused.body.to_string().to_lowercase().contains("zzyzxov"),
        "{:#}",
        refused.body
    );
    let missing = app
        .agent()
        .ask("{ customers(filter: { email: \"zzyzxov\" }, first: 1) { nodes { id } } }")
        .await;
    assert!(
        !missing.body.to_string().contains("zzyzxov"),
        "{:#}",
        missing.body
    );
}
