use async_graphql::{Enum, ID, Object, SimpleObject};
use entities::order::flight_event;
use schema_kernel::{id::show, scalar::DateTime};
use serde_json::Value;

use super::DelayCode;

/// One thing that happened to a flight.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FlightEvent(pub(crate) flight_event::Model);

/// What can happen to a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, serde::Serialize, serde::Deserialize)]
#[graphql(remote = "flight_event::Kind")]
pub enum FlightEventKind {
    /// It leaves or arrives at another time than was known.
    Delay,
    /// It does not take place.
    Cancellation,
    /// It goes to another airport.
    Diversion,
    /// It leaves from another gate.
    GateChange,
    /// It takes place as planned after all.
    Restoration,
    /// It arrived.
    Arrival,
}

/// How the airline learnt of what happened to a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "flight_event::Source")]
pub enum FlightEventSource {
    /// Somebody recorded it.
    Api,
    /// It stood in an imported file of flights.
    Import,
    /// Flight operations reported it, by message or in an imported file of events.
    Feed,
}

/// One value of a flight that an event changed.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(requires_scopes = "flight:read")]
pub struct FlightValueChange {
    /// The name of the value. Example: `"arrival_delay_minutes"`.
    pub name: String,
    /// The value before, as text; null when there was none. Example: `"20"`.
    pub old: Option<String>,
    /// The value after, as text; null when there is none. Example: `"200"`.
    pub new: Option<String>,
}

/// One thing that happened to a flight. Events are never changed; a correction is another event.
#[Object(requires_scopes = "flight:read")]
impl FlightEvent {
    /// The id of the event. It stands in every message and claim that the event led to.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// What happened.
    async fn kind(&self) -> FlightEventKind {
        self.0.kind.into()
    }

    /// When the airline learnt of it.
    async fn recorded_at(&self) -> DateTime {
        self.0.recorded_at
    }

    /// Why, as the airline coded it; null when no code was given.
    async fn cause(&self) -> Option<DelayCode> {
        self.0.cause_code.as_deref().and_then(DelayCode::find)
    }

    /// The values that changed, by name.
    async fn changes(&self) -> Vec<FlightValueChange> {
        changes(&self.0.old_values, &self.0.new_values)
    }

    /// How the airline learnt of it.
    async fn source(&self) -> FlightEventSource {
        self.0.source.into()
    }

    /// Who told it, as an identifier and never as a name; null for callers who may not know. Example: `"import"`.
    #[graphql(requires_scopes = "flight:write")]
    async fn actor(&self) -> Option<&str> {
        Some(&self.0.actor)
    }
}

fn changes(old: &Value, new: &Value) -> Vec<FlightValueChange> {
    let Value::Object(new) = new else {
        return Vec::new();
    };
    new.iter()
        .map(|(name, value)| FlightValueChange {
            name: name.clone(),
            old: old.get(name).and_then(text),
            new: text(value),
        })
        .collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
