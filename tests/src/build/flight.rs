//! Flights, and what happens to them.

use chrono::{SecondsFormat, TimeDelta};
use serde_json::{Value, json};

use super::text;
use crate::App;

/// A flight in the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    /// The id.
    pub id: String,
}

/// A flight to schedule.
#[derive(Clone, Debug)]
pub struct NewFlight {
    input: Value,
    departs_in: TimeDelta,
    takes: TimeDelta,
}

impl NewFlight {
    /// A flight of this airline under this number, between these airports: in ten days, for six hours.
    pub fn of(carrier: &str, number: i32, origin: &str, destination: &str) -> Self {
        Self {
            input: json!({ "carrier": carrier, "number": number, "origin": origin, "destination": destination }),
            departs_in: TimeDelta::days(10),
            takes: TimeDelta::hours(6),
        }
    }

    /// The same, leaving so much later than now.
    #[must_use]
    pub fn departing_in(mut self, time: TimeDelta) -> Self {
        self.departs_in = time;
        self
    }

    /// The same with another field of `CreateFlightInput`.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.input[field] = value.into();
        self
    }

    /// The input, with its times and a key of its own.
    pub fn input(&self, app: &App) -> Value {
        let departs_at = app.now() + self.departs_in;
        let mut input = self.input.clone();
        for (field, value) in [
            ("idempotencyKey", app.key()),
            (
                "scheduledDepartureAt",
                departs_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            ),
            (
                "scheduledArrivalAt",
                (departs_at + self.takes).to_rfc3339_opts(SecondsFormat::Secs, true),
            ),
        ] {
            if input[field].is_null() {
                input[field] = value.into();
            }
        }
        input
    }

    /// Puts it into the schedule.
    pub async fn create(self, app: &App) -> Flight {
        let outcome = app
            .administrator()
            .must(
                "createFlight",
                "FlightCreated",
                self.input(app),
                "flight { id }",
            )
            .await;
        Flight {
            id: text(&outcome, "/flight/id"),
        }
    }
}

impl Flight {
    /// What is sent to record an event of this kind, under a new key. `details` are those of the kind; a restoration has
    /// none.
    pub fn event(&self, app: &App, kind: &str, details: Value) -> Value {
        let mut input = json!({ "flightId": self.id, "idempotencyKey": app.key(), "kind": kind });
        let field = match kind {
            "DELAY" => "delay",
            "CANCELLATION" => "cancellation",
            "DIVERSION" => "diversion",
            "GATE_CHANGE" => "gateChange",
            "ARRIVAL" => "arrival",
            _ => return input,
        };
        input[field] = details;
        input
    }

    /// Records an event, delivers what it causes, and gives back how many journeys it disrupted.
    pub async fn record(&self, app: &App, kind: &str, details: Value) -> i64 {
        let input = self.event(app, kind, details);
        let outcome = app
            .administrator()
            .must(
                "recordFlightEvent",
                "FlightEventRecorded",
                input,
                "disruptedJourneys",
            )
            .await;
        app.deliver().await;
        outcome["disruptedJourneys"].as_i64().expect("a number")
    }

    /// Records that it arrives so many minutes late, for the reason of this IATA delay code.
    pub async fn delay(&self, app: &App, minutes: i32, cause: &str) -> i64 {
        self.record(app, "DELAY", json!({ "departureDelayMinutes": minutes, "arrivalDelayMinutes": minutes, "causeCode": cause })).await
    }

    /// Records that it does not take place, for the reason of this IATA delay code.
    pub async fn cancel(&self, app: &App, cause: &str) -> i64 {
        self.record(app, "CANCELLATION", json!({ "causeCode": cause }))
            .await
    }

    /// Records that it takes place as planned after all.
    pub async fn restore(&self, app: &App) -> i64 {
        self.record(app, "RESTORATION", Value::Null).await
    }

    /// Reads fields of the flight as an administrator.
    pub async fn read(&self, app: &App, selection: &str) -> Value {
        let query = format!("query($id: ID!) {{ flight(id: $id) {{ {selection} }} }}");
        app.administrator()
            .ask_with(&query, json!({ "id": self.id }))
            .await
            .at("/flight")
            .clone()
    }
}
