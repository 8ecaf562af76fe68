//! Dead letters: events that a domain could not consume, with the reason, until they are replayed or given up.
//!
//! They belong to the domain that could not consume them, because another may well have. The graph shows them through
//! [`graph`], with one list and one mutation for each domain.

pub mod graph;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use entities::id::EventId;
use serde::Serialize;

pub use self::store::{count, find, list};
use crate::Event;

/// An event that was set aside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeadLetter {
    /// The event as it was told.
    pub event: Event,
    /// Whether it failed, or waits behind one that did.
    pub state: DeadLetterState,
    /// Why it could not be consumed.
    pub reason: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was set aside, or failed again.
    pub failed_at: DateTime<Utc>,
}

/// Why a letter lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeadLetterState {
    /// It could not be consumed.
    Dead,
    /// It was never tried: an earlier event of the same aggregate could not be consumed, and order is kept.
    Held,
}

/// What came of replaying.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Replay {
    /// The events that were consumed now, in order.
    pub consumed: Vec<EventId>,
    /// The event that still cannot be consumed, at which it ended.
    pub failed: Option<DeadLetter>,
}
