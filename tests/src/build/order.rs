//! Orders that a test works with.

use serde_json::{Value, json};

use super::{Customer, Flight, text, texts};
use crate::App;

const PLACED: &str =
    "order { id recordLocator version journeys { id segments { id } } passengers { id } }";

/// An order that was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The id.
    pub id: String,
    /// The record locator.
    pub locator: String,
    /// The ids of its journeys, in order of travel.
    pub journeys: Vec<String>,
    /// The ids of its passengers, as they were given.
    pub passengers: Vec<String>,
    /// The ids of the places of its passengers on the flights of its first journey.
    pub segments: Vec<String>,
}

/// An order to place: in euros, by card.
#[derive(Clone, Debug)]
pub struct NewOrder {
    input: Value,
    fare: i64,
}

impl NewOrder {
    /// An order of this customer, for nobody and nothing yet. Each adult pays 450 euros for each journey.
    pub fn of(customer: &Customer) -> Self {
        let input = json!({
            "customerId": customer.id, "ownerAirline": "EK", "channel": "WEB", "currency": "EUR", "paymentMethod": "CARD",
            "passengers": [], "journeys": [],
        });
        Self {
            input,
            fare: 45_000,
        }
    }

    /// The same with so many adults.
    #[must_use]
    pub fn adults(mut self, count: usize) -> Self {
        for given_name in ["Amara", "Bruno", "Chiara", "Dmitri", "Elif", "Farid"]
            .into_iter()
            .take(count)
        {
            self.passenger(
                json!({ "givenName": given_name, "familyName": "Okafor", "kind": "ADULT" }),
            );
        }
        self
    }

    /// The same with an infant on somebody's lap, who pays nothing.
    #[must_use]
    pub fn infant(mut self) -> Self {
        self.passenger(json!({ "givenName": "Ife", "familyName": "Okafor", "kind": "INFANT" }));
        self
    }

    /// The same with another price for each adult and journey, in minor units.
    #[must_use]
    pub fn fare(mut self, minor: i64) -> Self {
        self.fare = minor;
        self
    }

    /// The same with a journey by these flights. Give passengers first.
    #[must_use]
    pub fn flying(mut self, flights: &[&Flight]) -> Self {
        let segments: Vec<Value> = flights.iter().map(|flight| segment(flight)).collect();
        let pays = |passenger: &Value| {
            if passenger["kind"] == "INFANT" {
                0
            } else {
                self.fare
            }
        };
        let fares: Vec<i64> = list(&self.input["passengers"]).iter().map(pays).collect();
        push(
            &mut self.input["journeys"],
            json!({ "segments": segments, "faresMinor": fares }),
        );
        self
    }

    /// The same with another field of `PlaceOrderInput`.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.input[field] = value.into();
        self
    }

    /// The input, under a key of its own.
    pub fn input(&self, app: &App) -> Value {
        let mut input = self.input.clone();
        input["idempotencyKey"] = app.key().into();
        input
    }

    /// Places it.
    pub async fn place(self, app: &App) -> Order {
        let outcome = app
            .administrator()
            .must("placeOrder", "OrderPlaced", self.input(app), PLACED)
            .await;
        Order {
            id: text(&outcome, "/order/id"),
            locator: text(&outcome, "/order/recordLocator"),
            journeys: texts(&outcome, "/order/journeys", "id"),
            passengers: texts(&outcome, "/order/passengers", "id"),
            segments: texts(&outcome, "/order/journeys/0/segments", "id"),
        }
    }

    fn passenger(&mut self, passenger: Value) {
        push(&mut self.input["passengers"], passenger);
    }
}

/// A flight of a journey to book, in economy.
pub fn segment(flight: &Flight) -> Value {
    json!({ "flightId": flight.id, "cabin": "Y", "bookingClass": "Y" })
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn push(list: &mut Value, value: Value) {
    list.as_array_mut().expect("a list").push(value);
}

impl Order {
    /// Reads fields of the order as an administrator.
    pub async fn read(&self, app: &App, selection: &str) -> Value {
        let query = format!("query($id: ID!) {{ order(id: $id) {{ {selection} }} }}");
        app.administrator()
            .ask_with(&query, json!({ "id": self.id }))
            .await
            .at("/order")
            .clone()
    }
}
