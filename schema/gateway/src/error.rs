//! The words an error may carry in `extensions.code`, and the errors the gateway itself makes.

use apollo_compiler::response::GraphQLError as Diagnostic;
use async_graphql::Value;

use crate::response::{GraphQlError, Location};

/// `extensions.code` of an error that the gateway raises. Subgraphs add their own words from the same vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// The document is not GraphQL.
    ParseFailed,
    /// The document is GraphQL, but not valid against the schema.
    ValidationFailed,
    /// The document is named by an id that nobody knows.
    PersistedDocumentNotFound,
    /// A variable, an argument or the operation name cannot be used.
    BadUserInput,
    /// Nobody is known to ask, and somebody has to be.
    Unauthenticated,
    /// The caller may not do this; for the gateway: read the schema.
    Forbidden,
    /// There is no such record, or none that the caller may know of.
    NotFound,
    /// There were too many requests.
    RateLimited,
    /// The deadline of the request passed.
    Timeout,
    /// Something failed that the caller cannot mend; details are in the log under the request id.
    Internal,
}

impl ErrorCode {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::ValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::PersistedDocumentNotFound => "PERSISTED_DOCUMENT_NOT_FOUND",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL_SERVER_ERROR",
        }
    }
}

/// The one sentence a client reads for anything it cannot mend.
pub(crate) const SAFE_MESSAGE: &str =
    "Something went wrong on our side. The request id leads us to the cause.";

/// The longest message about a document, in bytes.
pub(crate) const MAX_MESSAGE: usize = 300;

impl GraphQlError {
    /// An error of the gateway with a code, a message that is safe to show, and no path.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::with_code(code.as_str(), message)
    }

    /// The same with a code of the host's, from the same vocabulary.
    pub fn with_code(code: &str, message: impl Into<String>) -> Self {
        let mut error = Self {
            message: message.into(),
            ..Self::default()
        };
        error
            .extensions
            .insert("code".to_owned(), Value::from(code));
        error
    }

    /// An internal error: the safe sentence and the request id.
    pub(crate) fn internal(request_id: &str) -> Self {
        let mut error = Self::new(ErrorCode::Internal, SAFE_MESSAGE);
        error
            .extensions
            .insert("requestId".to_owned(), Value::from(request_id));
        error
    }

    /// A parser's or validator's diagnostic with its line and column.
    pub(crate) fn from_diagnostic(code: ErrorCode, diagnostic: Diagnostic) -> Self {
        let mut message = diagnostic.message;
        // It repeats names of the document, which may be of any length.
        message.truncate(message.floor_char_boundary(MAX_MESSAGE));
        let mut error = Self::new(code, message);
        error.locations = diagnostic
            .locations
            .into_iter()
            .map(|location| Location {
                line: location.line,
                column: location.column,
            })
            .collect();
        error
    }
}
