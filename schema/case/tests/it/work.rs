//! Assigning, the lifecycle, priorities, claims.

use chrono::Duration;
use entities::id::AgentId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kit::{World, customer, staff, supervisor};

const TO_WORK: [&str; 3] = ["TRIAGED", "ASSIGNED", "IN_PROGRESS"];

async fn assign(world: &World, case: &Value, agent: Option<AgentId>) -> Value {
    let agent = agent.map(|agent| agent.to_string());
    let input =
        json!({ "caseId": case["id"], "expectedVersion": case["version"], "agentId": agent });
    world.act(&staff("clerk"), "assignCase", input).await
}

#[tokio::test]
async fn a_case_is_given_to_an_agent_of_its_queue() {
    let world = World::new().await;
    let fit = world.agent(1, &["CustomerAffairs"], true).await;
    let idle = world.agent(2, &["CustomerAffairs"], false).await;
    let elsewhere = world.agent(3, &["Baggage"], true).await;
    let case = world.opened(1, json!({})).await;

    for wrong in [idle, elsewhere] {
        assert_eq!(
            assign(&world, &case, Some(wrong)).await["__typename"],
            "InvalidInput"
        );
    }
    let nobody = AgentId(Uuid::from_u128(99));
    assert_eq!(
        assign(&world, &case, Some(nobody)).await["__typename"],
        "NotFound"
    );

    let given = assign(&world, &case, Some(fit)).await["case"].take();
    assert_eq!(
        (&given["status"], &given["version"]),
        (&json!("ASSIGNED"), &json!(2))
    );
    assert_eq!(
        assign(&world, &case, None).await["current"],
        2,
        "the version is stale"
    );
    let taken = assign(&world, &given, None).await["case"].take();
    assert_eq!(taken["status"], "ASSIGNED");
    let same = assign(&world, &taken, None).await;
    assert_eq!(
        same["case"]["version"], taken["version"],
        "nothing changes twice"
    );

    let history = world.history(&case).await;
    assert_eq!(
        history[1..3],
        [
            "STATE_CHANGED NEW TRIAGED",
            "STATE_CHANGED TRIAGED ASSIGNED"
        ]
    );
    assert_eq!(history[3], format!("ASSIGNED - {fit}"));
    assert_eq!(history[4], format!("ASSIGNED {fit} -"));
}

#[tokio::test]
async fn an_assignment_says_whom() {
    let world = World::new().await;
    let case = world.opened(1, json!({})).await;
    let input = json!({ "caseId": case["id"], "expectedVersion": case["version"] });
    let outcome = world
        .act(&staff("clerk"), "assignCase", input.clone())
        .await;
    assert_eq!(outcome["fields"][0]["path"][1], "agentId");
    let document =
        "mutation($input: AssignCaseInput!) { assignCase(input: $input) { __typename } }";
    let denied = world
        .ask(&customer(1), document, json!({ "input": input }))
        .await;
    assert_eq!(denied["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn a_case_goes_its_way_with_a_history_and_events() {
    let world = World::new().await;
    let case = world
        .brought(
            1,
            &[
                "TRIAGED",
                "ASSIGNED",
                "IN_PROGRESS",
                "PENDING_THIRD_PARTY",
                "IN_PROGRESS",
                "RESOLVED",
                "CLOSED",
            ],
        )
        .await;
    assert_eq!(
        (&case["status"], &case["isOpen"], &case["version"]),
        (&json!("CLOSED"), &json!(false), &json!(8))
    );
    assert_eq!(case["resolutionCode"], "INFO_PROVIDED");
    let history = world.history(&case).await;
    assert_eq!(history.first().unwrap(), "OPENED - NEW");
    assert_eq!(history.last().unwrap(), "STATE_CHANGED RESOLVED CLOSED");
    assert_eq!(history.len(), 8);
}

#[tokio::test]
async fn there_is_no_short_cut() {
    let world = World::new().await;
    let case = world.opened(1, json!({})).await;
    let outcome = world.go(&staff("clerk"), &case, "CLOSED").await;
    assert_eq!(outcome["__typename"], "TransitionNotAllowed");
    assert_eq!(
        outcome["allowed"],
        json!(["TRIAGED", "MERGED", "WITHDRAWN", "REJECTED_SPAM"])
    );
    let stale = json!({ "caseId": case["id"], "expectedVersion": 7, "to": "TRIAGED" });
    assert_eq!(
        world.act(&staff("clerk"), "changeCaseState", stale).await["current"],
        1
    );
    assert_eq!(world.history(&case).await.len(), 1, "nothing was written");
}

#[tokio::test]
async fn an_answer_has_to_say_something() {
    let world = World::new().await;
    let case = world.brought(1, &TO_WORK).await;
    let answer = |fields: Value| {
        let mut input =
            json!({ "caseId": case["id"], "expectedVersion": case["version"], "to": "RESOLVED" });
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        input
    };
    let clerk = staff("clerk");
    for (fields, missing) in [
        (json!({}), json!(["resolutionCode", "resolutionSummary"])),
        (
            json!({ "resolutionCode": "REJECTED_NOT_ENTITLED", "resolutionSummary": "No." }),
            json!(["resolutionBasis"]),
        ),
        (
            json!({ "resolutionCode": "REJECTED_EXTRAORDINARY", "resolutionSummary": "No." }),
            json!(["resolutionEvidence"]),
        ),
    ] {
        let outcome = world.act(&clerk, "changeCaseState", answer(fields)).await;
        let named: Vec<Value> = outcome["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"][1].clone())
            .collect();
        assert_eq!(json!(named), missing);
    }
    let whole = json!({ "resolutionCode": "REJECTED_EXTRAORDINARY", "resolutionSummary": "Storm.", "resolutionEvidence": ["METAR-1"] });
    assert_eq!(
        world.act(&clerk, "changeCaseState", answer(whole)).await["case"]["status"],
        "RESOLVED"
    );
}

#[tokio::test]
async fn approval_is_given_by_another() {
    let world = World::new().await;
    let case = world
        .brought(
            1,
            &["TRIAGED", "ASSIGNED", "IN_PROGRESS", "PENDING_APPROVAL"],
        )
        .await;
    assert_eq!(
        world.go(&staff("clerk"), &case, "IN_PROGRESS").await["__typename"],
        "ApprovalRequired"
    );
    assert_eq!(
        world.go(&staff("colleague"), &case, "IN_PROGRESS").await["case"]["status"],
        "IN_PROGRESS"
    );
}

#[tokio::test]
async fn cases_are_reopened_in_time_and_by_whom_it_may() {
    let world = World::new().await;
    let mut way = TO_WORK.to_vec();
    way.push("RESOLVED");
    let (early, late) = (world.brought(1, &way).await, world.brought(1, &way).await);
    world.wait(Duration::days(14));
    assert_eq!(
        world.go(&customer(1), &early, "REOPENED").await["case"]["status"],
        "REOPENED"
    );
    world.wait(Duration::milliseconds(1));
    let outcome = world.go(&customer(1), &late, "REOPENED").await;
    assert_eq!(
        outcome["rule"],
        "domain 2.4: RESOLVED -> REOPENED within 14 days"
    );

    let closed = world.go(&staff("clerk"), &late, "CLOSED").await["case"].take();
    assert_eq!(
        world.go(&staff("clerk"), &closed, "REOPENED").await["__typename"],
        "TransitionNotAllowed"
    );
    world.wait(Duration::days(60));
    let reopened = world.go(&supervisor(), &closed, "REOPENED").await["case"].take();
    assert_eq!(
        reopened["targetAt"], "2027-02-09T00:00:00.001+00:00",
        "the clock starts again"
    );
}

#[tokio::test]
async fn a_customer_withdraws_and_nothing_else() {
    let world = World::new().await;
    let case = world.opened(1, json!({})).await;
    assert_eq!(
        world.go(&customer(1), &case, "TRIAGED").await["allowed"],
        json!(["WITHDRAWN"])
    );
    assert_eq!(
        world.go(&customer(2), &case, "WITHDRAWN").await["__typename"],
        "NotFound"
    );
    let case = world.go(&customer(1), &case, "WITHDRAWN").await["case"].take();
    assert_eq!(case["status"], "WITHDRAWN");
    assert_eq!(
        world.go(&supervisor(), &case, "REOPENED").await["allowed"],
        json!([])
    );
}

#[tokio::test]
async fn a_merge_takes_the_claims_along() {
    let world = World::new().await;
    let (from, into, foreign) = (
        world.opened(1, json!({})).await,
        world.opened(1, json!({})).await,
        world.opened(2, json!({})).await,
    );
    let claim = Uuid::from_u128(70);
    let link = |case: &Value| json!({ "caseId": case["id"], "claimId": claim });
    let clerk = staff("clerk");
    assert_eq!(
        world.act(&clerk, "linkClaim", link(&from)).await["__typename"],
        "ClaimLinked"
    );
    assert_eq!(
        world.act(&clerk, "linkClaim", link(&from)).await["__typename"],
        "ClaimLinked",
        "twice is once"
    );
    assert_eq!(
        world.act(&clerk, "linkClaim", link(&into)).await["__typename"],
        "Conflict"
    );

    let merge = |other: &Value| json!({ "caseId": from["id"], "expectedVersion": 1, "to": "MERGED", "mergeIntoId": other["id"] });
    for wrong in [&from, &foreign, &json!({ "id": null })] {
        assert_eq!(
            world.act(&clerk, "changeCaseState", merge(wrong)).await["__typename"],
            "InvalidInput"
        );
    }
    let merged = world.act(&clerk, "changeCaseState", merge(&into)).await;
    assert_eq!(merged["case"]["mergedInto"]["id"], into["id"]);
    assert_eq!(
        world.act(&clerk, "linkClaim", link(&into)).await["__typename"],
        "ClaimLinked"
    );
    let history = world.history(&into).await;
    assert_eq!(
        history.last().unwrap(),
        &format!("MERGED - {}", from["id"].as_str().unwrap())
    );
}

#[tokio::test]
async fn a_priority_follows_from_its_inputs() {
    let world = World::new().await;
    let clerk = staff("clerk");
    let case = world.opened(1, json!({})).await;
    let weigh = |case: &Value, fields: Value| {
        let mut input = json!({ "caseId": case["id"], "expectedVersion": case["version"] });
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        input
    };
    let urgent = world
        .act(
            &clerk,
            "changeCasePriority",
            weigh(&case, json!({ "urgency": "IN_JOURNEY" })),
        )
        .await["case"]
        .take();
    assert_eq!(
        (&urgent["priority"], &urgent["targetAt"]),
        (&json!("P2"), &json!("2026-11-21T00:00:00+00:00"))
    );
    let same = world
        .act(&clerk, "changeCasePriority", weigh(&urgent, json!({})))
        .await;
    assert_eq!(same["case"]["version"], 2);
    assert_eq!(world.history(&case).await[1], "PRIORITY_CHANGED P3 P2");

    let protected = world.opened(1, json!({ "type": "PRIVACY" })).await;
    let lowered = json!({ "impact": "MINOR", "urgency": "UNHURRIED" });
    let outcome = world
        .act(&clerk, "changeCasePriority", weigh(&protected, lowered))
        .await;
    assert_eq!(outcome["case"]["priority"], protected["priority"]);
}
