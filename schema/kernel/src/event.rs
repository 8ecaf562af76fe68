//! Events as they travel: CloudEvents 1.0.

use chrono::{DateTime, Utc};
use entities::id::{CustomerId, EventId, TypedId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An event on an outbox, in the JSON shape of CloudEvents 1.0.
///
/// `data` holds ids, codes, instants and amounts, never names or contact values: events are kept, copied and replayed
/// where a person's data cannot be erased from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique for ever; consumers remember it.
    pub id: EventId,
    /// The domain that says it: `"order"`.
    pub source: String,
    /// What happened, with its version: `"order.flight.delayed.v1"`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The aggregate it happened to, by id. Events about one aggregate keep their order.
    pub subject: String,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// The customer it is about, if it is about one (CloudEvents extension attribute).
    #[serde(
        rename = "customerid",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub customer_id: Option<CustomerId>,
    /// The request that caused it (CloudEvents extension attribute).
    #[serde(rename = "correlationid")]
    pub correlation_id: String,
    /// The facts.
    pub data: Value,
}

/// An event in the JSON of CloudEvents 1.0, with the attributes that every one of ours has in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloudEvent {
    /// The version of the specification: `"1.0"`.
    pub specversion: String,
    /// What `data` is written in: `"application/json"`.
    pub datacontenttype: String,
    /// The rest.
    #[serde(flatten)]
    pub event: Event,
}

impl Event {
    /// The event as it is sent to others.
    pub fn cloud_event(&self) -> CloudEvent {
        CloudEvent {
            specversion: "1.0".to_owned(),
            datacontenttype: "application/json".to_owned(),
            event: self.clone(),
        }
    }

    /// The domain and the record that it is about: events of the same aggregate keep their order.
    pub(crate) fn aggregate(&self) -> (String, String) {
        (self.source.clone(), self.subject.clone())
    }

    /// The aggregate it happened to; `None` where that is no id of this kind.
    pub fn subject_id<Id: TypedId>(&self) -> Option<Id> {
        uuid::Uuid::try_parse(&self.subject).ok().map(Id::from)
    }

    /// Reads the facts as the shape that a consumer knows. Fields it does not know are ignored.
    ///
    /// # Errors
    /// When a field the consumer needs is missing or of another type.
    pub fn facts<T: for<'de> Deserialize<'de>>(&self) -> crate::Result<T> {
        T::deserialize(&self.data).map_err(|error| {
            crate::Error::internal(
                anyhow::Error::new(error).context(format!("facts of {}", self.kind)),
            )
        })
    }
}

/// What a verb says happened; the outbox adds the rest.
#[derive(Clone, Debug)]
pub struct NewEvent<'a, T> {
    /// What happened, with its version: `"order.flight.delayed.v1"`.
    pub kind: &'static str,
    /// The aggregate, by id.
    pub subject: String,
    /// The customer it is about, if it is about one.
    pub customer_id: Option<CustomerId>,
    /// When it happened.
    pub time: DateTime<Utc>,
    /// The facts.
    pub data: &'a T,
}
