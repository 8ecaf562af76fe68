//! Reports of baggage, and what is spent because of it.

use serde_json::{Value, json};

use super::Trip;
use crate::App;

/// The day on which the flight of these reports arrived: the day before a test begins.
pub const ARRIVED_ON: &str = "2026-11-19";

/// What is read of a report.
pub const REPORT: &str = "report { id reference kind state version complainedOn isLossAdmitted deemedLostOn case { id type status }
    journey { id } flight { designator } order { recordLocator } expenses { amount { formatted } } }";

/// What the customer of a trip reports: their bag has not come.
pub fn delayed(app: &App, trip: &Trip) -> Value {
    json!({
        "idempotencyKey": app.key(), "kind": "DELAYED", "station": "DXB", "airline": "EK", "arrivedOn": ARRIVED_ON,
        "description": "The grey suitcase did not come.", "bags": [{ "tag": "0176123456", "colourType": "GY02" }],
        "orderId": trip.order.id, "journeyId": trip.order.journeys[0], "flightId": trip.flight.id,
        "passengerId": trip.order.passengers[0],
    })
}

/// A report that the customer of a trip has made.
pub async fn missing(app: &App, trip: &Trip) -> Value {
    let customer = app.customer(&trip.customer.id);
    let made = customer.must(
        "reportBaggage",
        "BaggageReported",
        delayed(app, trip),
        REPORT,
    );
    let report = made.await["report"].clone();
    app.deliver().await;
    report
}

/// What the customer spends because of it, in euro cents.
pub async fn spent(app: &App, trip: &Trip, report: &Value, amount_minor: i64) -> Value {
    let expense = json!({
        "reportId": report["id"], "idempotencyKey": app.key(), "kind": "CLOTHING", "amountMinor": amount_minor, "currency": "EUR",
        "spentOn": ARRIVED_ON, "description": "A change of clothes", "receipt": "receipt 4711",
    });
    let customer = app.customer(&trip.customer.id);
    let added = customer.must("addBaggageExpense", "BaggageExpenseAdded", expense, REPORT);
    let report = added.await["report"].clone();
    app.deliver().await;
    report
}
