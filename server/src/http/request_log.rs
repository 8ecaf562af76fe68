//! One line for each request, readable alone; and the id that ties it to everything else.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
    middleware::Next,
    response::Response,
};
use schema_kernel::{Code, id::EventId};
use tracing::{Instrument, Level, Span};

use crate::{App, telemetry};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the caller's, where it can stand in a log, or a new one.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// What a handler knows about its answer that the log line shows. It travels in the answer's extensions.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The name of the GraphQL operation, where it has one.
    pub operation: Option<String>,
    /// On whose behalf: an id, never personal data.
    pub actor: Option<String>,
    /// What they are.
    pub role: Option<String>,
    /// The codes of the errors in the answer, each once.
    pub codes: Vec<String>,
    /// What the request cost, where it had a cost.
    pub cost: Option<u64>,
}

/// Gives the request its id and its span, and writes its line.
pub async fn log(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = id(&app, request.headers());
    let method = request.method().clone();
    // The template, not the path: what stands in a path may be somebody's.
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(no such path)", MatchedPath::as_str)
        .to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", "http.method" = %method, "http.path" = path, request.id = id);
    telemetry::continue_trace(&span, request.headers());

    let mut response = next.run(request).instrument(span.clone()).await;

    let outcome = response
        .extensions_mut()
        .remove::<Outcome>()
        .unwrap_or_default();
    write(&span, &method, &path, response.status(), started, &outcome);
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(HEADER, id);
    }
    response
}

fn write(
    span: &Span,
    method: &Method,
    path: &str,
    status: StatusCode,
    started: Instant,
    outcome: &Outcome,
) {
    let elapsed = started.elapsed();
    metrics::histogram!("jetbridge_http_request_duration_seconds", "path" => path.to_owned(), "status" => status.as_u16().to_string())
        .record(elapsed.as_secs_f64());
    let Outcome {
        operation,
        actor,
        role,
        codes,
        cost,
    } = outcome;
    let codes = (!codes.is_empty()).then(|| codes.join(","));
    let duration_ms = (elapsed.as_secs_f64() * 1_000_000.0).round() / 1_000.0;
    // Loud only where somebody has to do something about it; hardly a whisper where a machine asks every few seconds.
    let ours = |code: &String| code == Code::Internal.as_str() || code == Code::Timeout.as_str();
    let level = if status.is_server_error() || outcome.codes.iter().any(ours) {
        Level::WARN
    } else if path.starts_with("/health/") || path == "/metrics" {
        Level::DEBUG
    } else {
        Level::INFO
    };
    let _entered = span.enter();
    macro_rules! line {
        ($level:expr) => {
            tracing::event!(
                $level,
                http.status = status.as_u16(),
                duration_ms,
                operation,
                actor.id = actor,
                actor.role = role,
                codes,
                cost,
                "{method} {path} {status}"
            )
        };
    }
    match level {
        Level::WARN => line!(Level::WARN),
        Level::DEBUG => line!(Level::DEBUG),
        _ => line!(Level::INFO),
    }
}

fn id(app: &App, headers: &HeaderMap) -> String {
    let given = headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|text| is_safe(text));
    given.map_or_else(|| app.new_id::<EventId>().to_string(), str::to_owned)
}

// What is repeated in logs and headers must not be able to say anything there.
fn is_safe(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_callers_are_kept_only_where_they_are_harmless() {
        assert!(is_safe("01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f"));
        for id in [
            "",
            "a b",
            "a\"b",
            "x\u{1b}[31m",
            "{\"a\":1}",
            &"a".repeat(129),
        ] {
            assert!(!is_safe(id), "{id}");
        }
    }
}
