use serde_json::json;
use server::auth::Role;
use tests::{App, build::NewCustomer, on_both};

on_both!(
    a_preference_is_set_replaced_and_forgotten,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        for value in ["AISLE", "WINDOW"] {
            let input = json!({ "customerId": customer.id, "kind": "SEAT", "value": value });
            app.agent()
                .must(
                    "setPreference",
                    "PreferenceSet",
                    input,
                    "preference { value }",
                )
                .await;
        }
        assert_eq!(
            customer.read(&app, "preferences { kind value }").await["preferences"],
            json!([{ "kind": "SEAT", "value": "WINDOW" }])
        );
        let one = json!({ "customerId": customer.id, "kind": "SEAT" });
        app.agent()
            .must(
                "removePreference",
                "PreferenceRemoved",
                one.clone(),
                "customer { id }",
            )
            .await;
        assert_eq!(
            customer.read(&app, "preferences { kind }").await["preferences"],
            json!([])
        );
        assert_eq!(
            app.agent().run("removePreference", one, "").await["code"],
            "NOT_FOUND"
        );
    }
);

on_both!(each_kind_takes_its_own_values, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    for (kind, right, wrong) in [
        ("SEAT", "BULKHEAD", "CEILING"),
        ("MEAL", "VGML", "PIZZA"),
        ("LANGUAGE", "ar", "arabic!"),
        ("CHANNEL", "SMS", "PIGEON"),
        ("DRINK", "mint tea", ""),
    ] {
        let input =
            |value: &str| json!({ "customerId": customer.id, "kind": kind, "value": value });
        let refused = app.agent().run("setPreference", input(wrong), "").await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "value"]),
            "{kind}: {refused}"
        );
        app.agent()
            .must(
                "setPreference",
                "PreferenceSet",
                input(right),
                "preference { kind }",
            )
            .await;
    }
});

on_both!(
    what_tells_of_health_or_belief_is_marked_and_kept_from_most,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let input = json!({ "customerId": customer.id, "kind": "MEAL", "value": "KSML" });
        app.agent()
            .must(
                "setPreference",
                "PreferenceSet",
                input,
                "preference { isSpecialCategory }",
            )
            .await;
        let query =
            "query($id: ID!) { customer(id: $id) { preferences { isSpecialCategory value } } }";
        let seen = app
            .actor(Role::DataPrivacyOfficer)
            .ask_with(query, json!({ "id": customer.id }))
            .await;
        assert_eq!(
            seen.at("/customer/preferences/0"),
            &json!({ "isSpecialCategory": true, "value": "KSML" })
        );
        let hidden = app
            .agent()
            .ask_with(query, json!({ "id": customer.id }))
            .await;
        assert_eq!(
            hidden.body["data"]["customer"]["preferences"][0],
            json!({ "isSpecialCategory": true, "value": null })
        );
    }
);
