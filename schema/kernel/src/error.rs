//! Errors at the top level of an answer: surprises, and requests that could not be understood.
//!
//! Expected outcomes are not here; they are [`crate::problem`] types in the schema. An error has a code from one
//! vocabulary, and only a client's own mistakes carry text that a client may read: what went wrong inside is logged
//! once, under the request's id, and answered with a sentence that says nothing.

use std::{fmt, sync::Arc};

use async_graphql::ErrorExtensions;
use sea_orm::{DbErr, RuntimeErr};

/// The result of everything that can surprise.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The vocabulary of `extensions.code`, shared with problem+json answers (RFC 9457) outside the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request was understood and a value in it cannot be right.
    BadUserInput,
    /// Nobody has said who they are, and must.
    Unauthenticated,
    /// The actor may not do this.
    Forbidden,
    /// There is no such thing, or the actor may not know that there is.
    NotFound,
    /// The request contradicts what is stored, or another request in flight.
    Conflict,
    /// Too many requests.
    RateLimited,
    /// The answer did not come in time.
    Timeout,
    /// Something went wrong inside.
    Internal,
}

impl Code {
    /// The code as it stands in `extensions.code`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL_SERVER_ERROR",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A surprise. Cloning is cheap, because a batch of loads shares one.
#[derive(Clone, Debug)]
pub struct Error(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    code: Code,
    // What a client may read.
    message: String,
    // What only the log may say.
    cause: Option<anyhow::Error>,
}

impl Error {
    /// An error whose text a client may read. It must carry no personal data.
    pub fn client(code: Code, message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            code,
            message: message.into(),
            cause: None,
        }))
    }

    /// A value that cannot be right: say what is wrong, where, and what would be right.
    pub fn bad_user_input(message: impl Into<String>) -> Self {
        Self::client(Code::BadUserInput, message)
    }

    /// Something went wrong inside; the cause is for the log alone.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self(Arc::new(Inner {
            code: Code::Internal,
            message: "Something went wrong on our side. Please quote the request id when you ask about it.".to_owned(),
            cause: Some(cause.into()),
        }))
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What a client may read.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What went wrong inside, for the log and for deciding whether to try again.
    pub fn cause(&self) -> Option<&anyhow::Error> {
        self.0.cause.as_ref()
    }
}

// There is no `Display` on purpose: async-graphql turns everything that has one into an answer, and internal causes
// would reach clients that way.
impl Error {
    /// The whole error in one line, for logs.
    pub fn report(&self) -> String {
        match &self.0.cause {
            Some(cause) => format!("{}: {cause:#}", self.0.code),
            None => format!("{}: {}", self.0.code, self.0.message),
        }
    }
}

// For commands: people at a terminal read what happened, and codes are for programs.
impl From<Error> for anyhow::Error {
    fn from(error: Error) -> Self {
        match &error.0.cause {
            Some(cause) => Self::msg(format!("{cause:#}")),
            None => Self::msg(error.0.message.clone()),
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_refused_value(&error) {
            tracing::debug!(%error, "the database refused a value");
            return Self::bad_user_input(
                "A value in the request cannot be stored or compared: text holds no character U+0000, and instants lie between the years 1 and 9999.",
            );
        }
        Self::internal(error)
    }
}

/// Whether the database could not take a value that a caller sent, and that no rule of ours had refused before.
fn is_refused_value(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) =
        error
    else {
        return false;
    };
    error
        .as_database_error()
        .and_then(sea_orm::sqlx::error::DatabaseError::code)
        .is_some_and(|code| is_data_exception(&code))
}

/// The data exceptions of PostgreSQL that only a value can cause: a character that is none, an instant out of range. Our
/// own arithmetic can cause others, which stay internal (PostgreSQL, appendix A, class 22).
fn is_data_exception(code: &str) -> bool {
    matches!(code, "22021" | "22P05" | "22008")
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

// The one way an error reaches an answer, and the one place where an internal error is logged.
impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        if let Some(cause) = error.cause() {
            tracing::error!(error = format!("{cause:#}"), "internal error");
        }
        Self::new(error.message())
            .extend_with(|_, extensions| extensions.set("code", error.code().as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_a_database_cannot_take_is_the_callers() {
        for code in ["22021", "22P05", "22008"] {
            assert!(is_data_exception(code), "{code}");
        }
        // Overflow in a sum, a missing table, a full disk: ours.
        for code in ["22003", "42P01", "53100"] {
            assert!(!is_data_exception(code), "{code}");
        }
        assert_eq!(
            Error::from(DbErr::Custom("broken".to_owned())).code(),
            Code::Internal
        );
    }
}
