use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::Value;
use tower::ServiceExt;

use crate::{App, Config, auth::Role, http::router};

struct Door {
    app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Door {
    async fn open() -> Self {
        Self::open_with("").await
    }

    async fn open_with(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "data_folder = \"{}\"\ndatabase.url = \"sqlite::memory:\"\n{settings}",
            folder.path().display()
        );
        let app = App::start(Config::from_toml(&config).unwrap())
            .await
            .unwrap();
        Self {
            router: router(&app),
            app,
            _folder: folder,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    async fn post(&self, body: &str) -> Answer {
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_problem_with_its_code() {
    let door = Door::open().await;
    let nothing = door.get("/nothing").await;
    assert_eq!(
        (nothing.status, nothing.header("content-type")),
        (StatusCode::NOT_FOUND, "application/problem+json")
    );
    assert_eq!(nothing.json()["code"], "NOT_FOUND");

    let wrong_method = door
        .send(Request::delete("/graphql").body(Body::empty()).unwrap())
        .await;
    assert_eq!(wrong_method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong_method.header("allow").contains("POST"));
    assert_eq!(
        wrong_method.header("content-type"),
        "application/problem+json"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_does_not_hold_is_refused_whole() {
    let door = Door::open().await;
    let token = door
        .app
        .development_token(Role::Administrator, None)
        .unwrap();
    let forged = format!(
        "{}x{}",
        &token[..token.len() - 9],
        &token[token.len() - 8..]
    );
    for (authorization, status) in [
        (format!("Bearer {token}"), 200),
        (format!("bearer {token}"), 200),
        (format!("Bearer {forged}"), 401),
        ("Bearer".to_owned(), 401),
        ("Basic YTpi".to_owned(), 401),
        (String::new(), 401),
    ] {
        let request = Request::get("/graphql?query=%7B__typename%7D")
            .header(header::AUTHORIZATION, &authorization);
        let answer = door.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{authorization}");
        if status == 401 {
            assert_eq!(answer.json()["code"], "UNAUTHENTICATED");
            assert!(answer.header("www-authenticate").starts_with("Bearer "));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_sends_unasked_is_not_read() {
    let door = Door::open().await;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
    ] {
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, content_type);
        let answer = door
            .send(
                request
                    .body(Body::from(r#"{"query":"{ __typename }"}"#))
                    .unwrap(),
            )
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{content_type}"
        );
    }
    let nothing_said = door
        .send(
            Request::post("/graphql")
                .body(Body::from(r#"{"query":"{ __typename }"}"#))
                .unwrap(),
        )
        .await;
    assert_eq!(nothing_said.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(
        door.get("/graphql?query=mutation%7B__typename%7D")
            .await
            .status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_request_id_is_everywhere_it_is_looked_for() {
    let door = Door::open().await;
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header("x-request-id", "from-me-1");
    let answer = door
        .send(
            request
                .body(Body::from(
                    r#"{"query":"{ customers(first: 1) { edges { cursor } } }"}"#,
                ))
                .unwrap(),
        )
        .await;
    assert_eq!(answer.header("x-request-id"), "from-me-1");
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["requestId"],
        "from-me-1"
    );
    assert_eq!(answer.code(), "UNAUTHENTICATED");

    let forged = Request::get("/health/live").header("x-request-id", "{\"level\":\"ERROR\"}");
    let answer = door.send(forged.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("x-request-id").len(), 36);
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_have_an_end() {
    let door = Door::open_with("http.body_limit = \"1KiB\"").await;
    let long = format!(
        r#"{{"query":"{{ __typename }}","extensions":{{"a":"{}"}}}}"#,
        "a".repeat(1_024)
    );
    assert_eq!(door.post(&long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        door.post(r#"{"query":"{ __typename }"}"#).await.status,
        StatusCode::OK
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_the_truth() {
    let door = Door::open().await;
    for path in ["/health/live", "/health/startup", "/health/ready"] {
        assert_eq!(door.get(path).await.status, StatusCode::OK, "{path}");
    }
    door.app.readiness().withdraw();
    assert_eq!(door.get("/health/live").await.status, StatusCode::OK);
    let ready = door.get("/health/ready").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json()["checks"][0]["detail"], "is about to stop");
    assert!(door.get("/metrics").await.text.contains("jetbridge_ready"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_loads_nothing_from_elsewhere() {
    let door = Door::open().await;
    let page = door.get("/console").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self'")
    );
    for part in ["/console", "/console/page.css", "/console/page.js"] {
        let text = door.get(part).await.text;
        assert!(
            !text.contains("http://") && !text.contains("https://"),
            "{part}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_reads_the_schema() {
    let door = Door::open_with("graphql.introspection = \"administrators\"").await;
    let body = r#"{"query":"{ __schema { queryType { name } } }"}"#;
    assert_eq!(door.post(body).await.code(), "FORBIDDEN");
    let token = door
        .app
        .development_token(Role::Administrator, None)
        .unwrap();
    let request = Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    let answer = door.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(
        answer.json()["data"]["__schema"]["queryType"]["name"],
        "Query"
    );
}
