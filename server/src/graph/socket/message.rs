//! The messages of `graphql-transport-ws`, read strictly.

use schema_gateway::{GraphQlError, GraphQlRequest, GraphQlResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The longest id of an operation, in bytes; ids are kept as long as their operation runs.
const LONGEST_ID: usize = 256;

/// What a client may say.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Incoming {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(default, rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: GraphQlRequest,
    },
    Complete {
        id: String,
    },
}

impl Incoming {
    /// Reads a message, or says what is wrong with it without repeating any of it.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let message: Self = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                "no message of graphql-transport-ws"
            } else {
                "not JSON"
            }
        })?;
        match &message {
            Self::Subscribe { id, .. } | Self::Complete { id }
                if !(1..=LONGEST_ID).contains(&id.len()) =>
            {
                Err("an id has 1 to 256 bytes")
            }
            Self::Subscribe { payload, .. }
                if payload.query.trim().is_empty() && payload.document_id().is_none() =>
            {
                Err("there is no query")
            }
            _ => Ok(message),
        }
    }
}

/// What is said to a client.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Outgoing<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: &'a GraphQlResponse,
    },
    Error {
        id: &'a str,
        payload: &'a [GraphQlError],
    },
    Complete {
        id: &'a str,
    },
}

impl Outgoing<'_> {
    /// The message as it is sent.
    pub(super) fn write(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
