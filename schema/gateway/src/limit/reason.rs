//! Why a request was not executed.

use super::Cost;
use crate::{error::ErrorCode, response::GraphQlError};

/// Why a request was not executed: the label `reason` of `jetbridge_gateway_refused_total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalReason {
    /// The document is not GraphQL.
    Parse,
    /// The document is not valid against the schema.
    Validation,
    /// A variable, an argument or the operation's name cannot be used.
    Input,
    /// The caller may not read the schema.
    Introspection,
    /// There is no plan, which is our mistake.
    Internal,
    /// [`crate::Limits::tokens`].
    Tokens,
    /// [`crate::Limits::recursion`].
    Recursion,
    /// [`crate::Limits::depth`].
    Depth,
    /// [`crate::Limits::aliases`].
    Aliases,
    /// [`crate::Limits::root_fields`].
    RootFields,
    /// [`crate::Limits::directives`].
    Directives,
    /// [`crate::Limits::fields`].
    Fields,
    /// A fragment includes itself.
    FragmentCycle,
    /// The limit on cost.
    Cost,
    /// [`crate::Limits::response_bytes`].
    Response,
    /// The body is too large, unpacked or as it is.
    Body,
    /// The document is not one that the caller may send.
    Document,
    /// There are as many requests under way as there may be.
    Overload,
    /// The caller has asked too often.
    Rate,
    /// Several requests in one body.
    Batch,
    /// The request is not one of GraphQL over HTTP.
    Protocol,
}

impl RefusalReason {
    /// The word in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Validation => "validation",
            Self::Input => "input",
            Self::Introspection => "introspection",
            Self::Internal => "internal",
            Self::Tokens => "tokens",
            Self::Recursion => "recursion",
            Self::Depth => "depth",
            Self::Aliases => "aliases",
            Self::RootFields => "root_fields",
            Self::Directives => "directives",
            Self::Fields => "fields",
            Self::FragmentCycle => "fragment_cycle",
            Self::Cost => "cost",
            Self::Response => "response",
            Self::Body => "body",
            Self::Document => "document",
            Self::Overload => "overload",
            Self::Rate => "rate",
            Self::Batch => "batch",
            Self::Protocol => "protocol",
        }
    }

    /// Whether a limit was passed. A transport answers that with a 4xx, to older clients too: it is no answer about the
    /// document, which GraphQL over HTTP wants told with a 200 in `application/json`.
    pub const fn is_limit(self) -> bool {
        !matches!(
            self,
            Self::Parse
                | Self::Validation
                | Self::Input
                | Self::Introspection
                | Self::Internal
                | Self::Document
                | Self::Protocol
        )
    }

    /// Counts one refusal in `jetbridge_gateway_refused_total`.
    pub fn count(self) {
        metrics::counter!("jetbridge_gateway_refused_total", "reason" => self.as_str())
            .increment(1);
    }
}

/// A request that was not executed: why, and what its caller is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Why.
    pub reason: RefusalReason,
    /// What the caller is told.
    pub errors: Vec<GraphQlError>,
    /// What the request would have cost, where that is known.
    pub(crate) cost: Option<Cost>,
}

impl Refusal {
    /// A refusal in one sentence.
    pub fn new(reason: RefusalReason, code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            reason,
            errors: vec![GraphQlError::new(code, message)],
            cost: None,
        }
    }
}

impl From<Vec<GraphQlError>> for Refusal {
    /// The reason is what the first error's code says.
    fn from(errors: Vec<GraphQlError>) -> Self {
        let reason = match errors.first().and_then(GraphQlError::code) {
            Some("GRAPHQL_PARSE_FAILED") => RefusalReason::Parse,
            Some("GRAPHQL_VALIDATION_FAILED") => RefusalReason::Validation,
            Some("BAD_USER_INPUT") => RefusalReason::Input,
            Some("FORBIDDEN") => RefusalReason::Introspection,
            _ => RefusalReason::Internal,
        };
        Self {
            reason,
            errors,
            cost: None,
        }
    }
}
