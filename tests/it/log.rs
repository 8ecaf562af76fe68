//! What the log says of a request, and what it never says.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock},
};

use reqwest::Method;
use serde_json::json;
use tests::{
    App, MailServer, Storage,
    build::{NewCase, NewCustomer},
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Everything that was logged in this process. There is one log in a process, so tests share it, and each looks for what
/// is its own.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn of_process() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            // More than operators see by default: what is not said even then is not said.
            let filter = EnvFilter::new("info,server=debug,schema_kernel=debug,schema_gateway=debug,schema_profile=debug,schema_order=debug,schema_case=debug,schema_compensation=debug,schema_engagement=debug,schema_identity=debug");
            tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(log.clone()).try_init().unwrap();
            log
        })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    fn line(&self, holding: &str) -> String {
        let text = self.text();
        text.lines()
            .find(|line| line.contains(holding))
            .unwrap_or_else(|| panic!("no line with {holding}"))
            .to_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_one_line_that_can_be_read_alone() {
    let log = Log::of_process();
    let app = App::start(Storage::sqlite()).await;
    let query = "query Everybody { customers(first: 1) { nodes { id } } }";
    let request = app
        .agent()
        .request(Method::POST, "/graphql")
        .header("x-request-id", "one-line-1");
    request
        .json(&json!({ "query": query, "operationName": "Everybody" }))
        .send()
        .await
        .unwrap();

    let line = log.line("POST /graphql 200");
    for part in [
        "\"operation\":\"Everybody\"",
        "\"actor.role\":\"contact-centre-agent\"",
        "\"http.status\":200",
        "duration_ms",
        "one-line-1",
    ] {
        let line = log
            .text()
            .lines()
            .filter(|line| line.contains("one-line-1"))
            .find(|line| line.contains(part))
            .map(str::to_owned)
            .unwrap_or(line.clone());
        assert!(line.contains(part), "{part} is not in {line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_took_long_is_logged_with_whom_it_asked() {
    let log = Log::of_process();
    let app = App::start_with(Storage::sqlite(), "graphql.slow_after = \"0s\"").await;
    let query = "query SlowOne { customers(first: 1, filter: { name: \"Slowly\" }) { nodes { cases { nodes { id } } } } }";
    app.agent().ask(query).await;

    let text = log.text();
    let slow = text
        .lines()
        .find(|line| line.contains("slow operation") && line.contains("SlowOne"));
    let slow = slow.unwrap_or_else(|| panic!("nothing was slow in {text}"));
    assert!(
        slow.contains("\"plan\":\"profile") && !slow.contains("Slowly"),
        "{slow}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_personal_or_secret_is_never_logged() {
    let log = Log::of_process();
    let app = App::start(Storage::sqlite()).await;
    let planted = NewCustomer::named("Quixotl")
        .with("givenName", "Xochiquetzal")
        .with("email", "xochi.quixotl@example.com")
        .with("phone", "+4915123456789");
    let customer = planted.member("EK998877665", "GOLD").create(&app).await;
    let token = app
        .product()
        .development_token(server::auth::Role::Administrator, None)
        .unwrap();
    let client = app.bearer(&token);
    client.ask("{ customers(filter: { email: \"xochi.quixotl@example.com\" }, first: 1) { nodes { displayName } } }").await.data();
    client.ask("{ customers(filter: { email: \"xochi.quixotl\" }, first: 1) { nodes { displayName } } }").await;
    client.run("addContactPoint", json!({ "customerId": customer.id, "kind": "EMAIL", "value": "xochi.quixotl@example.com" }), "").await;
    client.get("/graphql?query=%7B%20customers(filter:%7Bname:%22Quixotl%22%7D,first:1)%7Bnodes%7Bid%7D%7D%7D").await;
    app.bearer(format!("{token}x"))
        .get("/graphql?query=%7Bme%7Bid%7D%7D")
        .await;
    app.storage()
        .execute("DROP TABLE profile_loyalty_membership")
        .await;
    let failed = client
        .ask("{ customers(filter: { loyaltyNumber: \"EK998877665\" }, first: 1) { nodes { id } } }")
        .await;
    assert_eq!(failed.codes(), ["INTERNAL_SERVER_ERROR"]);

    let text = log.text().to_lowercase();
    assert!(
        text.contains("internal error"),
        "the cause of a failure is logged"
    );
    for secret in [
        "quixotl",
        "xochi",
        "15123456789",
        "998877665",
        &token.to_lowercase(),
    ] {
        assert!(
            !text.contains(secret),
            "{secret} is in the log: {}",
            log.text()
                .lines()
                .find(|line| line.to_lowercase().contains(secret))
                .unwrap_or_default()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_know_operations_by_name_and_outcome() {
    let app = App::start(Storage::sqlite()).await;
    let whole = "query MetricsWhole { customers(first: 1) { nodes { id } } }";
    app.agent().ask(whole).await.data();
    app.agent().ask("query MetricsRefused { nothing }").await;
    let metrics = app.nobody().get("/metrics").await.text().await.unwrap();
    let counted = |operation: &str, outcome: &str| {
        let line = format!(
            "jetbridge_operation_requests_total{{operation=\"{operation}\",outcome=\"{outcome}\"}}"
        );
        metrics.contains(&line)
    };
    assert!(counted("MetricsWhole", "answered"), "{metrics}");
    assert!(
        metrics
            .contains("jetbridge_operation_duration_seconds_count{operation=\"MetricsWhole\"} 1")
    );
    assert!(counted("anonymous", "refused") && !metrics.contains("MetricsRefused"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_mail_server_says_of_an_address_is_neither_logged_nor_kept() {
    let log = Log::of_process();
    let mail = MailServer::start();
    mail.refuse(&[(550, "citlali.tecuhtli@example.com does not live here")]);
    let app = App::start_with(Storage::sqlite(), &mail.settings()).await;
    let customer = NewCustomer::named("Tecuhtli")
        .with("email", "citlali.tecuhtli@example.com")
        .create(&app)
        .await;
    NewCase::of("COMPLAINT", &customer).open(&app).await;
    assert_eq!(app.send().await, 1);

    let kept = app.storage_text("engagement_delivery").await.to_lowercase();
    assert!(kept.contains("refused"), "{kept}");
    let text = log.text().to_lowercase();
    assert!(text.contains("a delivery is dead"));
    for secret in ["tecuhtli", "citlali"] {
        assert!(!text.contains(secret) && !kept.contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_count_what_operators_ask_for() {
    let app = App::start(Storage::sqlite()).await;
    app.agent()
        .ask("{ customers(first: 1) { nodes { id } } }")
        .await
        .data();
    NewCustomer::named("Haddad").create(&app).await;
    app.deliver().await;
    let metrics = app.nobody().get("/metrics").await.text().await.unwrap();
    for name in [
        "jetbridge_ready 1",
        "jetbridge_sql_statements",
        "jetbridge_http_request_duration_seconds_bucket",
        "jetbridge_events_dispatched_total",
    ] {
        assert!(metrics.contains(name), "{name} is not in {metrics}");
    }
    assert!(!metrics.contains("haddad") && !metrics.contains("Haddad"));
}
