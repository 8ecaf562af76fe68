use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App,
    build::{Customer, NewCustomer},
    on_both,
};

const POINTS: &str = "contactPoints { id kind value label isPrimary }";

async fn add(app: &App, customer: &Customer, kind: &str, value: &str, primary: bool) -> Value {
    let input = json!({ "customerId": customer.id, "kind": kind, "value": value, "label": "work", "isPrimary": primary });
    app.agent()
        .run(
            "addContactPoint",
            input,
            "... on ContactPointAdded { contactPoint { id isPrimary } }",
        )
        .await
}

async fn values(app: &App, customer: &Customer) -> Vec<(String, bool)> {
    let points = customer.read(app, POINTS).await;
    let point = |point: &Value| {
        (
            point["value"].as_str().unwrap().to_owned(),
            point["isPrimary"].as_bool().unwrap(),
        )
    };
    points["contactPoints"]
        .as_array()
        .unwrap()
        .iter()
        .map(point)
        .collect()
}

on_both!(one_of_a_kind_is_primary, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let first = add(&app, &customer, "EMAIL", "one@example.com", false).await;
    assert_eq!(
        first["contactPoint"]["isPrimary"], true,
        "the first of a kind: {first}"
    );
    add(&app, &customer, "EMAIL", "two@example.com", true).await;
    add(&app, &customer, "PHONE", "+971501234567", false).await;
    let mut stored = values(&app, &customer).await;
    stored.sort();
    assert_eq!(
        stored,
        [
            ("+971501234567".to_owned(), true),
            ("one@example.com".to_owned(), false),
            ("two@example.com".to_owned(), true)
        ]
    );
});

on_both!(another_becomes_primary_and_one_goes, async |app: App| {
    let customer = NewCustomer::named("Haddad")
        .with("email", "one@example.com")
        .create(&app)
        .await;
    let second =
        add(&app, &customer, "EMAIL", "two@example.com", false).await["contactPoint"]["id"].clone();
    let both = json!({ "customerId": customer.id, "contactPointId": second });
    app.agent()
        .must(
            "setPrimaryContactPoint",
            "PrimaryContactPointSet",
            both.clone(),
            "customer { id }",
        )
        .await;
    assert!(
        values(&app, &customer)
            .await
            .contains(&("two@example.com".to_owned(), true))
    );
    app.agent()
        .must(
            "removeContactPoint",
            "ContactPointRemoved",
            both.clone(),
            "customer { id }",
        )
        .await;
    assert!(
        !values(&app, &customer)
            .await
            .iter()
            .any(|(value, _)| value == "two@example.com")
    );
    assert_eq!(
        app.agent().run("removeContactPoint", both, "").await["code"],
        "NOT_FOUND",
        "it is gone"
    );
});

on_both!(
    what_is_no_address_is_refused_with_its_rule,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let before = app.picture().await;
        for (kind, value) in [
            ("EMAIL", "no address"),
            ("EMAIL", ""),
            ("PHONE", "12345"),
            ("PHONE", "haddad@example.com"),
        ] {
            let refused = add(&app, &customer, kind, value, false).await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", "value"]),
                "{refused}"
            );
            assert!(refused["fields"][0]["rule"].is_string(), "{refused}");
        }
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(
    the_same_twice_is_a_conflict_or_the_same_key,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let input = json!({ "idempotencyKey": app.key(), "customerId": customer.id, "kind": "EMAIL", "value": "one@example.com" });
        let first = app
            .agent()
            .must(
                "addContactPoint",
                "ContactPointAdded",
                input.clone(),
                "contactPoint { id }",
            )
            .await;
        assert_eq!(
            app.agent()
                .must(
                    "addContactPoint",
                    "ContactPointAdded",
                    input,
                    "contactPoint { id }"
                )
                .await,
            first
        );
        assert_eq!(
            add(&app, &customer, "EMAIL", "ONE@example.com", false).await["code"],
            "CONFLICT"
        );
        assert_eq!(values(&app, &customer).await.len(), 1);
    }
);

on_both!(a_record_holds_so_many_and_no_more, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut last = Value::Null;
    for number in 0..60 {
        last = add(
            &app,
            &customer,
            "EMAIL",
            &format!("address{number}@example.com"),
            false,
        )
        .await;
        if last["__typename"] != "ContactPointAdded" {
            break;
        }
    }
    assert_eq!(last["code"], "LIMIT_EXCEEDED", "{last}");
});

on_both!(
    values_are_masked_for_who_may_not_reach_people,
    async |app: App| {
        let customer = NewCustomer::named("Haddad")
            .with("email", "amal.haddad@example.com")
            .with("phone", "+971501234567")
            .create(&app)
            .await;
        let query = "query($id: ID!) { customer(id: $id) { contactPoints { maskedValue value } } }";
        let answer = app
            .actor(Role::CheckInAgent)
            .ask_with(query, json!({ "id": customer.id }))
            .await;
        assert_eq!(answer.codes(), ["FORBIDDEN", "FORBIDDEN"]);
        let points = answer.body["data"]["customer"]["contactPoints"]
            .as_array()
            .unwrap();
        assert!(
            points.iter().all(|point| point["value"].is_null()),
            "{points:?}"
        );
        let masked = answer.body.to_string();
        assert!(
            !masked.contains("amal.haddad") && !masked.contains("501234"),
            "{masked}"
        );
    }
);
