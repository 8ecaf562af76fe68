//! What a client asks, and what the host knows about who asks.

mod json;

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    time::Instant,
};

use serde::{Deserialize, Deserializer, de::Error};

/// A GraphQL request as it stands in a JSON body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphQlRequest {
    /// The document; may be empty where it is named by an id.
    #[serde(default)]
    pub query: String,
    /// The id of a document that the host knows.
    #[serde(default)]
    pub document_id: Option<String>,
    /// Which operation of the document; may be absent where there is only one.
    #[serde(default)]
    pub operation_name: Option<String>,
    /// Values of the operation's variables by name.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub variables: serde_json::Map<String, serde_json::Value>,
    /// What the protocol or the host adds.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub extensions: serde_json::Map<String, serde_json::Value>,
}

impl GraphQlRequest {
    /// A request without variables.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            ..Self::default()
        }
    }

    /// The id that names the document: `documentId`, or the hash that Apollo's clients send in `extensions.persistedQuery`.
    pub fn document_id(&self) -> Option<&str> {
        let hash = || {
            let persisted = self.extensions.get("persistedQuery")?;
            persisted.get("sha256Hash")?.as_str()
        };
        self.document_id.as_deref().or_else(hash)
    }

    /// Whether the plan is asked for, by `extensions.queryPlan: true`.
    pub fn asks_for_plan(&self) -> bool {
        let asked = self.extensions.get("queryPlan");
        asked.and_then(serde_json::Value::as_bool).unwrap_or(false)
    }

    /// The same request with variables.
    #[must_use]
    pub fn with_variables(mut self, variables: serde_json::Map<String, serde_json::Value>) -> Self {
        self.variables = variables;
        self
    }

    /// The same request for one operation of the document.
    #[must_use]
    pub fn with_operation_name(mut self, name: impl Into<String>) -> Self {
        self.operation_name = Some(name.into());
        self
    }
}

/// Reads variables or extensions that came as text: an object, or `null` for none. A name that stands twice is refused.
///
/// # Errors
/// When the text is anything else.
pub fn read_object(text: &str) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let object = null_is_empty(&mut deserializer)?;
    deserializer.end()?;
    Ok(object)
}

fn null_is_empty<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<serde_json::Map<String, serde_json::Value>, D::Error> {
    match json::Unambiguous::deserialize(deserializer)?.0 {
        serde_json::Value::Null => Ok(serde_json::Map::new()),
        serde_json::Value::Object(object) => Ok(object),
        _ => Err(D::Error::custom("expected an object or null")),
    }
}

/// What the host knows about one request. Every subgraph of the request sees the same context.
#[derive(Debug, Default)]
pub struct RequestContext {
    /// Names the request in errors, logs and traces.
    pub request_id: String,
    /// When the client stops waiting; fetches that are not done by then end in `TIMEOUT`.
    pub deadline: Option<Instant>,
    /// Whether `__schema` and `__type` are answered. `__typename` always is.
    pub introspection_allowed: bool,
    /// Whether `extensions.queryPlan: true` of a request is answered with the plan.
    pub query_plan_allowed: bool,
    /// What the request may cost; [`crate::Limits::cost`] where the host does not say.
    pub cost_limit: Option<u64>,
    /// What subgraphs need: the actor, loaders, and the like. The gateway never looks inside.
    pub extensions: Extensions,
}

impl RequestContext {
    /// A context without deadline, introspection or extensions.
    pub fn new(request_id: impl Into<String>) -> Self {
        Self {
            request_id: request_id.into(),
            ..Self::default()
        }
    }

    /// The same context with a deadline.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The same context for a caller who may read the schema.
    #[must_use]
    pub fn with_introspection(mut self) -> Self {
        self.introspection_allowed = true;
        self
    }

    /// The same context for a caller who may see how requests are planned.
    #[must_use]
    pub fn with_query_plan(mut self) -> Self {
        self.query_plan_allowed = true;
        self
    }

    /// The same context for a caller whose request may cost so much.
    #[must_use]
    pub fn with_cost_limit(mut self, limit: u64) -> Self {
        self.cost_limit = Some(limit);
        self
    }

    /// The same context with a value for the subgraphs.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, value: T) -> Self {
        self.extensions.insert(value);
        self
    }
}

/// Values by type, one of each.
#[derive(Default)]
pub struct Extensions(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Extensions {
    /// Puts a value in, in place of an earlier one of the same type.
    pub fn insert<T: Any + Send + Sync>(&mut self, value: T) {
        self.0.insert(TypeId::of::<T>(), Box::new(value));
    }

    /// The value of this type.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.0.get(&TypeId::of::<T>())?.downcast_ref()
    }
}

impl fmt::Debug for Extensions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values are not shown: they may hold tokens.
        formatter
            .debug_struct("Extensions")
            .field("len", &self.0.len())
            .finish_non_exhaustive()
    }
}
