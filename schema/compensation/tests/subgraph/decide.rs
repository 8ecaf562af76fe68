//! A person decides what the rules leave open.

use schema_kernel::Actor;
use serde_json::{Value, json};

use crate::kit::{AMAL, World, agent, customer, id, paris_to_new_york, report};

const DECIDE: &str = "mutation($input: DecideClaimInput!) { decideClaim(input: $input) {
    outcome: __typename
    ... on ClaimDecided { claim { status version basis amount { formatted } reviewReasons } }
    ... on Problem { message code rule }
    ... on InvalidInput { fields { path } }
    ... on StaleVersion { current }
    ... on TransitionNotAllowed { from to allowed }
} }";

/// A world with one claim whose cause is not known.
async fn open_question() -> (World, Value) {
    let world = World::new().await;
    world.report(report(json!({"cause_code": "72"}))).await;
    let claim = world.claim().await;
    (world, claim["id"].clone())
}

async fn decide(world: &World, claim: &Value, changes: Value) -> Value {
    decide_as(world, agent(), claim, changes).await
}

async fn decide_as(world: &World, actor: Actor, claim: &Value, changes: Value) -> Value {
    let mut input = json!({"claimId": claim, "expectedVersion": 1, "decision": "APPROVE"});
    let fields = input.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        fields.insert(name.clone(), value.clone());
    }
    world.data(actor, DECIDE, json!({"input": input})).await["decideClaim"].take()
}

#[tokio::test]
async fn approved_with_the_fact_that_settles_it() {
    let (world, claim) = open_question().await;
    let facts = json!({"isExtraordinary": false});
    let outcome = decide(
        &world,
        &claim,
        json!({"establishedFacts": facts, "reason": "No proof was found."}),
    )
    .await;

    assert_eq!(outcome["outcome"], "ClaimDecided", "{outcome}");
    assert_eq!(outcome["claim"]["status"], "APPROVED");
    assert_eq!(outcome["claim"]["reviewReasons"], json!([]));
    let claim = world.claim().await;
    let step = &claim["history"]["nodes"][1];
    assert_eq!(
        (&step["actor"], &step["reason"]),
        (&json!("agent-7"), &json!("No proof was found."))
    );
    let (kind, data) = world.published().await.pop().unwrap();
    assert_eq!(kind, "compensation.claim.changed.v1");
    assert_eq!(
        (&data["from"], &data["to"]),
        (&json!("NEEDS_REVIEW"), &json!("APPROVED"))
    );
    assert_eq!(
        data["reason"],
        Value::Null,
        "what a person wrote is not published"
    );
}

#[tokio::test]
async fn refused_with_reason_and_article() {
    let (world, claim) = open_question().await;
    let refusal = json!({
        "decision": "REFUSE", "reason": "Thunderstorm over Madrid, proven by the METAR.", "basis": "Art 5(3)",
        "establishedFacts": {"isExtraordinary": true},
    });
    let outcome = decide(&world, &claim, refusal).await;
    assert_eq!(outcome["claim"]["status"], "REFUSED", "{outcome}");
    assert_eq!(outcome["claim"]["basis"], "Art 5(3)");

    // The finding outlives a correction of the delay, and so does the decision.
    world
        .report(report(
            json!({"cause_code": "72", "arrival_delay_minutes": 300}),
        ))
        .await;
    assert_eq!(world.claim().await["status"], "REFUSED");
}

#[tokio::test]
async fn a_decision_stands_while_the_question_is_the_same() {
    let (world, claim) = open_question().await;
    decide(&world, &claim, json!({"reason": "Goodwill of the house."})).await;
    world
        .report(report(
            json!({"cause_code": "72", "arrival_delay_minutes": 190}),
        ))
        .await;
    let claim = world.claim().await;
    assert_eq!(
        (&claim["status"], &claim["version"]),
        (&json!("APPROVED"), &json!(2))
    );
}

#[tokio::test]
async fn a_refused_claim_that_comes_up_on_other_facts_is_looked_at_again() {
    let world = World::new().await;
    world
        .report(paris_to_new_york(
            json!({"cause_code": "72", "fare_kind": "AWARD", "arrival_delay_minutes": 200}),
        ))
        .await;
    let claim = world.claim().await["id"].clone();
    decide(
        &world,
        &claim,
        json!({"decision": "REFUSE", "reason": "Weather.", "basis": "Art 5(3)"}),
    )
    .await;
    assert_eq!(world.claim().await["status"], "REFUSED");

    for delay in [250, 260] {
        let technical =
            json!({"cause_code": "41", "fare_kind": "AWARD", "arrival_delay_minutes": delay});
        world.report(paris_to_new_york(technical)).await;
        let claim = world.claim().await;
        assert_eq!(claim["status"], "NEEDS_REVIEW");
        assert_eq!(claim["amount"]["formatted"], "EUR 600.00");
        assert!(
            claim["reviewReasons"][0]
                .as_str()
                .unwrap()
                .contains("refused before")
        );
    }
}

#[tokio::test]
async fn a_refusal_names_reason_and_article() {
    let (world, claim) = open_question().await;
    let outcome = decide(
        &world,
        &claim,
        json!({"decision": "REFUSE", "reason": "  "}),
    )
    .await;
    assert_eq!(outcome["outcome"], "InvalidInput");
    assert_eq!(
        outcome["fields"],
        json!([{"path": ["input", "reason"]}, {"path": ["input", "basis"]}])
    );
    assert_eq!(world.claim().await["version"], 1);
}

#[tokio::test]
async fn a_reason_is_readable() {
    let (world, claim) = open_question().await;
    for unreadable in ["a\u{0}b", "a\u{1b}[2J", "a\u{202e}b"] {
        let refusal = json!({"decision": "REFUSE", "reason": unreadable, "basis": "Art 5(3)"});
        let outcome = decide(&world, &claim, refusal).await;
        assert_eq!(
            outcome["fields"],
            json!([{"path": ["input", "reason"]}]),
            "{outcome:#}"
        );
    }
    assert_eq!(world.claim().await["version"], 1);
}

#[tokio::test]
async fn the_rules_overrule() {
    let (world, claim) = open_question().await;
    let excused = decide(
        &world,
        &claim,
        json!({"establishedFacts": {"isExtraordinary": true}}),
    )
    .await;
    assert_eq!(excused["code"], "CONFLICT", "{excused}");
    let owed = json!({
        "decision": "REFUSE", "reason": "No.", "basis": "none", "establishedFacts": {"isExtraordinary": false},
    });
    let owed = decide(&world, &claim, owed).await;
    assert_eq!(
        (&owed["code"], &owed["rule"]),
        (&json!("CONFLICT"), &json!("Art 7(1)(a), C-402/07"))
    );
    assert_eq!(world.claim().await["version"], 1, "nothing was written");
}

#[tokio::test]
async fn an_amount_that_cannot_be_named_is_not_approved() {
    let world = World::new().await;
    world
        .report(report(json!({"arrival_delay_minutes": null})))
        .await;
    let claim = world.claim().await["id"].clone();
    let outcome = decide(&world, &claim, json!({})).await;
    assert_eq!(
        outcome["fields"][0]["path"],
        json!(["input", "establishedFacts"])
    );

    let outcome = decide(
        &world,
        &claim,
        json!({"establishedFacts": {"arrivalDelayMinutes": 240}}),
    )
    .await;
    assert_eq!(
        outcome["claim"]["amount"]["formatted"], "EUR 250.00",
        "{outcome}"
    );
}

#[tokio::test]
async fn a_fact_settles_every_claim_of_the_disruption() {
    let world = World::new().await;
    let cancelled =
        json!({"kind": "CANCELLATION", "arrival_delay_minutes": null, "notice_minutes": 600});
    world.report(paris_to_new_york(cancelled)).await;
    let claims = world.claims().await;
    let refund = claims
        .iter()
        .find(|claim| claim["kind"] == "REFUND")
        .unwrap();
    decide(
        &world,
        &refund["id"],
        json!({"establishedFacts": {"hasAcceptedAlternative": false}}),
    )
    .await;

    let statuses: Vec<_> = world
        .claims()
        .await
        .iter()
        .map(|claim| (claim["kind"].clone(), claim["status"].clone()))
        .collect();
    assert!(statuses.contains(&(json!("REFUND"), json!("APPROVED"))));
    assert!(statuses.contains(&(json!("FEE_REFUND"), json!("APPROVED"))));
    assert!(statuses.contains(&(json!("COMPENSATION"), json!("NEEDS_REVIEW"))));
}

#[tokio::test]
async fn what_has_changed_or_is_decided_is_not_decided_over() {
    let (world, claim) = open_question().await;
    let stale = decide(&world, &claim, json!({"expectedVersion": 4})).await;
    assert_eq!(
        (&stale["outcome"], &stale["current"]),
        (&json!("StaleVersion"), &json!(1))
    );

    decide(&world, &claim, json!({})).await;
    let again = decide(&world, &claim, json!({"expectedVersion": 2})).await;
    assert_eq!(again["outcome"], "TransitionNotAllowed");
    assert_eq!(
        (&again["from"], &again["allowed"]),
        (&json!("APPROVED"), &json!([]))
    );
}

#[tokio::test]
async fn the_same_key_decides_once() {
    let (world, claim) = open_question().await;
    let key = json!({"idempotencyKey": id(0x99)});
    let first = decide(&world, &claim, key.clone()).await;
    assert_eq!(decide(&world, &claim, key).await, first);
    assert_eq!(world.count("claim_event").await, 2);
    let other = decide(
        &world,
        &claim,
        json!({"idempotencyKey": id(0x99), "reason": "Another."}),
    )
    .await;
    assert_eq!(other["outcome"], "Conflict");
}

#[tokio::test]
async fn nobody_decides_about_their_own_money() {
    let (world, claim) = open_question().await;
    let document =
        json!({"input": {"claimId": claim, "expectedVersion": 1, "decision": "APPROVE"}});
    let answer = world.ask(customer(AMAL), DECIDE, document).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");

    // Even when somebody gave them the scope.
    let scopes = ["claim:read", "claim:decide"].map(str::to_owned);
    let mighty = Actor::new("customer", customer(AMAL).kind(), "customer", scopes);
    assert_eq!(
        decide_as(&world, mighty, &claim, json!({})).await["outcome"],
        "NotFound"
    );

    for unknown in [json!(id(0x77)), json!("nonsense")] {
        assert_eq!(
            decide(&world, &unknown, json!({})).await["outcome"],
            "NotFound"
        );
    }
}
