//! Claims that a test works with, and how they are paid.

use std::sync::atomic::{AtomicI32, Ordering};

use serde_json::{Value, json};
use server::auth::Role;

use super::{NewFlight, Trip};
use crate::{App, Client};

/// What is read of a claim.
pub const CLAIM: &str = "claim { id version status origin regime kind basis miles amount { formatted } reviewReasons appealPath approverRole
    history(first: 20) { nodes { toStatus reason } } payouts { nodes { id status } } }";

/// What is read of a payout.
pub const PAYOUT: &str = "payout { id version status method reason amount { formatted } deliveredAmount { formatted } deliveredMiles
    claim { id status version } history(first: 20) { nodes { toStatus } } }";

/// What somebody files for the first passenger of a trip: damage of 240 euros, for a bag that came late.
pub fn filing(app: &App, trip: &Trip) -> Value {
    json!({
        "journeyId": trip.order.journeys[0], "passengerId": trip.order.passengers[0], "incident": "BAGGAGE_DELAYED",
        "statement": "My bag came two days later; I had to buy clothes.", "remedy": "DAMAGES_CAP",
        "amountMinor": 24000, "currency": "EUR", "idempotencyKey": app.key(),
    })
}

/// A claim that the customer of the trip has filed.
pub async fn filed(app: &App, trip: &Trip) -> Value {
    let customer = app.customer(&trip.customer.id);
    customer
        .must("fileClaim", "ClaimFiled", filing(app, trip), CLAIM)
        .await["claim"]
        .clone()
}

/// What grants such a claim.
pub fn grant(claim: &Value, amount_minor: i64) -> Value {
    json!({
        "claimId": claim["id"], "expectedVersion": claim["version"], "decision": "APPROVE", "regime": "EU261",
        "basis": "Montreal Convention Art 19", "award": { "amountMinor": amount_minor, "currency": "EUR" },
    })
}

/// An approved claim of so many minutes' delay from Frankfurt to Dubai, for a technical defect: 300 euros below four hours,
/// 600 from then on.
pub async fn owed(app: &App, minutes: i32) -> (Trip, Value) {
    // Each on a flight of its own, so that one world can owe several.
    static NEXT: AtomicI32 = AtomicI32::new(100);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let trip = Trip::on(app, NewFlight::of("EK", number, "FRA", "DXB")).await;
    trip.flight.delay(app, minutes, "41").await;
    let claim = trip.claims(app).await[0].clone();
    assert_eq!(claim["status"], "APPROVED");
    (trip, claim)
}

/// The request for the payment of a claim back the way the order was paid.
pub fn request(app: &App, claim: &Value) -> Value {
    json!({
        "claimId": claim["id"], "expectedVersion": claim["version"], "method": "ORIGINAL_FORM_OF_PAYMENT", "idempotencyKey": app.key(),
    })
}

/// A payout that this person has asked for.
pub async fn requested(client: &Client, input: Value) -> Value {
    client
        .must("requestPayout", "PayoutRequested", input, PAYOUT)
        .await["payout"]
        .clone()
}

/// The payout as it is now.
pub async fn payout(app: &App, payout: &Value) -> Value {
    let query = format!(
        "query($id: ID!) {{ {} }}",
        PAYOUT.replacen("payout", "payout(id: $id)", 1)
    );
    let answer = app
        .actor(Role::Finance)
        .ask_with(&query, json!({ "id": payout["id"] }))
        .await;
    answer.at("/payout").clone()
}

/// The claim as it is now.
pub async fn claim(app: &App, claim: &Value) -> Value {
    let query = format!(
        "query($id: ID!) {{ {} }}",
        CLAIM.replacen("claim", "claim(id: $id)", 1)
    );
    let answer = app
        .administrator()
        .ask_with(&query, json!({ "id": claim["id"] }))
        .await;
    answer.at("/claim").clone()
}

/// What is done about a payout as it was read.
pub fn about(payout: &Value) -> Value {
    json!({ "payoutId": payout["id"], "expectedVersion": payout["version"] })
}

/// A payout of an approved claim that was sent.
pub async fn sent(app: &App, trip: &Trip, claim: &Value) -> Value {
    let customer = app.customer(&trip.customer.id);
    let asked = requested(&customer, request(app, claim)).await;
    if asked["status"] == "REQUESTED" {
        let approval = json!({ "payoutId": asked["id"], "expectedVersion": asked["version"] });
        app.actor(Role::CmpManager)
            .must("approvePayout", "PayoutApproved", approval, PAYOUT)
            .await;
    }
    app.pay().await;
    payout(app, &asked).await
}

/// The customer has the money of a payout that was sent.
pub async fn received(app: &App, payout: &Value) {
    let mut received = about(payout);
    received["confirmation"] = "RECEIVED".into();
    app.actor(Role::Finance)
        .must("confirmPayout", "PayoutConfirmed", received, PAYOUT)
        .await;
    app.deliver().await;
}

/// Pays an approved claim.
pub async fn paid(app: &App, trip: &Trip, claim: &Value) {
    let payout = sent(app, trip, claim).await;
    received(app, &payout).await;
}
