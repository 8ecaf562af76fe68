//! A trip that the law protects, and what follows when it is disrupted.

use serde_json::{Value, json};

use super::{Customer, Flight, NewCustomer, NewFlight, NewOrder, Order};
use crate::App;

const CLAIMS: &str = "claims(first: 20) { nodes { id version status regime kind basis passengerId reviewReasons dueBy
    amount { amountMinor currency formatted } journey { id } order { id } case { id }
    history(first: 20) { nodes { version fromStatus toStatus reason amount { amountMinor } } } } }";

/// Two adults and an infant who fly from Frankfurt to Dubai: far enough, and from a place, for the highest amount of EU261.
#[derive(Clone, Debug)]
pub struct Trip {
    /// Who ordered.
    pub customer: Customer,
    /// What they fly on.
    pub flight: Flight,
    /// What they ordered.
    pub order: Order,
}

impl Trip {
    /// Makes customer, flight and order.
    pub async fn new(app: &App) -> Self {
        Self::on(app, NewFlight::of("EK", 46, "FRA", "DXB")).await
    }

    /// The same on another flight.
    pub async fn on(app: &App, flight: NewFlight) -> Self {
        let customer = NewCustomer::named("Okafor")
            .with("language", "en")
            .create(app)
            .await;
        let flight = flight.create(app).await;
        let order = NewOrder::of(&customer)
            .adults(2)
            .infant()
            .flying(&[&flight])
            .place(app)
            .await;
        app.deliver().await;
        Self {
            customer,
            flight,
            order,
        }
    }

    /// The claims that the customer has.
    pub async fn claims(&self, app: &App) -> Vec<Value> {
        self.customer.read(app, CLAIMS).await["claims"]["nodes"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// The cases about the customer.
    pub async fn cases(&self, app: &App) -> Vec<Value> {
        let cases = "cases(first: 50) { nodes { id type status priority order { id } flight { id } incident { id title }
            claims(first: 20) { nodes { id } } queue { code } } }";
        self.customer.read(app, cases).await["cases"]["nodes"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// The titles of the customer's timeline, newest first.
    pub async fn timeline(&self, app: &App) -> Vec<String> {
        let timeline = self
            .customer
            .read(app, "timeline(first: 100) { nodes { title } }")
            .await;
        let nodes = timeline["timeline"]["nodes"].as_array().expect("a list");
        nodes
            .iter()
            .map(|node| node["title"].as_str().expect("a title").to_owned())
            .collect()
    }

    /// The incident of the flight; null when there is none.
    pub async fn incident(&self, app: &App) -> Value {
        let incident = "incident { id title kind status cases(first: 100) { nodes { id } } }";
        self.flight.read(app, incident).await["incident"].clone()
    }

    /// Everything that follows from a disruption.
    pub async fn consequences(&self, app: &App) -> Value {
        json!({
            "claims": self.claims(app).await, "cases": self.cases(app).await,
            "timeline": self.timeline(app).await, "incident": self.incident(app).await,
        })
    }
}
