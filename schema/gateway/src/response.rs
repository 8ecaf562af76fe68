//! What a client gets back.

use std::collections::BTreeMap;

use async_graphql::{Name, Value};
use serde::Serialize;

use crate::limit::{Refusal, RefusalReason};

/// A GraphQL response. Serialises as the specification says: `errors` first and only where there are some, no `data`
/// key where the request itself could not be executed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GraphQlResponse {
    /// What went wrong, at most twenty entries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<GraphQlError>,
    /// The answer; `Some(Value::Null)` where null reached the root, `None` where nothing was executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// `cost`, with what the request might have cost (`requested`) and was allowed (`limit`), and what the host adds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, Value>,
    /// Why nothing was executed, for the transport; it is not sent.
    #[serde(skip)]
    pub refusal: Option<RefusalReason>,
}

/// How many bytes the errors of a refusal have at most as JSON, with the request's id that the host adds to each: no
/// refusal is worth being read for longer, and it should not be larger than what it refuses.
const MAX_REFUSAL: usize = 1_536;
const REQUEST_ID: usize = 64;

/// The first errors, as far as there is room for them; one at least.
fn first(mut errors: Vec<GraphQlError>) -> Vec<GraphQlError> {
    let mut left = MAX_REFUSAL;
    let fits = |error: &&GraphQlError| {
        let bytes = serde_json::to_vec(error).map_or(0, |json| json.len());
        let rest = left.checked_sub(bytes + REQUEST_ID);
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let fitting = errors.iter().take_while(fits).count();
    errors.truncate(fitting.max(1));
    errors
}

impl GraphQlResponse {
    /// A response to a request that was not executed. It carries as many of the errors as have room in a short answer.
    pub fn refused(refusal: impl Into<Refusal>) -> Self {
        let Refusal {
            reason,
            errors,
            cost,
        } = refusal.into();
        let errors = first(errors);
        let cost = cost.map(|cost| ("cost".to_owned(), cost.to_value()));
        Self {
            errors,
            extensions: cost.into_iter().collect(),
            refusal: Some(reason),
            ..Self::default()
        }
    }

    /// Whether the request was refused before execution, which a transport answers with a 4xx.
    pub fn is_request_error(&self) -> bool {
        self.data.is_none()
    }
}

/// One entry of `errors`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GraphQlError {
    /// What is wrong and where, in a sentence that is safe to show.
    pub message: String,
    /// Where in the document, for errors of the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// Which field of the response, for errors of execution.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<PathSegment>,
    /// Always holds `code`; see [`crate::ErrorCode`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, Value>,
}

impl GraphQlError {
    /// The word in `extensions.code`.
    pub fn code(&self) -> Option<&str> {
        match self.extensions.get("code") {
            Some(Value::String(code)) => Some(code),
            Some(Value::Enum(code)) => Some(code),
            _ => None,
        }
    }
}

/// A place in a document, both counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Location {
    /// Line, from one.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
}

/// One step from the root of the response to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum PathSegment {
    /// The response key (alias or field name) in an object.
    Key(Name),
    /// The position in a list, from zero.
    Index(usize),
}
