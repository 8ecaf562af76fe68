use serde_json::{Value, json};
use tests::{App, build::NewCustomer, on_both};

const FIELDS: &str = "givenName familyName title nationality homeAirport travelDocumentFamilyName isVip status version";

async fn haddad(app: &App) -> tests::build::Customer {
    NewCustomer::named("Haddad")
        .with("title", "MS")
        .with("nationality", "JO")
        .with("homeAirport", "DXB")
        .create(app)
        .await
}

on_both!(what_is_left_out_stays, async |app: App| {
    let customer = haddad(&app).await;
    let input = json!({ "customerId": customer.id, "expectedVersion": 1, "givenName": "Amal" });
    app.agent()
        .must(
            "updateCustomer",
            "CustomerUpdated",
            input,
            "customer { id }",
        )
        .await;
    assert_eq!(
        customer.read(&app, FIELDS).await,
        json!({
            "givenName": "Amal", "familyName": "Haddad", "title": "MS", "nationality": "JO", "homeAirport": "DXB",
            "travelDocumentFamilyName": "HADDAD", "isVip": false, "status": "ACTIVE", "version": 2,
        })
    );
});

on_both!(null_empties_and_a_value_replaces, async |app: App| {
    let customer = haddad(&app).await;
    let input = json!({ "customerId": customer.id, "expectedVersion": 1, "givenName": null, "title": null, "nationality": "AE", "homeAirport": null });
    let updated = app
        .administrator()
        .must(
            "updateCustomer",
            "CustomerUpdated",
            input,
            &format!("customer {{ {FIELDS} }}"),
        )
        .await;
    assert_eq!(
        updated["customer"],
        json!({
            "givenName": null, "familyName": "Haddad", "title": null, "nationality": "AE", "homeAirport": null,
            "travelDocumentFamilyName": "HADDAD", "isVip": false, "status": "ACTIVE", "version": 2,
        })
    );
});

on_both!(a_variable_that_is_left_out_stays_too, async |app: App| {
    let customer = haddad(&app).await;
    let query = "mutation($id: ID!, $title: CustomerTitle, $nationality: CountryCode) { updateCustomer(input: {
        customerId: $id, expectedVersion: 1, title: $title, nationality: $nationality }) { ... on CustomerUpdated { customer { title nationality } } } }";
    let answer = app
        .administrator()
        .ask_with(query, json!({ "id": customer.id, "nationality": null }))
        .await;
    assert_eq!(
        answer.at("/updateCustomer/customer"),
        &json!({ "title": "MS", "nationality": null })
    );
});

on_both!(what_is_needed_cannot_be_emptied, async |app: App| {
    let customer = haddad(&app).await;
    let before = app.picture().await;
    for field in [
        "familyName",
        "gender",
        "language",
        "needsAssistance",
        "isVip",
        "status",
    ] {
        let refused = app
            .agent()
            .run(
                "updateCustomer",
                json!({ "customerId": customer.id, "expectedVersion": 1, field: null }),
                "",
            )
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", field]),
            "{refused}"
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(a_stale_version_says_the_present_one, async |app: App| {
    let customer = haddad(&app).await;
    let change = |version: i32| json!({ "customerId": customer.id, "expectedVersion": version, "isVip": true });
    app.agent()
        .must(
            "updateCustomer",
            "CustomerUpdated",
            change(1),
            "customer { id }",
        )
        .await;
    let before = app.picture().await;
    for version in [1, 3, 0, -1] {
        let refused = app.agent().run("updateCustomer", change(version), "").await;
        assert_eq!(
            (&refused["code"], &refused["current"]),
            (&json!("STALE_VERSION"), &json!(2))
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(
    a_customer_changes_their_own_record_but_not_their_standing,
    async |app: App| {
        let customer = haddad(&app).await;
        let own = app.customer(&customer.id);
        let change = |field: &str, value: Value| json!({ "customerId": customer.id, "expectedVersion": 1, field: value });
        for (field, value) in [("isVip", json!(true)), ("status", json!("CLOSED"))] {
            let refused = own.run("updateCustomer", change(field, value), "").await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", field]),
                "{refused}"
            );
        }
        own.must(
            "updateCustomer",
            "CustomerUpdated",
            change("givenName", json!("Amal")),
            "customer { version }",
        )
        .await;
        assert_eq!(
            customer.read(&app, "givenName isVip").await,
            json!({ "givenName": "Amal", "isVip": false })
        );
    }
);

on_both!(
    a_change_is_told_by_the_names_of_its_fields_alone,
    async |app: App| {
        let customer = haddad(&app).await;
        let input =
            json!({ "customerId": customer.id, "expectedVersion": 1, "familyName": "Khoury" });
        app.agent()
            .must(
                "updateCustomer",
                "CustomerUpdated",
                input,
                "customer { id }",
            )
            .await;
        app.deliver().await;
        let timeline = customer
            .read(&app, "timeline { nodes { title } }")
            .await
            .to_string();
        assert!(
            timeline.contains("Profile updated: ") && !timeline.contains("Khoury"),
            "{timeline}"
        );
    }
);
