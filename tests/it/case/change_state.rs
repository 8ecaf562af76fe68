use chrono::TimeDelta;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App,
    build::{Case, Customer, NewCase, NewCustomer},
    on_both,
};

async fn ready(app: &App) -> (Customer, Case) {
    let customer = NewCustomer::named("Haddad").create(app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(app).await;
    (customer, case)
}

on_both!(
    a_case_goes_its_way_to_an_answer_and_an_end,
    async |app: App| {
        let (_, case) = ready(&app).await;
        case.bring(
            &app,
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
        let read = case.read(&app, "status isOpen version resolutionCode resolutionSummary resolvedAt closedAt history(first: 100) { nodes { kind oldValue newValue } }").await;
        assert_eq!(
            (&read["status"], &read["isOpen"], &read["version"]),
            (&json!("CLOSED"), &json!(false), &json!(8))
        );
        assert_eq!(read["resolutionCode"], "INFO_PROVIDED");
        assert!(read["resolvedAt"].as_str().unwrap() < read["closedAt"].as_str().unwrap());
        assert_eq!(
            read["history"]["nodes"][7],
            json!({ "kind": "STATE_CHANGED", "oldValue": "RESOLVED", "newValue": "CLOSED" })
        );
    }
);

on_both!(there_is_no_short_cut, async |app: App| {
    let (_, case) = ready(&app).await;
    let before = app.picture().await;
    for to in [
        "ASSIGNED",
        "IN_PROGRESS",
        "RESOLVED",
        "CLOSED",
        "REOPENED",
        "NEW",
    ] {
        let refused = app
            .agent()
            .run("changeCaseState", case.change(&app, to).await, "")
            .await;
        assert_eq!(
            (&refused["code"], &refused["from"], &refused["to"]),
            (&json!("TRANSITION_NOT_ALLOWED"), &json!("NEW"), &json!(to))
        );
        assert_eq!(
            refused["allowed"],
            case.read(&app, "nextStatuses").await["nextStatuses"]
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(an_answer_says_how_and_on_what_ground, async |app: App| {
    let (_, case) = ready(&app).await;
    case.bring(&app, &["TRIAGED", "ASSIGNED", "IN_PROGRESS"])
        .await;
    let before = app.picture().await;
    let answer = |code: Value, summary: Value| json!({ "caseId": case.id, "expectedVersion": 4, "to": "RESOLVED", "resolutionCode": code, "resolutionSummary": summary });
    for (code, summary, missing) in [
        (Value::Null, json!("No."), "resolutionCode"),
        (json!("GOODWILL"), Value::Null, "resolutionSummary"),
        (
            json!("REJECTED_NOT_ENTITLED"),
            json!("No."),
            "resolutionBasis",
        ),
        (
            json!("REJECTED_EXTRAORDINARY"),
            json!("No."),
            "resolutionEvidence",
        ),
    ] {
        let refused = app
            .agent()
            .run("changeCaseState", answer(code, summary), "")
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", missing]),
            "{refused}"
        );
    }
    let mut elsewhere = case.change(&app, "PENDING_CUSTOMER").await;
    elsewhere["resolutionSummary"] = "Early.".into();
    assert_eq!(
        app.agent().run("changeCaseState", elsewhere, "").await["code"],
        "INVALID_INPUT"
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(nobody_approves_their_own_request, async |app: App| {
    let (_, case) = ready(&app).await;
    case.bring(&app, &["TRIAGED", "ASSIGNED", "IN_PROGRESS"])
        .await;
    app.agent()
        .must(
            "changeCaseState",
            "CaseStateChanged",
            case.change(&app, "PENDING_APPROVAL").await,
            "case { status }",
        )
        .await;
    let approve = case.change(&app, "IN_PROGRESS").await;
    let refused = app
        .agent()
        .run("changeCaseState", approve.clone(), "")
        .await;
    assert_eq!(refused["code"], "APPROVAL_REQUIRED", "{refused}");
    app.actor(Role::CustomerAffairs)
        .must(
            "changeCaseState",
            "CaseStateChanged",
            approve,
            "case { status }",
        )
        .await;
});

on_both!(
    a_customer_withdraws_and_reopens_and_nothing_else,
    async |app: App| {
        let (customer, case) = ready(&app).await;
        let own = app.customer(&customer.id);
        let refused = own
            .run("changeCaseState", case.change(&app, "TRIAGED").await, "")
            .await;
        assert_eq!(
            (&refused["code"], &refused["allowed"]),
            (&json!("TRANSITION_NOT_ALLOWED"), &json!(["WITHDRAWN"]))
        );
        case.bring(&app, &["TRIAGED", "ASSIGNED", "IN_PROGRESS", "RESOLVED"])
            .await;
        app.later(TimeDelta::days(13));
        let reopened = app
            .customer(&customer.id)
            .must(
                "changeCaseState",
                "CaseStateChanged",
                case.change(&app, "REOPENED").await,
                "case { status }",
            )
            .await;
        assert_eq!(reopened["case"]["status"], "REOPENED");
        app.customer(&customer.id)
            .must(
                "changeCaseState",
                "CaseStateChanged",
                case.change(&app, "WITHDRAWN").await,
                "case { status }",
            )
            .await;
    }
);

on_both!(one_case_goes_on_in_place_of_another, async |app: App| {
    let (customer, case) = ready(&app).await;
    let into = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let merge = |from: &Case, into: &str| json!({ "caseId": from.id, "expectedVersion": 1, "to": "MERGED", "mergeIntoId": into });
    let other = NewCase::of(
        "COMPLAINT",
        &NewCustomer::named("Khoury").create(&app).await,
    )
    .open(&app)
    .await;
    for wrong in [&case.id, &other.id, &app.key()] {
        assert_eq!(
            app.agent()
                .run("changeCaseState", merge(&case, wrong), "")
                .await["fields"][0]["path"],
            json!(["input", "mergeIntoId"])
        );
    }
    let merged = app
        .agent()
        .must(
            "changeCaseState",
            "CaseStateChanged",
            merge(&case, &into.id),
            "case { status mergedInto { reference } }",
        )
        .await;
    assert_eq!(
        merged["case"],
        json!({ "status": "MERGED", "mergedInto": { "reference": into.reference } })
    );
});

on_both!(a_stale_version_says_the_present_one, async |app: App| {
    let (_, case) = ready(&app).await;
    let change = case.change(&app, "TRIAGED").await;
    app.agent()
        .must(
            "changeCaseState",
            "CaseStateChanged",
            change.clone(),
            "case { id }",
        )
        .await;
    let before = app.picture().await;
    assert_eq!(
        app.agent().run("changeCaseState", change, "").await["current"],
        2
    );
    before.assert_same(&app.picture().await, "a refusal");
});
