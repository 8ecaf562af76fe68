use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCase, NewCustomer, case::hire},
    on_both,
};

on_both!(
    a_case_is_given_to_somebody_of_its_queue_and_taken_back,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
        let agent = hire(&app, &["CustomerAffairs"]).await;
        let give = |agent: Value, version: i32| json!({ "caseId": case.id, "expectedVersion": version, "agentId": agent, "reason": "Speaks Arabic." });
        let given = app
            .agent()
            .must(
                "assignCase",
                "CaseAssigned",
                give(json!(agent), 1),
                "case { status version assignee { id name queues { code } } }",
            )
            .await;
        assert_eq!(
            (&given["case"]["status"], &given["case"]["assignee"]["name"]),
            (&json!("ASSIGNED"), &json!("Noor Haddad"))
        );
        assert_eq!(
            given["case"]["assignee"]["queues"],
            json!([{ "code": "CustomerAffairs" }])
        );
        let taken = app
            .agent()
            .must(
                "assignCase",
                "CaseAssigned",
                give(Value::Null, 2),
                "case { status assignee { id } }",
            )
            .await;
        assert_eq!(
            taken["case"],
            json!({ "status": "ASSIGNED", "assignee": null })
        );
    }
);

on_both!(
    whoever_does_not_work_the_queue_does_not_get_it,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
        let elsewhere = hire(&app, &["Baggage"]).await;
        let before = app.picture().await;
        let give = |agent: Value, version: i32| json!({ "caseId": case.id, "expectedVersion": version, "agentId": agent });
        let refused = app
            .agent()
            .run("assignCase", give(json!(elsewhere), 1), "")
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "agentId"]),
            "{refused}"
        );
        assert_eq!(
            app.agent()
                .run("assignCase", give(json!(app.key()), 1), "")
                .await["code"],
            "NOT_FOUND"
        );
        assert_eq!(
            app.agent()
                .run("assignCase", give(json!("nobody"), 1), "")
                .await["code"],
            "INVALID_INPUT"
        );
        assert_eq!(
            app.agent()
                .run("assignCase", give(Value::Null, 5), "")
                .await["current"],
            1
        );
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(what_has_ended_is_given_to_nobody, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let agent = hire(&app, &["CustomerAffairs"]).await;
    case.bring(&app, &["WITHDRAWN"]).await;
    let refused = app
        .agent()
        .run(
            "assignCase",
            json!({ "caseId": case.id, "expectedVersion": 2, "agentId": agent }),
            "",
        )
        .await;
    assert_eq!(
        (&refused["code"], &refused["from"]),
        (&json!("TRANSITION_NOT_ALLOWED"), &json!("WITHDRAWN")),
        "{refused}"
    );
});
