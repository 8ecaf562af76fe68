//! Refusals outside the graph: problem+json (RFC 9457), with the codes of the graph.

use std::any::Any;

use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use schema_kernel::{Code, problem::InvalidInput};
use serde::Serialize;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was refused.
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<WrongField>,
    #[serde(skip)]
    retry_after: Option<i64>,
}

/// One field of a request that cannot be right.
#[derive(Debug, Serialize)]
struct WrongField {
    path: String,
    message: String,
}

impl Problem {
    /// A refusal with one of the codes; `detail` says what is wrong and what would be right.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self::with_status(status(code), code, detail)
    }

    /// There is such a path, and this method is not for it. The header `Allow` says which are.
    pub fn method_not_allowed(method: &Method, path: &str) -> Self {
        let detail =
            format!("{path} does not answer {method}; the header `Allow` says what it answers.");
        Self::with_status(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, detail)
    }

    /// Values cannot be right: each is named.
    pub fn invalid(invalid: InvalidInput) -> Self {
        let fields = invalid.fields.into_iter().map(|field| WrongField {
            path: field.path.join("."),
            message: field.message,
        });
        Self {
            fields: fields.collect(),
            ..Self::new(Code::BadUserInput, invalid.message)
        }
    }

    /// The same refusal, which may be another answer after so long.
    #[must_use]
    pub fn retry_after(mut self, wait: TimeDelta) -> Self {
        self.retry_after = Some(wait.num_seconds().max(1));
        self
    }

    fn with_status(status: StatusCode, code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: format!(
                "urn:jetbridge:problem:{}",
                code.as_str().to_ascii_lowercase().replace('_', "-")
            ),
            title: status.canonical_reason().unwrap_or("Refused"),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.as_str(),
            fields: Vec::new(),
            retry_after: None,
        }
    }
}

/// The status that fits a code.
pub fn status(code: Code) -> StatusCode {
    match code {
        Code::BadUserInput => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Conflict => StatusCode::CONFLICT,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
            .extensions_mut()
            .insert(super::request_log::Outcome {
                codes: vec![self.code.to_owned()],
                ..Default::default()
            });
        response
    }
}

/// The answer to a request that met a panic. What it was goes to the log alone.
pub(super) fn of_panic(panic: Box<dyn Any + Send>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a message");
    tracing::error!(panic = what, "a request met a panic");
    Problem::new(
        Code::Internal,
        "Something went wrong on our side. The header `x-request-id` leads us to the cause.",
    )
    .into_response()
}
