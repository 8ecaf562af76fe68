use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCase, NewCustomer, case::hire},
    on_both, walk,
};

on_both!(
    cases_are_filtered_by_everything_that_sorts_work,
    async |app: App| {
        let (one, two) = (
            NewCustomer::named("Haddad").create(&app).await,
            NewCustomer::named("Khoury").create(&app).await,
        );
        let agent = hire(&app, &["Refunds"]).await;
        let refund = NewCase::of("REFUND", &one)
            .with("orderId", app.key())
            .open(&app)
            .await;
        app.later(TimeDelta::hours(1));
        let noon = app.now().to_rfc3339();
        NewCase::of("COMPLAINT", &two)
            .with("impact", "SAFETY")
            .with("urgency", "IN_JOURNEY")
            .open(&app)
            .await;
        NewCase::of("COMPLIMENT", &two)
            .open(&app)
            .await
            .bring(&app, &["WITHDRAWN"])
            .await;
        app.agent()
            .must(
                "assignCase",
                "CaseAssigned",
                json!({ "caseId": refund.id, "expectedVersion": 1, "agentId": agent }),
                "case { id }",
            )
            .await;
        for (filter, count) in [
            (json!({}), 3),
            (json!({ "isOpen": true }), 2),
            (json!({ "status": { "eq": "WITHDRAWN" } }), 1),
            (json!({ "status": { "in": ["NEW", "ASSIGNED"] } }), 2),
            (json!({ "queue": { "eq": "Refunds" } }), 1),
            (
                json!({ "queue": { "in": ["Refunds", "CustomerAffairs"] } }),
                2,
            ),
            (json!({ "type": { "eq": "COMPLIMENT" } }), 1),
            (json!({ "priority": { "eq": "P1" } }), 1),
            (json!({ "priority": { "in": [] } }), 0),
            (json!({ "assignee": { "eq": agent } }), 1),
            (json!({ "assignee": { "isNull": true } }), 2),
            (json!({ "customerId": two.id }), 2),
            (json!({ "customerId": two.id, "isOpen": false }), 1),
            (json!({ "openedBetween": { "from": noon } }), 2),
            (json!({ "openedBetween": { "to": noon } }), 1),
        ] {
            let query = "query($filter: CaseFilter) { cases(filter: $filter, sort: OPENED_AT, first: 50) { nodes { id } } }";
            let answer = app
                .agent()
                .ask_with(query, json!({ "filter": filter }))
                .await;
            assert_eq!(answer.list("/cases/nodes").len(), count, "{filter}");
        }
    }
);

on_both!(work_comes_by_priority_then_by_target, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let complaint = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let refund = NewCase::of("REFUND", &customer).open(&app).await;
    let urgent = NewCase::of("SPECIAL_ASSISTANCE", &customer)
        .open(&app)
        .await;
    let later = NewCase::of("REFUND", &customer).open(&app).await;
    NewCase::of("REFUND", &customer)
        .open(&app)
        .await
        .bring(&app, &["WITHDRAWN"])
        .await;
    let answer = app
        .agent()
        .ask("{ cases(first: 50) { nodes { reference } } }")
        .await;
    let expected = [&urgent, &complaint, &refund, &later].map(|case| case.reference.clone());
    assert_eq!(
        answer.texts("/cases/nodes", "reference"),
        expected,
        "open cases alone"
    );
    let newest = app
        .agent()
        .ask("{ cases(sort: OPENED_AT, first: 2) { nodes { status } } }")
        .await;
    assert_eq!(newest.texts("/cases/nodes", "status"), ["WITHDRAWN", "NEW"]);
});

on_both!(pages_have_no_gap_and_no_repetition, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    for _ in 0..10 {
        NewCase::of("REFUND", &customer).open(&app).await;
    }
    for list in [
        "cases(PAGE)".to_owned(),
        "cases(sort: OPENED_AT, PAGE)".to_owned(),
        "queue(code: \"Refunds\") { cases(PAGE)".to_owned(),
        format!("customer(id: \"{}\") {{ cases(PAGE)", customer.id),
    ] {
        let (forward, backward) = (
            walk::forward(&app.agent(), &list, 3).await,
            walk::backward(&app.agent(), &list, 3).await,
        );
        assert_eq!((forward.len(), &forward), (10, &backward), "{list}");
    }
});

on_both!(a_case_is_found_by_what_people_call_it, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let case = NewCase::of("REFUND", &customer).open(&app).await;
    let query = "query($reference: String!) { caseByReference(reference: $reference) { id } }";
    let found = app
        .agent()
        .ask_with(query, json!({ "reference": case.reference }))
        .await;
    assert_eq!(found.text("/caseByReference/id"), case.id);
    for unknown in ["CAS-999999", "nonsense", ""] {
        let answer = app
            .agent()
            .ask_with(query, json!({ "reference": unknown }))
            .await;
        assert_eq!(
            answer.body["data"]["caseByReference"],
            Value::Null,
            "{unknown}"
        );
    }
});
