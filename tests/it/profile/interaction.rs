use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{App, build::NewCustomer, on_both};

fn call(customer: &str, summary: &str) -> Value {
    json!({ "customerId": customer, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND", "summary": summary })
}

on_both!(
    a_contact_is_recorded_and_stands_in_the_timeline,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let recorded = app
            .agent()
            .must(
                "recordInteraction",
                "InteractionRecorded",
                call(&customer.id, "Asked for a seat."),
                "interaction { summary sentiment purpose }",
            )
            .await;
        assert_eq!(
            recorded["interaction"],
            json!({ "summary": "Asked for a seat.", "sentiment": null, "purpose": "SERVICE" })
        );
        app.deliver().await;
        let read = customer.read(&app, "interactions { nodes { summary } } timeline(filter: { categories: [CONTACT] }) { nodes { title } }").await;
        assert_eq!(
            read["interactions"]["nodes"][0]["summary"],
            "Asked for a seat."
        );
        assert_eq!(
            read["timeline"]["nodes"],
            json!([{ "title": "Call from the customer" }]),
            "what was said is not copied"
        );
    }
);

on_both!(card_numbers_are_taken_out, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let said = "My card is 4111 1111 1111 1111, CVV 123.";
    app.agent()
        .must(
            "recordInteraction",
            "InteractionRecorded",
            call(&customer.id, said),
            "interaction { id }",
        )
        .await;
    app.deliver().await;
    let stored = format!("{:?}", app.picture().await);
    assert!(
        !stored.contains("4111") && !stored.contains("CVV 123"),
        "a card number is stored"
    );
});

on_both!(
    the_future_cannot_be_recorded_nor_nothing,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let before = app.picture().await;
        let tomorrow = (app.now() + TimeDelta::days(1)).to_rfc3339();
        for (field, value) in [
            ("occurredAt", json!(tomorrow)),
            ("summary", json!("  ")),
            ("summary", json!("x".repeat(4_001))),
            ("flightId", json!("EK46")),
        ] {
            let mut input = call(&customer.id, "Asked.");
            input[field] = value;
            let refused = app.agent().run("recordInteraction", input, "").await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", field]),
                "{refused}"
            );
        }
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(the_same_key_records_once, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut input = call(&customer.id, "Asked for a seat.");
    input["idempotencyKey"] = app.key().into();
    let first = app
        .agent()
        .must(
            "recordInteraction",
            "InteractionRecorded",
            input.clone(),
            "interaction { id }",
        )
        .await;
    assert_eq!(
        app.agent()
            .must(
                "recordInteraction",
                "InteractionRecorded",
                input.clone(),
                "interaction { id }"
            )
            .await,
        first
    );
    input["summary"] = "Asked for a meal.".into();
    assert_eq!(
        app.agent().run("recordInteraction", input, "").await["code"],
        "CONFLICT"
    );
    assert_eq!(app.picture().await.count("profile_interaction"), 1);
});

on_both!(
    staff_see_which_of_them_it_was_and_customers_do_not,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        app.agent()
            .must(
                "recordInteraction",
                "InteractionRecorded",
                call(&customer.id, "Asked."),
                "interaction { id }",
            )
            .await;
        let query =
            "{ customers(first: 1) { nodes { interactions { nodes { summary agentId } } } } }";
        assert!(
            app.agent()
                .ask(query)
                .await
                .at("/customers/nodes/0/interactions/nodes/0/agentId")
                .is_string()
        );
        let own = app.customer(&customer.id).ask(query).await;
        assert_eq!(
            own.body["data"]["customers"]["nodes"][0]["interactions"]["nodes"][0],
            json!({ "summary": "Asked.", "agentId": null })
        );
    }
);
