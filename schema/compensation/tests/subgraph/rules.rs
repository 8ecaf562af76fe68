//! Rules are kept version by version, and a decision can be made again from what is kept.

use entities::id::AssessmentId;
use schema_compensation::rule_pack::{ReplayError, replay, take_up};
use schema_kernel::{Actor, ActorKind};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kit::{World, agent, report};

async fn decided(world: &World) -> AssessmentId {
    world.report(report(json!({}))).await;
    let document = "{ claims(first: 1) { nodes { trace { id } } } }";
    let data = world.data(agent(), document, json!({})).await;
    let id = data["claims"]["nodes"][0]["trace"]["id"].as_str().unwrap();
    AssessmentId(id.parse().unwrap())
}

async fn run(world: &World, sql: &str) {
    let writer = world.database.writer();
    assert!(
        writer
            .execute_unprepared(sql)
            .await
            .unwrap()
            .rows_affected()
            > 0
    );
}

#[tokio::test]
async fn the_first_decision_stores_the_packs_and_the_next_does_not() {
    let world = World::new().await;
    assert_eq!(world.count("rule_pack_version").await, 0);
    decided(&world).await;
    assert_eq!(world.count("rule_pack_version").await, 9);
    world
        .report(report(json!({"arrival_delay_minutes": 250})))
        .await;
    assert_eq!(world.count("rule_pack_version").await, 9);
}

#[tokio::test]
async fn a_decision_is_made_again_to_the_byte() {
    let world = World::new().await;
    let id = decided(&world).await;
    let again = replay(&world.database, id).await.unwrap();
    assert!(again.is_same, "{again:#?}");
    assert_eq!(again.rule, "EU261-DELAY version 1");
    assert_eq!(again.versions["JURISDICTIONS"], 1);
    assert!(!again.versions.contains_key("EU261_2026"));
}

#[tokio::test]
async fn a_changed_rule_or_input_is_found_out() {
    let world = World::new().await;
    let id = decided(&world).await;
    run(
        &world,
        "UPDATE compensation_rule_pack_version SET text = REPLACE(text, '25000', '26000') WHERE pack_id = 'EU261'",
    )
    .await;
    let again = replay(&world.database, id).await.unwrap();
    assert!(!again.is_same);
    assert!(again.recomputed.unwrap().contains("26000"));
}

#[tokio::test]
async fn a_change_of_the_rules_is_seen_by_the_next_decision() {
    let world = World::new().await;
    decided(&world).await;
    for sql in [
        "UPDATE compensation_rule_pack_version SET text = REPLACE(text, '25000', '26000') WHERE pack_id = 'EU261'",
        "UPDATE compensation_rule_revision SET revision = revision + 1",
    ] {
        run(&world, sql).await;
    }
    world
        .report(report(json!({"arrival_delay_minutes": 250})))
        .await;
    assert_eq!(world.claim().await["amount"]["formatted"], "EUR 260.00");
}

#[tokio::test]
async fn what_is_not_there_or_was_not_kept_is_said() {
    let world = World::new().await;
    let id = decided(&world).await;
    run(&world, "UPDATE compensation_assessment SET result = NULL").await;
    let kept = replay(&world.database, id).await;
    assert!(matches!(kept, Err(ReplayError::NotKept(_))));
    let none = replay(&world.database, AssessmentId(Uuid::nil())).await;
    assert!(matches!(none, Err(ReplayError::NotFound(_))));
}

fn manager(id: &str) -> Actor {
    let scopes = ["claim:read", "rule:read", "rule:write", "rule:approve"].map(str::to_owned);
    Actor::new(id, ActorKind::Staff, "cmp-manager", scopes)
}

/// The text of a stored pack as its second version, with 250 euro raised to 260.
async fn raised(world: &World) -> String {
    let document = "{ rulePack(id: \"EU261\") { versions { version text } } }";
    let data = world.data(manager("manager-1"), document, json!({})).await;
    let text = data["rulePack"]["versions"][0]["text"].as_str().unwrap();
    let text = text.replacen("\nversion = 1", "\nversion = 2", 1);
    text.replace("25000", "26000")
}

async fn draft(world: &World, text: &str) -> Value {
    let document = "mutation($input: DraftRulePackInput!) { draftRulePack(input: $input) { __typename
        ... on RulePackDrafted { version { id status version author rowVersion } }
        ... on RulePackRefused { problems { rule line column message } } ... on Conflict { message } } }";
    let input = json!({"input": {"text": text, "note": "Raised"}});
    world.data(manager("manager-1"), document, input).await["draftRulePack"].take()
}

async fn step(world: &World, actor: &str, verb: &str, extra: Value) -> Value {
    let (kind, done) = match verb {
        "activateRulePack" => ("ActivateRulePackInput", "RulePackActivated"),
        "rollBackRulePack" => ("AdvanceRulePackInput", "RulePackActivated"),
        _ => ("AdvanceRulePackInput", "RulePackAdvanced"),
    };
    let refused = match done {
        "RulePackActivated" => "... on RulePackRefused { problems { rule line message } }",
        _ => "",
    };
    let document = format!(
        "mutation($input: {kind}!) {{ {verb}(input: $input) {{ __typename ... on {done} {{ version {{ status approver activeFrom rowVersion }} }} {refused} }} }}"
    );
    world
        .data(manager(actor), &document, json!({"input": extra}))
        .await[verb]
        .take()
}

/// A version that another person approved.
async fn approved(world: &World) -> Value {
    let drafted = draft(world, &raised(world).await).await;
    let id = drafted["version"]["id"].clone();
    step(
        world,
        "manager-1",
        "submitRulePack",
        json!({"id": id, "expectedVersion": 1}),
    )
    .await;
    step(
        world,
        "manager-2",
        "approveRulePack",
        json!({"id": id, "expectedVersion": 2}),
    )
    .await;
    id
}

#[tokio::test]
async fn nobody_approves_their_own_version() {
    let world = World::new().await;
    decided(&world).await;
    let id = draft(&world, &raised(&world).await).await["version"]["id"].clone();
    step(
        &world,
        "manager-1",
        "submitRulePack",
        json!({"id": id, "expectedVersion": 1}),
    )
    .await;
    let own = step(
        &world,
        "manager-1",
        "approveRulePack",
        json!({"id": id, "expectedVersion": 2}),
    )
    .await;
    assert_eq!(own["__typename"], "Conflict");
    let other = step(
        &world,
        "manager-2",
        "approveRulePack",
        json!({"id": id, "expectedVersion": 2}),
    )
    .await;
    assert_eq!(other["version"]["approver"], "manager-2");
}

#[tokio::test]
async fn an_activated_version_decides_from_its_day_until_it_is_rolled_back() {
    let world = World::new().await;
    decided(&world).await;
    let id = approved(&world).await;
    let input = json!({"id": id, "activeFrom": "2026-03-02", "expectedVersion": 3});
    let active = step(&world, "manager-2", "activateRulePack", input).await;
    assert_eq!(active["version"]["activeFrom"], "2026-03-02", "{active:#}");
    world
        .report(report(json!({"arrival_delay_minutes": 250})))
        .await;
    assert_eq!(world.claim().await["amount"]["formatted"], "EUR 260.00");

    let back = step(
        &world,
        "manager-2",
        "rollBackRulePack",
        json!({"id": id, "expectedVersion": 4}),
    )
    .await;
    assert_eq!(back["version"]["status"], "RETIRED", "{back:#}");
    world
        .report(report(json!({"arrival_delay_minutes": 260})))
        .await;
    assert_eq!(world.claim().await["amount"]["formatted"], "EUR 250.00");
}

#[tokio::test]
async fn a_version_that_starts_later_leaves_earlier_incidents_alone() {
    let world = World::new().await;
    let first = decided(&world).await;
    let id = approved(&world).await;
    let input = json!({"id": id, "activeFrom": "2026-03-03", "expectedVersion": 3});
    step(&world, "manager-2", "activateRulePack", input).await;
    world
        .report(report(json!({"arrival_delay_minutes": 250})))
        .await;
    assert_eq!(world.claim().await["amount"]["formatted"], "EUR 250.00");
    assert!(replay(&world.database, first).await.unwrap().is_same);
}

#[tokio::test]
async fn a_simulation_says_what_would_change_and_writes_nothing() {
    let world = World::new().await;
    decided(&world).await;
    let id = draft(&world, &raised(&world).await).await["version"]["id"].clone();
    let document = "mutation($input: SimulateRulePackInput!) { simulateRulePack(input: $input) { ... on RulePackSimulated {
        disruptions current { ruleId count amount { formatted } } simulated { ruleId amount { formatted } } } } }";
    let input = json!({"input": {"id": id}});
    let data = world.data(manager("manager-2"), document, input).await;
    let simulated = &data["simulateRulePack"];
    assert_eq!(
        simulated["current"],
        json!([{"ruleId": "EU261-DELAY", "count": 1, "amount": {"formatted": "EUR 250.00"}}])
    );
    assert_eq!(
        simulated["simulated"][0]["amount"]["formatted"],
        "EUR 260.00"
    );
}

#[tokio::test]
async fn a_text_that_is_no_pack_is_refused_with_line_and_column() {
    let world = World::new().await;
    decided(&world).await;
    let text =
        raised(&world)
            .await
            .replacen("journey.metres <= 1500000", "journey.meters <= 1500000", 1);
    let refused = draft(&world, &text).await;
    let problem = &refused["problems"][0];
    assert!(
        problem["line"].as_u64().unwrap() > 20 && problem["column"].as_u64().unwrap() > 1,
        "{refused:#}"
    );
    assert!(
        problem["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `journey.metres`")
    );
    let again = draft(
        &world,
        &raised(&world).await.replace("version = 2", "version = 9"),
    )
    .await;
    assert_eq!(again["__typename"], "Conflict", "{again:#}");
}

async fn taken_up(world: &World) -> Vec<(String, i32, bool)> {
    let taken = take_up(&world.database, &world.session(agent()))
        .await
        .unwrap();
    taken
        .into_iter()
        .map(|taken| (taken.pack, taken.version, taken.is_active))
        .collect()
}

/// The database as an older program left it: its EU261 said something else.
const OLDER: &str = "UPDATE compensation_rule_pack_version SET text = REPLACE(text, '25000', '24000') WHERE pack_id = 'EU261'";

#[tokio::test]
async fn a_newer_pack_that_nobody_changed_here_answers_from_the_start_on() {
    let world = World::new().await;
    assert_eq!(taken_up(&world).await, [], "nothing is stored yet");
    let before = decided(&world).await;
    assert_eq!(taken_up(&world).await, [], "what is stored is what came");

    run(&world, OLDER).await;
    assert_eq!(taken_up(&world).await, [("EU261".to_owned(), 2, true)]);
    assert_eq!(taken_up(&world).await, [], "once");
    world
        .report(report(json!({"arrival_delay_minutes": 250})))
        .await;
    let data = world
        .data(
            agent(),
            "{ claims(first: 1) { nodes { trace { id } } } }",
            json!({}),
        )
        .await;
    let id = data["claims"]["nodes"][0]["trace"]["id"].as_str().unwrap();
    let again = replay(&world.database, AssessmentId(id.parse().unwrap()))
        .await
        .unwrap();
    assert!(again.is_same, "{again:#?}");
    assert_eq!(again.versions["EU261"], 2);
    let older = replay(&world.database, before).await.unwrap();
    assert_eq!(
        older.versions["EU261"], 1,
        "what it decided is kept with it"
    );
}

#[tokio::test]
async fn a_newer_pack_that_somebody_changed_here_waits_to_be_activated() {
    let world = World::new().await;
    decided(&world).await;
    run(&world, OLDER).await;
    run(
        &world,
        "UPDATE compensation_rule_pack_version SET author = 'manager' WHERE pack_id = 'EU261'",
    )
    .await;
    assert_eq!(taken_up(&world).await, [("EU261".to_owned(), 2, false)]);
    assert_eq!(taken_up(&world).await, [], "once");
    let manager = Actor::new(
        "manager",
        ActorKind::Staff,
        "cmp-manager",
        ["rule:read", "rule:activate"].map(str::to_owned),
    );
    let versions = "{ rulePacks { id versions { version status note } } }";
    let data = world.data(manager, versions, json!({})).await;
    let packs = data["rulePacks"].as_array().unwrap();
    let eu = packs.iter().find(|pack| pack["id"] == "EU261").unwrap();
    let states: Vec<(&Value, &Value)> = eu["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| (&version["version"], &version["status"]))
        .collect();
    assert_eq!(
        states,
        [
            (&json!(2), &json!("APPROVED")),
            (&json!(1), &json!("ACTIVE"))
        ]
    );
}
