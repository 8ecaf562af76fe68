//! The answer: body, media type and status.

use std::collections::BTreeSet;

use async_graphql::Value;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schema_gateway::{ErrorCode, GraphQlError, GraphQlResponse};

use super::{MediaType, Outcome};

/// Why a request never reached the graph.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    error: GraphQlError,
}

impl Refusal {
    /// The request is not one of GraphQL over HTTP.
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            error: GraphQlError::new(ErrorCode::BadUserInput, message),
        }
    }

    /// The request is well formed, and its document is not; older clients are told so with a 200.
    pub(super) fn in_document(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::of_document(GraphQlError::new(code, message))
    }

    /// The same, for what was found in the document.
    pub(super) fn of_document(error: GraphQlError) -> Self {
        Self {
            status: StatusCode::OK,
            error,
        }
    }
}

pub(super) struct Answer {
    status: StatusCode,
    media_type: MediaType,
    response: GraphQlResponse,
}

impl Answer {
    /// What the graph answered.
    pub(super) fn of(response: GraphQlResponse, media_type: MediaType) -> Self {
        let status = match media_type {
            MediaType::GraphQlResponse if response.is_request_error() => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        };
        Self {
            status,
            media_type,
            response,
        }
    }

    /// What was refused before the graph.
    pub(super) fn refused(refusal: Refusal, media_type: MediaType) -> Self {
        let response = GraphQlResponse::refused(vec![refusal.error]);
        if refusal.status == StatusCode::OK {
            return Self::of(response, media_type);
        }
        Self {
            status: refusal.status,
            media_type,
            response,
        }
    }

    /// The HTTP response, with the request's id wherever somebody may have to quote it.
    pub(super) fn into_response(mut self, id: &str, mut outcome: Outcome) -> Response {
        let mut codes = BTreeSet::new();
        for error in &mut self.response.errors {
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
        outcome.codes = codes.into_iter().collect();
        self.response
            .extensions
            .insert("requestId".to_owned(), Value::from(id));

        let mut response = match serde_json::to_vec(&self.response) {
            Ok(body) => (self.status, Body::from(body)).into_response(),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                (StatusCode::INTERNAL_SERVER_ERROR, Body::empty()).into_response()
            }
        };
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.media_type.content_type()),
        );
        headers.insert(
            header::VARY,
            HeaderValue::from_static("accept, authorization"),
        );
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        response.extensions_mut().insert(outcome);
        response
    }
}
