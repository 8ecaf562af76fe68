use serde_json::json;
use tests::{
    App,
    build::{NewCase, NewCustomer},
    on_both,
};

on_both!(
    impact_and_urgency_decide_and_modifiers_move,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
        let mut targets = Vec::new();
        for (version, (change, priority)) in (1..).zip([
            (json!({ "impact": "SAFETY", "urgency": "IN_JOURNEY" }), "P1"),
            (json!({ "impact": "MINOR", "urgency": "UNHURRIED" }), "P4"),
            (json!({ "modifiers": { "isTopTier": true } }), "P3"),
        ]) {
            let mut input =
                json!({ "caseId": case.id, "expectedVersion": version, "reason": "Read again." });
            input
                .as_object_mut()
                .unwrap()
                .extend(change.as_object().unwrap().clone());
            let changed = app
                .agent()
                .must(
                    "changeCasePriority",
                    "CasePriorityChanged",
                    input,
                    "case { priority targetAt }",
                )
                .await;
            assert_eq!(changed["case"]["priority"], priority, "{change}");
            targets.push(changed["case"]["targetAt"].as_str().unwrap().to_owned());
        }
        assert!(
            targets[0] < targets[2] && targets[2] < targets[1],
            "the target follows the priority: {targets:?}"
        );
    }
);

on_both!(a_change_is_made_to_the_present_version, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let before = app.picture().await;
    let input =
        |version: i32| json!({ "caseId": case.id, "expectedVersion": version, "impact": "SAFETY" });
    assert_eq!(
        app.agent().run("changeCasePriority", input(9), "").await["current"],
        1
    );
    let mut nowhere = input(1);
    nowhere["caseId"] = app.key().into();
    assert_eq!(
        app.agent().run("changeCasePriority", nowhere, "").await["code"],
        "NOT_FOUND"
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(what_has_ended_weighs_nothing, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    case.bring(&app, &["REJECTED_SPAM"]).await;
    let refused = app
        .agent()
        .run(
            "changeCasePriority",
            json!({ "caseId": case.id, "expectedVersion": 2, "impact": "SAFETY" }),
            "",
        )
        .await;
    assert_eq!(refused["code"], "TRANSITION_NOT_ALLOWED", "{refused}");
});
