//! From what came over the wire to an answer, believing as little as possible.

use async_graphql::{Name, Value};
use serde::Deserialize;
use serde_json::Value as Json;

use super::client::{Failure, Reply};
use crate::{
    error::{ErrorCode, MAX_MESSAGE},
    response::{GraphQlError, PathSegment},
    subgraph::SubgraphResponse,
};

const UNAVAILABLE: &str = "This part of the answer cannot be had at the moment.";
const LATE: &str = "This part of the answer was not ready in time.";
const BROKEN_OFF: &str =
    "The subscription was broken off: read what you show again, and subscribe anew.";

/// Codes that say something about the gateway and its subgraph, and nothing that a client could mend.
const INTERNAL: [&str; 4] = [
    "INTERNAL_SERVER_ERROR",
    "DOWNSTREAM_SERVICE_ERROR",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
];

/// What common servers add to an error in their development modes.
const DIAGNOSTICS: [&str; 7] = [
    "stacktrace",
    "exception",
    "debugMessage",
    "trace",
    "file",
    "line",
    "serviceName",
];

/// A response as it should stand in a body. Everything else in it is passed over.
#[derive(Deserialize)]
struct Body {
    #[serde(default, deserialize_with = "present")]
    data: Option<Value>,
    #[serde(default)]
    errors: Option<Json>,
}

/// Tells `"data": null` from no `data`.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// How an answer could be used, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// As it is.
    Answered,
    /// The subgraph refused to answer.
    Refused,
    /// Not at all.
    Unusable,
}

impl Use {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Unusable => "unusable",
        }
    }
}

/// Reads an answer. Under `application/graphql-response+json` the body counts whatever the status; else an error status
/// says that there are no data, and perhaps why.
pub(super) fn read(reply: &Reply, request_id: &str) -> (SubgraphResponse, Use) {
    let body = serde_json::from_slice::<Body>(&reply.body)
        .ok()
        .filter(|body| body.data.is_some() || body.errors.is_some());
    let is_success = reply.status.is_success();
    match body {
        Some(body) if is_success || reply.is_graphql => {
            let response = SubgraphResponse {
                data: body.data.unwrap_or_default(),
                errors: body.errors.map(errors).unwrap_or_default(),
            };
            (response, Use::Answered)
        }
        _ if is_success => (
            SubgraphResponse::failed(GraphQlError::internal(request_id)),
            Use::Unusable,
        ),
        body => {
            let mut errors = body
                .and_then(|body| body.errors)
                .map_or_else(Vec::new, errors);
            errors.retain(|error| error.code().is_some());
            if errors.is_empty() {
                errors.push(of_status(reply.status, request_id));
            }
            let data = Value::Null;
            (SubgraphResponse { data, errors }, Use::Refused)
        }
    }
}

/// Reads one event of a subscription, and says whether others may follow: where there is no `data`, nothing was executed.
pub(super) fn read_event(body: &[u8], request_id: &str) -> (SubgraphResponse, bool) {
    match serde_json::from_slice::<Body>(body) {
        Ok(Body {
            data: Some(data),
            errors: told,
        }) => {
            let errors = told.map(errors).unwrap_or_default();
            (SubgraphResponse { data, errors }, true)
        }
        Ok(Body {
            errors: Some(told), ..
        }) => {
            let (data, errors) = (Value::Null, errors(told));
            (SubgraphResponse { data, errors }, false)
        }
        _ => (
            SubgraphResponse::failed(GraphQlError::internal(request_id)),
            false,
        ),
    }
}

/// The last word of a subscription that did not end by itself.
pub(super) fn broken_off() -> SubgraphResponse {
    SubgraphResponse::failed(GraphQlError::new(ErrorCode::Internal, BROKEN_OFF))
}

/// The answer where there is none.
pub(super) fn failed(failure: Failure, request_id: &str) -> SubgraphResponse {
    SubgraphResponse::failed(match failure {
        Failure::Late => GraphQlError::new(ErrorCode::Timeout, LATE),
        Failure::HeldBack | Failure::Unreachable | Failure::Interrupted => {
            GraphQlError::new(ErrorCode::Internal, UNAVAILABLE)
        }
        Failure::TooLarge => GraphQlError::internal(request_id),
    })
}

/// What the door of a subgraph means by a status, for those who passed ours.
fn of_status(status: http::StatusCode, request_id: &str) -> GraphQlError {
    match status.as_u16() {
        401 => GraphQlError::new(
            ErrorCode::Unauthenticated,
            "This part of the answer needs a valid token.",
        ),
        403 => GraphQlError::new(
            ErrorCode::Forbidden,
            "This part of the answer is not open to you.",
        ),
        429 => GraphQlError::new(
            ErrorCode::RateLimited,
            "There were too many requests for this part of the answer; ask again later.",
        ),
        408 | 504 => GraphQlError::new(ErrorCode::Timeout, LATE),
        500.. => GraphQlError::new(ErrorCode::Internal, UNAVAILABLE),
        _ => GraphQlError::internal(request_id),
    }
}

fn errors(errors: Json) -> Vec<GraphQlError> {
    match errors {
        Json::Null => Vec::new(),
        Json::Array(errors) => errors.into_iter().map(error).collect(),
        // Something is wrong, and nobody can say what: an error without a code is logged, and told as internal.
        _ => vec![error(Json::Null)],
    }
}

/// An error as the gateway may show it. One without a code, or with a code that is about us, gets none: the gateway logs
/// it and tells the client a sentence that is safe.
fn error(json: Json) -> GraphQlError {
    let Json::Object(mut json) = json else {
        return GraphQlError {
            message: "an error that is no object".to_owned(),
            ..GraphQlError::default()
        };
    };
    let mut error = GraphQlError {
        path: json.remove("path").map(path).unwrap_or_default(),
        ..GraphQlError::default()
    };
    if let Some(Json::String(message)) = json.remove("message") {
        error.message = message;
        let end = error.message.floor_char_boundary(MAX_MESSAGE);
        error.message.truncate(end);
    }
    if let Some(Json::Object(extensions)) = json.remove("extensions") {
        error.extensions = extensions
            .into_iter()
            .filter(|(name, _)| !DIAGNOSTICS.contains(&name.as_str()))
            .filter_map(|(name, value)| Some((name, Value::from_json(value).ok()?)))
            .collect();
    }
    if error.code().is_none_or(|code| INTERNAL.contains(&code)) {
        error.extensions.clear();
    }
    error
}

fn path(json: Json) -> Vec<PathSegment> {
    let Json::Array(segments) = json else {
        return Vec::new();
    };
    let segment = |segment: &Json| match segment {
        Json::String(key) => Some(PathSegment::Key(Name::new(key))),
        Json::Number(index) => Some(PathSegment::Index(index.as_u64()?.try_into().ok()?)),
        _ => None,
    };
    // A path that makes no sense is none.
    segments
        .iter()
        .map(segment)
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use proptest::prelude::*;

    use super::*;

    fn reply(status: u16, is_graphql: bool, body: &str) -> Reply {
        Reply {
            status: StatusCode::from_u16(status).unwrap(),
            is_graphql,
            says_when: false,
            body: body.to_owned().into(),
        }
    }

    fn codes(status: u16, is_graphql: bool, body: &str) -> (Value, Vec<String>) {
        let (response, _) = read(&reply(status, is_graphql, body), "request-1");
        let code = |error: &GraphQlError| error.code().unwrap_or("(none)").to_owned();
        (response.data, response.errors.iter().map(code).collect())
    }

    #[test]
    fn the_status_counts_where_the_media_type_does_not_say_otherwise() {
        let body =
            r#"{"data":{"a":1},"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}"#;
        let data = Value::from_json(serde_json::json!({"a": 1})).unwrap();
        let forbidden = vec!["FORBIDDEN".to_owned()];
        assert_eq!(codes(200, false, body), (data.clone(), forbidden.clone()));
        assert_eq!(codes(400, true, body), (data, forbidden.clone()));
        assert_eq!(codes(500, false, body), (Value::Null, forbidden));
    }

    #[test]
    fn a_refusal_without_a_word_is_told_by_its_status() {
        for (status, code) in [
            (401, "UNAUTHENTICATED"),
            (403, "FORBIDDEN"),
            (429, "RATE_LIMITED"),
            (504, "TIMEOUT"),
            (301, "INTERNAL_SERVER_ERROR"),
            (404, "INTERNAL_SERVER_ERROR"),
            (500, "INTERNAL_SERVER_ERROR"),
        ] {
            for body in [
                "",
                "<html>",
                r#"{"title":"Unauthorized"}"#,
                r#"{"errors":[{}]}"#,
            ] {
                assert_eq!(
                    codes(status, false, body),
                    (Value::Null, vec![code.to_owned()])
                );
            }
        }
    }

    #[test]
    fn diagnostics_stay_here() {
        let body = r#"{"data":null,"errors":[
            {"message":"planted","extensions":{"code":"INTERNAL_SERVER_ERROR","stacktrace":["planted"]}},
            {"message":"told","extensions":{"code":"CONFLICT","stacktrace":["planted"],"version":3}}]}"#;
        let (response, _) = read(&reply(200, false, body), "request-1");
        assert_eq!(response.errors[0].code(), None, "the gateway masks it");
        let told = serde_json::to_string(&response.errors[1]).unwrap();
        assert!(told.contains("told") && told.contains("version") && !told.contains("planted"));
    }

    #[test]
    fn nothing_useful_is_unusable() {
        for body in [
            "",
            "[]",
            "null",
            "{}",
            "{\"data\"",
            "<html></html>",
            r#"{"data":1e999}"#,
        ] {
            assert_eq!(
                read(&reply(200, true, body), "r").1,
                Use::Unusable,
                "{body}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_that_comes_back_can_crash_it(body in "\\PC*", errors in "[\\[\\]{}\",:a-z0-9]*") {
            read(&reply(200, true, &body), "r");
            read(&reply(500, false, &format!("{{\"errors\":{errors}}}")), "r");
        }
    }
}
