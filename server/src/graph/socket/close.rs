//! Why a socket closes: the codes of `graphql-transport-ws`, and those of WebSocket itself (RFC 6455, section 7.4).

use axum::extract::ws::{CloseFrame, Utf8Bytes};

/// The longest reason that fits into a close frame, in bytes.
const LONGEST_REASON: usize = 123;

/// A code and a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) code: u16,
    pub(super) reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
        Self { code, reason }
    }

    /// The process is about to stop.
    pub(super) fn going_away() -> Self {
        Self::new(1001, "Going away")
    }

    /// A message is longer than messages may be.
    pub(super) fn too_long() -> Self {
        Self::new(1009, "Message too big")
    }

    /// A message that is none of the protocol.
    pub(super) fn bad_request(what: impl std::fmt::Display) -> Self {
        Self::new(4400, format!("Invalid message: {what}"))
    }

    /// An operation before the connection was acknowledged.
    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    /// A token that does not hold, or no longer does.
    pub(super) fn forbidden(why: impl std::fmt::Display) -> Self {
        Self::new(4403, format!("Forbidden: {why}"))
    }

    /// Another subprotocol, or none.
    pub(super) fn subprotocol() -> Self {
        Self::new(4406, "Subprotocol not acceptable: graphql-transport-ws")
    }

    /// Nothing was said for too long.
    pub(super) fn init_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    /// An id that is in use.
    pub(super) fn subscriber_exists(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    /// A second `connection_init`.
    pub(super) fn too_many_inits() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    /// Something went wrong inside.
    pub(super) fn internal() -> Self {
        Self::new(4500, "Internal server error")
    }
}

impl From<Close> for CloseFrame {
    fn from(close: Close) -> Self {
        Self {
            code: close.code,
            reason: Utf8Bytes::from(close.reason),
        }
    }
}
