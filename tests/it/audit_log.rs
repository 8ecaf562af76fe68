//! What is done with personal data is recorded, and the record shows when it was touched.

use schema_kernel::{
    Database,
    audit::{self, Broken},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use server::{anchor::Anchors, auth::Role};
use tests::{Answer, App, build::NewCustomer, on_both};

const RECORDS: &str = "query($filter: AuditRecordFilter) { auditRecords(filter: $filter, first: 100) { nodes { sequence kind domain actor role purpose action fields result justification requestId hash customers { id } } } }";

async fn records(app: &App, filter: Value) -> Vec<Value> {
    let officer = app.actor(Role::DataPrivacyOfficer);
    let answer = officer.ask_with(RECORDS, json!({ "filter": filter })).await;
    answer.list("/auditRecords/nodes").clone()
}

fn log(app: &App) -> &Database {
    app.product().databases().audit().unwrap()
}

async fn touch(app: &App, sql: &str) {
    log(app).writer().execute_unprepared(sql).await.unwrap();
}

on_both!(a_read_names_who_whom_and_what, async |app: App| {
    let customer = NewCustomer::named("Haddad")
        .with("email", "amara@example.com")
        .create(&app)
        .await;
    let query =
        "query Looking($id: ID!) { customer(id: $id) { displayName contactPoints { value } } }";
    let answer = app
        .agent()
        .ask_with(query, json!({ "id": customer.id }))
        .await;
    assert_eq!(
        answer.at("/customer"),
        &json!({ "displayName": "Amara Haddad", "contactPoints": [{ "value": "amara@example.com" }] })
    );
    let found = records(&app, json!({ "customerId": customer.id, "kind": "READ" })).await;
    let read = &found[0];
    assert_eq!(read["role"], "contact-centre-agent");
    assert_eq!(read["purpose"], "CUSTOMER_CARE");
    assert_eq!(read["result"], "DONE");
    assert_eq!(read["domain"], "profile");
    assert_eq!(read["customers"], json!([{ "id": customer.id }]));
    assert_eq!(
        read["fields"],
        json!(["ContactPoint.value", "Customer.displayName"])
    );

    // The person sees that it was done, and not by whom.
    let own = "query($id: ID!) { customer(id: $id) { accessLog(first: 5) { nodes { kind role fields } } } }";
    let own = app
        .customer(&customer.id)
        .ask_with(own, json!({ "id": customer.id }))
        .await;
    let seen = own.list("/customer/accessLog/nodes");
    assert!(
        seen.iter()
            .any(|record| record["role"] == "contact-centre-agent"),
        "{seen:#?}"
    );
    let who = "query($id: ID!) { customer(id: $id) { accessLog(first: 5) { nodes { actor } } } }";
    let who = app
        .customer(&customer.id)
        .ask_with(who, json!({ "id": customer.id }))
        .await;
    assert_eq!(who.code(), "FORBIDDEN");
});

on_both!(a_page_of_many_names_them_all, async |app: App| {
    let mut ids = Vec::new();
    for name in ["Abadi", "Bakir", "Chami"] {
        ids.push(NewCustomer::named(name).create(&app).await.id);
    }
    let answer = app
        .agent()
        .ask("{ customers(first: 10) { nodes { familyName } } }")
        .await;
    assert_eq!(
        answer.texts("/customers/nodes", "familyName"),
        ["Abadi", "Bakir", "Chami"]
    );
    assert_eq!(
        answer.at("/customers/nodes/0").as_object().unwrap().len(),
        1
    );
    for id in &ids {
        let found = records(&app, json!({ "customerId": id, "kind": "READ" })).await;
        assert_eq!(found[0]["fields"], json!(["Customer.familyName"]));
        assert_eq!(found[0]["customers"].as_array().unwrap().len(), 3);
    }
    // Who counts sees nobody, and that they tried is known.
    let refused = app
        .actor(Role::Analyst)
        .ask("{ customers(first: 10) { nodes { familyName } } }")
        .await;
    assert_eq!(refused.code(), "FORBIDDEN");
    let refusals = records(&app, json!({ "kind": "REFUSAL" })).await;
    assert_eq!(refusals[0]["role"], "analyst");
    assert!(
        refusals[0]["fields"]
            .to_string()
            .contains("Query.customers"),
        "{refusals:#?}"
    );
});

on_both!(a_change_is_recorded_before_and_after, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let input = json!({ "customerId": customer.id, "kind": "SEAT", "value": "AISLE" });
    app.agent()
        .must("setPreference", "PreferenceSet", input, "customer { id }")
        .await;
    let found = records(&app, json!({ "customerId": customer.id, "kind": "WRITE" })).await;
    let results: Vec<&str> = found
        .iter()
        .map(|record| record["result"].as_str().unwrap())
        .collect();
    assert_eq!(results[..2], ["DONE", "BEGUN"]);
    assert_eq!(found[1]["fields"], json!(["customerId", "kind", "value"]));
    assert_eq!(found[1]["action"], "setPreference");
});

on_both!(a_sign_in_that_fails_is_recorded, async |app: App| {
    let login = app.user(Role::ContactCentreAgent).await;
    let mut wrong = login.clone();
    wrong.password = "something else entirely".to_owned();
    let browser = app.browser();
    assert_eq!(browser.try_to_sign_in(&wrong).await.status().as_u16(), 401);
    browser.sign_in(&login).await;
    let found = records(&app, json!({ "kind": "SIGN_IN" })).await;
    let results: Vec<&str> = found
        .iter()
        .map(|record| record["result"].as_str().unwrap())
        .collect();
    assert_eq!(results, ["DONE", "FAILED"]);
    assert!(!format!("{found:?}").contains(&login.email));
});

async fn some_records(app: &App) {
    let customer = NewCustomer::named("Haddad").create(app).await;
    for _ in 0..5 {
        customer.read(app, "displayName").await;
    }
}

on_both!(a_changed_record_shows, async |app: App| {
    some_records(&app).await;
    let whole = audit::verify(log(&app), &[], |_| ())
        .await
        .ok()
        .unwrap()
        .unwrap();
    assert!(whole.records >= 7, "{whole:?}");
    touch(
        &app,
        "UPDATE audit_record SET actor = 'nobody' WHERE sequence = 3",
    )
    .await;
    let found = audit::verify(log(&app), &[], |_| ()).await.ok().unwrap();
    assert_eq!(found, Err(Broken::Changed { sequence: 3 }));
});

on_both!(a_missing_record_shows_at_either_end, async |app: App| {
    some_records(&app).await;
    let anchors = Anchors::of(app.product().config());
    let anchored = anchors.anchor(log(&app), app.now()).await.unwrap().unwrap();
    touch(&app, "DELETE FROM audit_record WHERE sequence = 4").await;
    let known = anchors.read().unwrap();
    let found = audit::verify(log(&app), &known, |_| ()).await.ok().unwrap();
    assert_eq!(found, Err(Broken::Missing { from: 4, to: 4 }));
    // The rest is taken away too: what is left is whole by itself, and the anchor knows better.
    touch(&app, "DELETE FROM audit_record WHERE sequence > 3").await;
    assert!(
        audit::verify(log(&app), &[], |_| ())
            .await
            .ok()
            .unwrap()
            .is_ok()
    );
    let found = audit::verify(log(&app), &known, |_| ()).await.ok().unwrap();
    assert_eq!(
        found,
        Err(Broken::Missing {
            from: 4,
            to: anchored.sequence
        })
    );
});

on_both!(what_cannot_be_recorded_is_not_answered, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    touch(
        &app,
        "ALTER TABLE audit_subject RENAME TO audit_subject_away",
    )
    .await;
    let query = "query($id: ID!) { customer(id: $id) { displayName } }";
    let ask = async || -> Answer {
        app.agent()
            .ask_with(query, json!({ "id": customer.id }))
            .await
    };
    let first = ask().await;
    assert_eq!(first.code(), "INTERNAL_SERVER_ERROR");
    assert!(!first.body.to_string().contains("Haddad"), "{}", first.body);
    // What is about nobody is answered all the while.
    let queues = app
        .agent()
        .ask("{ queues(first: 1) { nodes { code } } }")
        .await;
    assert_eq!(queues.list("/queues/nodes").len(), 1);
    // Nor is anything changed that could not be recorded.
    let input = json!({ "customerId": customer.id, "kind": "SEAT", "value": "AISLE" });
    let run =
        "mutation($input: SetPreferenceInput!) { setPreference(input: $input) { __typename } }";
    let refused = app.agent().ask_with(run, json!({ "input": input })).await;
    assert_eq!(refused.code(), "INTERNAL_SERVER_ERROR");

    touch(
        &app,
        "ALTER TABLE audit_subject_away RENAME TO audit_subject",
    )
    .await;
    for _ in 0..200 {
        let answer = ask().await;
        if answer.codes().is_empty() {
            assert_eq!(answer.text("/customer/displayName"), "Amara Haddad");
            let preferences = customer.read(&app, "preferences { kind }").await;
            assert_eq!(preferences["preferences"], json!([]));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the log did not come back");
});
