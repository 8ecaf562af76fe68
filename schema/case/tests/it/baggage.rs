//! Baggage that came late, damaged or not at all.

use chrono::Duration;
use schema_kernel::Actor;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kit::{World, customer, customer_id, staff};

/// A bag that has not come. The day of the world is 2026-11-20.
fn delayed() -> Value {
    json!({
        "kind": "DELAYED", "reference": "SINEK19666", "arrivedOn": "2026-11-19", "description": "The grey suitcase did not come.",
        "bags": [{ "tag": "0176123456", "colourType": "gy02" }], "customerId": customer_id(1).to_string(),
    })
}

fn with(mut input: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

async fn reported(world: &World, input: Value) -> Value {
    let outcome = world.act(&staff("desk"), "reportBaggage", input).await;
    assert_eq!(outcome["__typename"], "BaggageReported", "{outcome}");
    outcome["report"].clone()
}

async fn go(world: &World, actor: &Actor, report: &Value, to: &str, more: Value) -> Value {
    let input = json!({ "reportId": report["id"], "expectedVersion": report["version"], "to": to });
    world
        .act(actor, "changeBaggageState", with(input, more))
        .await
}

/// The queue in which the case of a report waits, which is for staff to know.
async fn queue(world: &World, report: &Value) -> Value {
    let document = "query($id: ID!) { case(id: $id) { queue { code } } }";
    let id = json!({ "id": report["case"]["id"] });
    world.get(&staff("desk"), document, id).await["case"]["queue"]["code"].clone()
}

fn paths(outcome: &Value) -> Vec<String> {
    let fields = outcome["fields"]
        .as_array()
        .unwrap_or_else(|| panic!("{outcome}"));
    let path = |field: &Value| {
        let parts = field["path"].as_array().unwrap().iter().skip(1);
        let parts: Vec<&str> = parts.map(|part| part.as_str().unwrap()).collect();
        parts.join(".")
    };
    fields.iter().map(path).collect()
}

#[tokio::test]
async fn a_bag_comes_home_step_by_step() {
    let world = World::new().await;
    let desk = staff("desk");
    let mut report = reported(&world, delayed()).await;
    assert_eq!(
        (
            &report["state"],
            &report["case"]["type"],
            &queue(&world, &report).await
        ),
        (
            &json!("REPORTED"),
            &json!("BAGGAGE_DELAYED"),
            &json!("Baggage")
        )
    );
    assert_eq!(
        report["bags"],
        json!([{ "tag": "0176123456", "colourType": "GY02" }])
    );
    assert_eq!(
        (
            &report["deemedLostOn"],
            &report["actionDueOn"],
            &report["complaintDueOn"]
        ),
        (&json!("2026-12-10"), &json!("2028-11-19"), &json!(null))
    );
    for state in [
        "TRACING",
        "LOCATED",
        "FORWARDED",
        "ARRIVED",
        "OUT_FOR_DELIVERY",
    ] {
        let moved = go(
            &world,
            &desk,
            &report,
            state,
            json!({ "reason": "On its way." }),
        )
        .await;
        assert_eq!(moved["report"]["state"], state, "{moved}");
        report = moved["report"].clone();
    }
    assert_eq!(report["nextStates"], json!(["ARRIVED", "DELIVERED"]));

    let got = go(&world, &customer(1), &report, "DELIVERED", json!({})).await["report"].clone();
    assert_eq!(
        (
            &got["atDisposalOn"],
            &got["complaintDueOn"],
            &got["deemedLostOn"]
        ),
        (&json!("2026-11-20"), &json!("2026-12-11"), &json!(null))
    );
    let history = world.history(&report["case"]).await;
    assert_eq!(history.len(), 7, "{history:?}");
    assert_eq!(
        history.last().unwrap(),
        "BAGGAGE_CHANGED OUT_FOR_DELIVERY DELIVERED"
    );
}

#[tokio::test]
async fn the_same_reference_is_the_same_report() {
    let world = World::new().await;
    let first = reported(&world, delayed()).await;
    let again = world
        .act(
            &staff("desk"),
            "reportBaggage",
            with(delayed(), json!({ "reference": "sinek 19666" })),
        )
        .await;
    assert_eq!(
        (&again["__typename"], &again["report"]["id"]),
        (&json!("BaggageReportStands"), &first["id"])
    );
    let of_another = with(
        delayed(),
        json!({ "customerId": customer_id(2).to_string() }),
    );
    let taken = world.act(&staff("desk"), "reportBaggage", of_another).await;
    assert_eq!(taken["__typename"], "Conflict", "{taken}");
    world.wait(Duration::days(181));
    let later = with(delayed(), json!({ "arrivedOn": "2027-05-19" }));
    assert_ne!(reported(&world, later).await["id"], first["id"]);
}

#[tokio::test]
async fn a_key_makes_one_report_and_a_station_gives_a_reference() {
    let world = World::new().await;
    let mut input = with(
        delayed(),
        json!({ "idempotencyKey": Uuid::from_u128(7), "station": "SIN", "airline": "EK" }),
    );
    input.as_object_mut().unwrap().remove("reference");
    let first = reported(&world, input.clone()).await;
    assert!(
        first["reference"].as_str().unwrap().starts_with("SINEK"),
        "{first}"
    );
    assert_eq!(reported(&world, input.clone()).await["id"], first["id"]);
    let other = world
        .act(
            &staff("desk"),
            "reportBaggage",
            with(input, json!({ "description": "x" })),
        )
        .await;
    assert_eq!(other["code"], "CONFLICT");
}

#[tokio::test]
async fn a_customer_reports_their_own_in_writing() {
    let world = World::new().await;
    let mut input = delayed();
    input.as_object_mut().unwrap().remove("customerId");
    let outcome = world
        .act(&customer(1), "reportBaggage", input.clone())
        .await;
    let report = &outcome["report"];
    assert_eq!(
        report["customer"]["id"],
        customer_id(1).to_string(),
        "{outcome}"
    );
    assert_eq!(report["complainedOn"], "2026-11-20");
    let reserved = with(input, json!({ "isLossAdmitted": true, "channel": "PHONE" }));
    let outcome = world.act(&customer(1), "reportBaggage", reserved).await;
    assert_eq!(paths(&outcome), ["isLossAdmitted", "channel"]);
    let of_another = world.act(&customer(2), "reportBaggage", delayed()).await;
    assert_eq!(of_another["__typename"], "NotFound");
    let hidden = go(&world, &customer(2), report, "DELIVERED", json!({})).await;
    assert_eq!(hidden["__typename"], "NotFound");
    let tracing = go(&world, &customer(1), report, "TRACING", json!({})).await;
    assert_eq!(tracing["__typename"], "TransitionNotAllowed");
    assert_eq!(tracing["allowed"], json!(["DELIVERED"]));
}

#[tokio::test]
async fn what_cannot_be_right_is_named() {
    let world = World::new().await;
    let input = with(
        delayed(),
        json!({
            "kind": "DAMAGED", "arrivedOn": "2026-11-22", "description": " ", "travellers": 0, "declaredMinor": 5, "station": "SIN",
            "bags": [{ "tag": "0176123456", "colourType": "black" }, { "tag": "0176123456" }], "orderId": "x",
        }),
    );
    let outcome = world.act(&staff("desk"), "reportBaggage", input).await;
    assert_eq!(
        paths(&outcome),
        [
            "description",
            "orderId",
            "reference",
            "bags.0.colourType",
            "bags.1.tag",
            "arrivedOn",
            "receivedOn",
            "declaredCurrency",
            "travellers"
        ]
    );
    let too_soon = with(delayed(), json!({ "kind": "LOST" }));
    let outcome = world.act(&staff("desk"), "reportBaggage", too_soon).await;
    assert_eq!(paths(&outcome), ["kind"]);
    let malformed = with(delayed(), json!({ "reference": "SIN-19666" }));
    let document =
        "mutation($input: ReportBaggageInput!) { reportBaggage(input: $input) { __typename } }";
    let answer = world
        .ask(&staff("desk"), document, json!({ "input": malformed }))
        .await;
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("SINEK19666"), "{message}");
}

#[tokio::test]
async fn after_21_days_it_is_lost_and_goes_to_those_who_deal_with_losses() {
    let world = World::new().await;
    let report = reported(&world, delayed()).await;
    let early = go(&world, &customer(1), &report, "LOST", json!({})).await;
    assert_eq!(early["__typename"], "TransitionNotAllowed");
    assert!(
        early["rule"].as_str().unwrap().contains("Art 17(3)"),
        "{early}"
    );
    world.wait(Duration::days(20));
    let lost = go(&world, &customer(1), &report, "LOST", json!({})).await["report"].clone();
    assert_eq!(
        (
            &lost["state"],
            &lost["case"]["type"],
            &queue(&world, &lost).await
        ),
        (
            &json!("LOST"),
            &json!("BAGGAGE_LOST"),
            &json!("BaggageClaims")
        )
    );
    assert_eq!(lost["isLossAdmitted"], false);
}

#[tokio::test]
async fn staff_admit_a_loss_at_any_time() {
    let world = World::new().await;
    let report = reported(&world, delayed()).await;
    let admitted = json!({ "isLossAdmitted": true });
    let by_customer = go(&world, &customer(1), &report, "LOST", admitted.clone()).await;
    assert_eq!(paths(&by_customer), ["isLossAdmitted"]);
    let lost = go(&world, &staff("desk"), &report, "LOST", admitted).await["report"].clone();
    assert_eq!(
        (&lost["state"], &lost["isLossAdmitted"]),
        (&json!("LOST"), &json!(true))
    );
    let found = go(&world, &staff("desk"), &lost, "LOCATED", json!({})).await["report"].clone();
    assert_eq!(
        (&found["state"], &found["isLossAdmitted"]),
        (&json!("LOCATED"), &json!(false))
    );
}

#[tokio::test]
async fn damage_is_complained_about_within_seven_days() {
    let world = World::new().await;
    let damaged = with(
        delayed(),
        json!({ "kind": "DAMAGED", "receivedOn": "2026-11-19", "isComplaintInWriting": true }),
    );
    let report = reported(&world, damaged).await;
    assert_eq!(
        (
            &report["complaintDueOn"],
            &report["isComplaintInTime"],
            &report["case"]["type"]
        ),
        (
            &json!("2026-11-26"),
            &json!(true),
            &json!("BAGGAGE_DAMAGED")
        )
    );
    let traced = go(&world, &staff("desk"), &report, "TRACING", json!({})).await;
    assert_eq!(traced["allowed"], json!(["ASSESSED", "CLOSED"]));
    let stale = json!({ "reportId": report["id"], "expectedVersion": 9, "to": "ASSESSED" });
    let stale = world.act(&staff("desk"), "changeBaggageState", stale).await;
    assert_eq!(stale["current"], 1);
}

#[tokio::test]
async fn expenses_are_noted_once_and_are_a_complaint_in_writing() {
    let world = World::new().await;
    let report = reported(&world, delayed()).await;
    assert!(report["complainedOn"].is_null());
    let expense = json!({
        "reportId": report["id"], "idempotencyKey": Uuid::from_u128(9), "kind": "CLOTHING", "amountMinor": 4250, "currency": "EUR",
        "spentOn": "2026-11-20", "description": "A shirt, card 4111 1111 1111 1111", "receipt": "receipt 4711",
    });
    for _ in 0..2 {
        let added = world
            .act(&customer(1), "addBaggageExpense", expense.clone())
            .await;
        assert_eq!(
            added["report"]["expenses"],
            json!([{ "kind": "CLOTHING", "amount": { "amountMinor": 4250, "currency": "EUR" }, "receipt": "receipt 4711" }]),
            "{added}"
        );
        assert_eq!(added["report"]["complainedOn"], "2026-11-20");
    }
    let other = with(expense.clone(), json!({ "amountMinor": 4251 }));
    assert_eq!(
        world.act(&customer(1), "addBaggageExpense", other).await["code"],
        "CONFLICT"
    );
    let wrong = json!({ "idempotencyKey": Uuid::from_u128(10), "amountMinor": 0, "currency": "euro", "spentOn": "2026-11-21" });
    let wrong = world
        .act(
            &customer(1),
            "addBaggageExpense",
            with(expense.clone(), wrong),
        )
        .await;
    assert_eq!(paths(&wrong), ["amountMinor", "currency", "spentOn"]);
    let before = json!({ "idempotencyKey": Uuid::from_u128(11), "spentOn": "2026-11-18" });
    let before = world
        .act(
            &customer(1),
            "addBaggageExpense",
            with(expense.clone(), before),
        )
        .await;
    assert_eq!(paths(&before), ["spentOn"]);
    let stranger = with(expense, json!({ "idempotencyKey": Uuid::from_u128(12) }));
    assert_eq!(
        world.act(&customer(2), "addBaggageExpense", stranger).await["__typename"],
        "NotFound"
    );
}

#[tokio::test]
async fn lists_hold_what_fits_and_what_may_be_seen() {
    let world = World::new().await;
    let first = reported(&world, delayed()).await;
    world.wait(Duration::minutes(1));
    let of_another = json!({
        "reference": "DXBEK00001", "customerId": customer_id(2).to_string(), "bags": [{ "tag": "0176999999" }], "arrivedOn": "2026-10-01",
    });
    let second = reported(&world, with(delayed(), of_another)).await;
    let document = "query($filter: BaggageReportFilter) { baggageReports(filter: $filter, first: 10) { nodes { id } } }";
    let list = async |actor: &Actor, filter: Value| {
        let data = world
            .get(actor, document, json!({ "filter": filter }))
            .await;
        let nodes = data["baggageReports"]["nodes"].as_array().unwrap().clone();
        nodes
            .into_iter()
            .map(|node| node["id"].clone())
            .collect::<Vec<_>>()
    };
    let (one, two) = (first["id"].clone(), second["id"].clone());
    let desk = staff("desk");
    assert_eq!(list(&desk, json!({})).await, [two.clone(), one.clone()]);
    assert_eq!(
        list(&desk, json!({ "bagTag": "0176123456" })).await,
        std::slice::from_ref(&one)
    );
    assert_eq!(
        list(&desk, json!({ "station": "DXB" })).await,
        std::slice::from_ref(&two)
    );
    assert_eq!(
        list(&desk, json!({ "missingSince": "2026-10-30" })).await,
        std::slice::from_ref(&two)
    );
    assert_eq!(
        list(&desk, json!({ "state": { "eq": "TRACING" } })).await,
        Vec::<Value>::new()
    );
    assert_eq!(
        list(&desk, json!({ "customerId": customer_id(1).to_string() })).await,
        std::slice::from_ref(&one)
    );
    assert_eq!(
        list(&customer(2), json!({})).await,
        std::slice::from_ref(&two)
    );
    assert_eq!(list(&customer(3), json!({})).await, Vec::<Value>::new());

    let edges = "query($id: ID!) { case(id: $id) { baggageReport { id } customer { baggageReports { nodes { id } } } } }";
    let data = world
        .get(&desk, edges, json!({ "id": first["case"]["id"] }))
        .await;
    assert_eq!(data["case"]["baggageReport"]["id"], one);
    assert_eq!(
        data["case"]["customer"]["baggageReports"]["nodes"],
        json!([{ "id": one }])
    );
}
