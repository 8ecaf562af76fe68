//! The answer: body, media type and status.

use std::collections::BTreeSet;

use async_graphql::Value;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schema_gateway::{ErrorCode, GraphQlResponse, RefusalReason};

use super::{MediaType, Outcome};
use crate::rate::Admission;

/// Why a request never reached the graph.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    refusal: schema_gateway::Refusal,
}

impl Refusal {
    /// The request is not one of GraphQL over HTTP.
    pub(super) fn new(
        status: StatusCode,
        reason: RefusalReason,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            refusal: schema_gateway::Refusal::new(reason, ErrorCode::BadUserInput, message),
        }
    }

    /// There are as many requests as there may be.
    pub(super) fn overload() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            refusal: schema_gateway::Refusal::new(
                RefusalReason::Overload,
                ErrorCode::RateLimited,
                "This process has as much to do as it can; try again in a second.",
            ),
        }
    }

    /// The caller has asked too often.
    pub(super) fn throttled(admission: &Admission) -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            refusal: throttled(admission),
        }
    }

    /// The request is well formed, and its document is not; older clients are told so with a 200.
    pub(super) fn of_document(refusal: schema_gateway::Refusal) -> Self {
        Self {
            status: StatusCode::OK,
            refusal,
        }
    }
}

/// What is said to who has asked too often.
pub(in crate::graph) fn throttled(admission: &Admission) -> schema_gateway::Refusal {
    let mut refusal = schema_gateway::Refusal::new(
        RefusalReason::Rate,
        ErrorCode::RateLimited,
        "This was asked too often; `retryAfterSeconds` says when it may be asked again.",
    );
    for error in &mut refusal.errors {
        let wait = Value::from(admission.wait().max(1));
        error
            .extensions
            .insert("retryAfterSeconds".to_owned(), wait);
    }
    refusal
}

pub(super) struct Answer {
    status: StatusCode,
    media_type: MediaType,
    response: GraphQlResponse,
}

impl Answer {
    /// What the graph answered.
    pub(super) fn of(response: GraphQlResponse, media_type: MediaType) -> Self {
        Self {
            status: status(&response, media_type),
            media_type,
            response,
        }
    }

    /// What was refused before the graph.
    pub(super) fn refused(refusal: Refusal, media_type: MediaType) -> Self {
        refusal.refusal.reason.count();
        let response = GraphQlResponse::refused(refusal.refusal);
        if refusal.status == StatusCode::OK {
            return Self::of(response, media_type);
        }
        Self {
            status: refusal.status,
            media_type,
            response,
        }
    }

    /// The HTTP response of at most `limit` bytes, with the request's id wherever somebody may have to quote it.
    pub(super) fn into_response(
        mut self,
        id: &str,
        limit: usize,
        mut outcome: Outcome,
    ) -> Response {
        let mut codes = stamp(&mut self.response, id);
        let mut body = self.response.to_json(limit);
        if matches!(body, Ok(None)) {
            RefusalReason::Response.count();
            self.response = self.response.too_large(limit);
            self.status = status(&self.response, self.media_type);
            codes = stamp(&mut self.response, id);
            body = self.response.to_json(limit);
        }
        outcome.codes = codes.into_iter().collect();
        outcome.cost = cost(&self.response);

        let mut response = match body {
            Ok(body) => (self.status, Body::from(body.unwrap_or_default())).into_response(),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                (StatusCode::INTERNAL_SERVER_ERROR, Body::empty()).into_response()
            }
        };
        self.add_headers(response.headers_mut());
        response.extensions_mut().insert(outcome);
        response
    }

    fn add_headers(&self, headers: &mut HeaderMap) {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.media_type.content_type()),
        );
        headers.insert(
            header::VARY,
            HeaderValue::from_static("accept, authorization"),
        );
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
    }
}

/// What a request cost, or would have cost.
fn cost(response: &GraphQlResponse) -> Option<u64> {
    let Some(Value::Object(cost)) = response.extensions.get("cost") else {
        return None;
    };
    match cost.get("requested") {
        Some(Value::Number(requested)) => requested.as_u64(),
        _ => None,
    }
}

// What cannot be understood is told to older clients with a 200, as GraphQL over HTTP wants it; what is too much is not.
fn status(response: &GraphQlResponse, media_type: MediaType) -> StatusCode {
    let is_too_much = response.refusal.is_some_and(RefusalReason::is_limit);
    if is_too_much || (media_type == MediaType::GraphQlResponse && response.is_request_error()) {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    }
}

/// Writes the request's id wherever somebody may have to quote it, and gives the codes of the errors.
pub(in crate::graph) fn stamp(response: &mut GraphQlResponse, id: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for error in &mut response.errors {
        codes.insert(
            error
                .code()
                .unwrap_or(ErrorCode::Internal.as_str())
                .to_owned(),
        );
        error
            .extensions
            .entry("requestId".to_owned())
            .or_insert_with(|| Value::from(id));
    }
    response
        .extensions
        .insert("requestId".to_owned(), Value::from(id));
    codes
}
