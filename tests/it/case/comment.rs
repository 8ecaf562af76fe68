use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{Case, Customer, NewCase, NewCustomer},
    on_both, walk,
};

async fn ready(app: &App) -> (Customer, Case) {
    let customer = NewCustomer::named("Haddad").create(app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(app).await;
    (customer, case)
}

fn comment(case: &Case, text: &str) -> Value {
    json!({ "caseId": case.id, "text": text })
}

on_both!(
    customers_do_not_see_what_staff_tell_each_other,
    async |app: App| {
        let (customer, case) = ready(&app).await;
        app.agent()
            .must(
                "commentOnCase",
                "CaseCommented",
                comment(&case, "We are looking into it."),
                "comment { id }",
            )
            .await;
        let mut internal = comment(&case, "Third complaint this year.");
        internal["visibility"] = "INTERNAL".into();
        app.agent()
            .must(
                "commentOnCase",
                "CaseCommented",
                internal.clone(),
                "comment { visibility }",
            )
            .await;
        app.deliver().await;

        let query = "query($id: ID!) { case(id: $id) { comments { nodes { text visibility authorKind } } history { nodes { kind newValue } } customer { timeline { nodes { title } } } } }";
        let staff = app.agent().ask_with(query, json!({ "id": case.id })).await;
        assert_eq!(staff.list("/case/comments/nodes").len(), 2);
        let own = app
            .customer(&customer.id)
            .ask_with(query, json!({ "id": case.id }))
            .await;
        assert_eq!(
            own.at("/case/comments/nodes"),
            &json!([{ "text": "We are looking into it.", "visibility": "PUBLIC", "authorKind": "STAFF" }])
        );
        assert_eq!(
            own.list("/case/history/nodes").len(),
            2,
            "opened, and one comment: {:#}",
            own.body
        );
        assert_eq!(
            own.body.to_string().matches("New message in case").count(),
            1
        );
        let refused = app
            .customer(&customer.id)
            .run("commentOnCase", internal, "")
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "visibility"]),
            "{refused}"
        );
    }
);

on_both!(a_reply_reopens_what_was_answered, async |app: App| {
    let (customer, case) = ready(&app).await;
    case.bring(&app, &["TRIAGED", "ASSIGNED", "IN_PROGRESS", "RESOLVED"])
        .await;
    let reply = app
        .customer(&customer.id)
        .must(
            "commentOnCase",
            "CaseCommented",
            comment(&case, "It was no fog."),
            "case { status }",
        )
        .await;
    assert_eq!(reply["case"]["status"], "REOPENED");
});

on_both!(a_reply_after_two_weeks_reopens_nothing, async |app: App| {
    let (customer, case) = ready(&app).await;
    case.bring(&app, &["TRIAGED", "ASSIGNED", "IN_PROGRESS", "RESOLVED"])
        .await;
    app.later(TimeDelta::days(15));
    let reply = app
        .customer(&customer.id)
        .must(
            "commentOnCase",
            "CaseCommented",
            comment(&case, "It was no fog."),
            "case { status }",
        )
        .await;
    assert_eq!(reply["case"]["status"], "RESOLVED");
});

on_both!(a_comment_says_something_once, async |app: App| {
    let (_, case) = ready(&app).await;
    let mut input = comment(&case, "We are looking into it.");
    input["idempotencyKey"] = app.key().into();
    let first = app
        .agent()
        .must(
            "commentOnCase",
            "CaseCommented",
            input.clone(),
            "comment { id }",
        )
        .await;
    assert_eq!(
        app.agent()
            .must(
                "commentOnCase",
                "CaseCommented",
                input.clone(),
                "comment { id }"
            )
            .await,
        first
    );
    input["text"] = "Still looking.".into();
    assert_eq!(
        app.agent().run("commentOnCase", input, "").await["code"],
        "CONFLICT"
    );
    let before = app.picture().await;
    assert_eq!(
        app.agent()
            .run("commentOnCase", comment(&case, "  "), "")
            .await["fields"][0]["path"],
        json!(["input", "text"])
    );
    let mut nowhere = comment(&case, "Hello?");
    nowhere["caseId"] = app.key().into();
    assert_eq!(
        app.agent().run("commentOnCase", nowhere, "").await["code"],
        "NOT_FOUND"
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(
    pages_of_comments_and_history_have_no_gap,
    async |app: App| {
        let (_, case) = ready(&app).await;
        for number in 0..7 {
            app.agent()
                .must(
                    "commentOnCase",
                    "CaseCommented",
                    comment(&case, &format!("Note {number}.")),
                    "comment { id }",
                )
                .await;
        }
        for (field, count) in [("comments", 7), ("history", 8)] {
            let list = format!("case(id: \"{}\") {{ {field}(PAGE)", case.id);
            let (forward, backward) = (
                walk::forward(&app.agent(), &list, 3).await,
                walk::backward(&app.agent(), &list, 3).await,
            );
            assert_eq!((forward.len(), &forward), (count, &backward), "{field}");
        }
    }
);
