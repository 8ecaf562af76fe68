//! Reports of disrupted journeys become claims, once each.

use serde_json::{Value, json};

use crate::kit::{AMAL, OTHER_FLIGHT, World, id, paris_to_new_york, report};

#[tokio::test]
async fn a_settled_delay_is_an_approved_claim_with_its_article() {
    let world = World::new().await;
    world.report(report(json!({}))).await;

    let claim = world.claim().await;
    assert_eq!(claim["status"], "APPROVED");
    assert_eq!(claim["amount"]["formatted"], "EUR 250.00");
    assert_eq!(
        (&claim["regime"], &claim["kind"]),
        (&json!("EU261"), &json!("COMPENSATION"))
    );
    assert_eq!(claim["basis"], "Art 7(1)(a), C-402/07");
    assert_eq!(claim["dueBy"], "2026-03-16");
    assert_eq!(claim["reviewReasons"], json!([]));
    assert_eq!(claim["trace"]["ruleId"], "EU261-DELAY");
}

#[tokio::test]
async fn however_often_it_is_reported_it_is_one_claim() {
    let world = World::new().await;
    let event = world.event("order.journey.disrupted.v1", AMAL, report(json!({})));
    for _ in 0..3 {
        world.deliver(&event).await;
    }
    world
        .report(report(json!({"flight_event_id": id(0x51)})))
        .await;

    world.claim().await;
    assert_eq!(world.count("disruption").await, 1);
    assert_eq!(world.count("assessment").await, 3);
    assert_eq!(world.count("claim_event").await, 1);
    let published = world.published().await;
    assert_eq!(published.len(), 1);
    let (kind, data) = &published[0];
    assert_eq!(kind, "compensation.claim.opened.v1");
    assert_eq!(data["flight_designator"], "LH1112");
    assert_eq!(data["amount_minor"], 25_000);
    assert_eq!(
        (&data["status"], &data["needs_review"]),
        (&json!("APPROVED"), &json!(false))
    );
    assert_eq!(
        (&data["disruption_kind"], &data["regime"]),
        (&json!("DELAY"), &json!("EU261"))
    );
}

#[tokio::test]
async fn a_correction_over_the_threshold_opens_and_raises() {
    let world = World::new().await;
    let late = |minutes: i64| {
        paris_to_new_york(
            json!({"arrival_delay_minutes": minutes, "cause_code": "41", "fare_kind": "AWARD"}),
        )
    };
    world.report(late(170)).await;
    assert_eq!(world.claims().await, Vec::<Value>::new());
    assert_eq!(world.count("assessment").await, 2);

    world.report(late(200)).await;
    assert_eq!(world.claim().await["amount"]["formatted"], "EUR 300.00");

    world.report(late(250)).await;
    let claim = world.claim().await;
    assert_eq!(claim["amount"]["formatted"], "EUR 600.00");
    assert_eq!(
        (&claim["status"], &claim["version"]),
        (&json!("APPROVED"), &json!(2))
    );
    assert_eq!(world.count("assessment").await, 6);
    let published = world.published().await;
    assert_eq!(published[1].0, "compensation.claim.changed.v1");
    assert_eq!(published[1].1["amount_minor"], 60_000);
}

#[tokio::test]
async fn what_no_longer_holds_is_withdrawn_and_comes_back() {
    let world = World::new().await;
    world.report(report(json!({}))).await;
    world
        .report(report(json!({"arrival_delay_minutes": 170})))
        .await;

    let claim = world.claim().await;
    assert_eq!(claim["status"], "WITHDRAWN");
    let step = &claim["history"]["nodes"][1];
    assert_eq!(
        step["reason"],
        "Arrived 2h50 late, less than 3h00 (C-402/07)."
    );

    world.report(report(json!({}))).await;
    let claim = world.claim().await;
    assert_eq!(
        (&claim["status"], &claim["version"]),
        (&json!("APPROVED"), &json!(3))
    );
    // The first decision was found again: same rule, same inputs.
    assert_eq!(world.count("assessment").await, 6);
}

#[tokio::test]
async fn an_unknown_cause_is_reviewed_with_the_amount_at_stake() {
    let world = World::new().await;
    world.report(report(json!({"cause_code": "72"}))).await;

    let claim = world.claim().await;
    assert_eq!(claim["status"], "NEEDS_REVIEW");
    assert_eq!(claim["amount"]["formatted"], "EUR 250.00");
    let reasons = claim["reviewReasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 1);
    assert!(
        reasons[0].as_str().unwrap().contains("extraordinary"),
        "{reasons:?}"
    );
    assert!(
        reasons[0].as_str().unwrap().contains("likely"),
        "{reasons:?}"
    );
}

#[tokio::test]
async fn an_unknown_delay_is_reviewed_with_the_most_there_can_be() {
    let world = World::new().await;
    world
        .report(report(
            json!({"arrival_delay_minutes": null, "missed_connection": true}),
        ))
        .await;

    let claim = world.claim().await;
    assert_eq!(claim["status"], "NEEDS_REVIEW");
    assert_eq!(claim["amount"]["formatted"], "EUR 250.00");
    assert_eq!(
        claim["reviewReasons"],
        json!(["Not known: how late the passenger arrived at the final destination."])
    );
}

#[tokio::test]
async fn a_refund_waits_for_the_passengers_choice() {
    let world = World::new().await;
    let cancelled =
        json!({"kind": "CANCELLATION", "arrival_delay_minutes": null, "notice_minutes": 600});
    world.report(paris_to_new_york(cancelled)).await;

    let claims = world.claims().await;
    let of = |kind: &str| claims.iter().find(|claim| claim["kind"] == kind).unwrap();
    assert_eq!(claims.len(), 3);
    assert_eq!(of("REFUND")["amount"]["formatted"], "EUR 200.00");
    assert_eq!(of("FEE_REFUND")["amount"]["formatted"], "EUR 35.00");
    assert_eq!(of("COMPENSATION")["amount"]["formatted"], "EUR 600.00");
    assert!(claims.iter().all(|claim| claim["status"] == "NEEDS_REVIEW"));
}

#[tokio::test]
async fn who_is_not_covered_has_an_answer_and_no_claim() {
    for (changes, answers) in [
        (json!({"fare_kind": "STAFF"}), 2),
        (json!({"passenger_kind": "INFANT", "has_seat": false}), 2),
        (json!({"arrival_delay_minutes": 179}), 3),
    ] {
        let world = World::new().await;
        world.report(report(changes.clone())).await;
        assert_eq!(world.count("claim").await, 0, "{changes}");
        assert_eq!(world.count("assessment").await, answers, "{changes}");
        assert!(world.published().await.is_empty());
    }
}

#[tokio::test]
async fn a_journey_is_owed_once_whichever_flight_decides_it() {
    let world = World::new().await;
    let by_the_other =
        || report(json!({"flight_id": id(OTHER_FLIGHT), "flight_designator": "LH2"}));
    let statuses = async || {
        let claims = world.claims().await;
        claims
            .iter()
            .map(|claim| claim["status"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    world.report(report(json!({}))).await;
    world.report(by_the_other()).await;
    assert_eq!(statuses().await, ["WITHDRAWN", "APPROVED"]);
    let history = world.claims().await[0]["history"]["nodes"].clone();
    assert_eq!(history[1]["reason"], "Flight LH2 decides the journey now.");

    // And back again, on the very facts of the first time.
    world.report(report(json!({}))).await;
    assert_eq!(statuses().await, ["APPROVED", "WITHDRAWN"]);
    world.report(report(json!({}))).await;
    assert_eq!(world.published().await.len(), 5);
}

#[tokio::test]
async fn an_older_report_changes_nothing() {
    let world = World::new().await;
    let older = world.event(
        "order.journey.disrupted.v1",
        AMAL,
        report(json!({"arrival_delay_minutes": 170})),
    );
    world.report(report(json!({}))).await;
    assert!(older.time < world.now());
    world.deliver(&older).await;
    assert_eq!(world.claim().await["status"], "APPROVED");
}

#[tokio::test]
async fn a_case_is_noted_without_a_new_version() {
    let world = World::new().await;
    world.report(report(json!({"cause_code": null}))).await;
    let claim = world.claim().await;
    assert_eq!(claim["case"], Value::Null);

    let opened = json!({"case_id": id(0x60), "reference": "CAS-1", "claim_ids": [claim["id"]]});
    world
        .deliver(&world.event("case.case.opened.v1", AMAL, opened))
        .await;
    let claim = world.claim().await;
    assert_eq!(claim["case"]["id"], id(0x60));
    assert_eq!(claim["version"], 1);

    let linked = json!({"case_id": id(0x61), "claim_id": claim["id"]});
    world
        .deliver(&world.event("case.claim.linked.v1", AMAL, linked))
        .await;
    assert_eq!(world.claim().await["case"]["id"], id(0x61));
}
