use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCase, NewCustomer, Trip},
    on_both,
};

const WHOLE: &str = "case { id reference type status priority channel isOpen version queue { code } weight { impact urgency isTopTier } customer { id }
    order { id } flight { id } incident { id } history { nodes { kind newValue } } description }";

on_both!(
    a_case_waits_in_the_queue_of_its_type_with_its_usual_weight,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        for (kind, queue, priority) in [
            ("COMPLAINT", "CustomerAffairs", "P3"),
            ("SPECIAL_ASSISTANCE", "SpecialAssist", "P1"),
            ("REFUND", "Refunds", "P3"),
            ("PRIVACY", "DPO", "P3"),
            ("COMPLIMENT", "CustomerAffairs-Feedback", "P4"),
        ] {
            let opened = app
                .agent()
                .must(
                    "openCase",
                    "CaseOpened",
                    NewCase::of(kind, &customer).input(),
                    WHOLE,
                )
                .await;
            let case = &opened["case"];
            assert_eq!(
                (&case["queue"]["code"], &case["priority"]),
                (&json!(queue), &json!(priority)),
                "{kind}"
            );
            assert_eq!(
                (&case["status"], &case["isOpen"], &case["channel"]),
                (&json!("NEW"), &json!(true), &json!("WEB"))
            );
            assert!(
                case["reference"].as_str().unwrap().starts_with("CAS-"),
                "{case}"
            );
            assert_eq!(
                case["history"]["nodes"],
                json!([{ "kind": "OPENED", "newValue": "NEW" }])
            );
        }
    }
);

on_both!(
    a_case_about_a_disrupted_flight_joins_its_incident,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "41").await;
        let input = NewCase::of("COMPLAINT", &trip.customer)
            .with("flightId", trip.flight.id.as_str())
            .with("orderId", trip.order.id.as_str())
            .input();
        let opened = app
            .agent()
            .must("openCase", "CaseOpened", input, WHOLE)
            .await;
        assert_eq!(
            opened["case"]["incident"]["id"],
            trip.incident(&app).await["id"]
        );
        assert_eq!(
            (
                &opened["case"]["order"]["id"],
                &opened["case"]["flight"]["id"]
            ),
            (&json!(trip.order.id), &json!(trip.flight.id))
        );
    }
);

on_both!(
    a_customer_opens_their_own_and_does_not_weigh_it,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let own = app.customer(&customer.id);
        let mut input = NewCase::of("COMPLAINT", &customer).input();
        input.as_object_mut().unwrap().remove("customerId");
        let opened = own
            .must(
                "openCase",
                "CaseOpened",
                input.clone(),
                "case { customer { id } priority }",
            )
            .await;
        assert_eq!(opened["case"]["customer"]["id"], customer.id);
        for (field, value) in [
            ("impact", json!("SAFETY")),
            ("urgency", json!("IN_JOURNEY")),
            ("channel", json!("PHONE")),
            ("modifiers", json!({ "isTopTier": true })),
        ] {
            let mut heavy = input.clone();
            heavy[field] = value;
            let refused = own.run("openCase", heavy, "").await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", field]),
                "{refused}"
            );
        }
    }
);

on_both!(the_same_key_opens_one_case, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let input = NewCase::of("COMPLAINT", &customer)
        .with("idempotencyKey", app.key())
        .input();
    let first = app
        .agent()
        .must("openCase", "CaseOpened", input.clone(), WHOLE)
        .await;
    assert_eq!(
        app.agent()
            .must("openCase", "CaseOpened", input.clone(), WHOLE)
            .await,
        first
    );
    let mut other = input;
    other["subject"] = "Something else".into();
    assert_eq!(
        app.agent().run("openCase", other, "").await["code"],
        "CONFLICT"
    );
    assert_eq!(app.picture().await.count("case_case"), 1);
});

on_both!(what_cannot_be_is_named, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let before = app.picture().await;
    for (field, value) in [
        ("subject", json!(" ")),
        ("subject", json!("x".repeat(201))),
        ("description", json!("")),
        ("description", json!("x".repeat(10_001))),
        ("customerId", json!("nobody")),
        ("orderId", json!("K7QX2M")),
        ("flightId", json!("EK46")),
    ] {
        let refused = app
            .agent()
            .run(
                "openCase",
                NewCase::of("COMPLAINT", &customer)
                    .with(field, value)
                    .input(),
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

on_both!(card_numbers_are_taken_out, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let input = NewCase::of("COMPLAINT", &customer)
        .with("description", "Charged twice on 4111-1111-1111-1111.")
        .input();
    let opened = app
        .agent()
        .must("openCase", "CaseOpened", input, WHOLE)
        .await;
    assert!(
        !opened["case"]["description"]
            .as_str()
            .unwrap()
            .contains("4111"),
        "{opened}"
    );
    assert!(!format!("{:?}", app.picture().await).contains("4111"));
    assert_ne!(opened["case"]["description"], Value::Null);
});
