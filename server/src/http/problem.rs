//! Refusals outside the graph: problem+json (RFC 9457), with the codes of the graph.

use std::any::Any;

use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use schema_kernel::Code;
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
