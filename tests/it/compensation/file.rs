use chrono::TimeDelta;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App,
    build::{
        NewCustomer, Trip,
        claim::{CLAIM, filed, filing},
    },
    on_both,
};

on_both!(
    a_customer_files_a_claim_for_their_own_journey,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let claim = filed(&app, &trip).await;
        assert_eq!(
            (
                &claim["status"],
                &claim["origin"],
                &claim["amount"]["formatted"]
            ),
            (
                &json!("NEEDS_REVIEW"),
                &json!("FILED"),
                &json!("EUR 240.00")
            )
        );
        assert_eq!(
            (&claim["regime"], &claim["basis"]),
            (&Value::Null, &Value::Null),
            "nobody has granted it yet"
        );
        let query = "query($id: ID!) { claim(id: $id) { filing { incident statement incidentOn claimedAmount { formatted } } customer { displayName } trace { why } } }";
        let answer = app
            .agent()
            .ask_with(query, json!({ "id": claim["id"] }))
            .await;
        assert_eq!(answer.text("/claim/filing/incident"), "BAGGAGE_DELAYED");
        assert_eq!(answer.at("/claim/trace"), &Value::Null);
        app.deliver().await;
        assert_eq!(app.deliver().await, 0, "every domain took what it was told");
    }
);

on_both!(nobody_files_for_the_journey_of_another, async |app: App| {
    let trip = Trip::new(&app).await;
    let stranger = NewCustomer::named("Khoury").create(&app).await;
    let before = app.picture().await;
    let refused = app
        .customer(&stranger.id)
        .run("fileClaim", filing(&app, &trip), "")
        .await;
    assert_eq!(refused["code"], "NOT_FOUND");
    for client in [
        app.nobody(),
        app.actor(Role::Finance),
        app.actor(Role::Kiosk),
    ] {
        let query = "mutation($input: FileClaimInput!) { fileClaim(input: $input) { __typename } }";
        let answer = client
            .ask_with(query, json!({ "input": filing(&app, &trip) }))
            .await;
        assert!(
            ["UNAUTHENTICATED", "FORBIDDEN"].contains(&answer.code()),
            "{:#}",
            answer.body
        );
    }
    before.assert_same(&app.picture().await, "a claim of a stranger");
});

on_both!(an_agent_files_by_flight_for_a_customer, async |app: App| {
    let trip = Trip::new(&app).await;
    let mut input = filing(&app, &trip);
    input["journeyId"] = Value::Null;
    input["flightId"] = trip.flight.id.clone().into();
    let unnamed = app.agent().run("fileClaim", input.clone(), "").await;
    assert_eq!(
        unnamed["code"], "NOT_FOUND",
        "an agent says whose journey it is"
    );
    input["customerId"] = trip.customer.id.clone().into();
    input["idempotencyKey"] = app.key().into();
    let claim = app
        .agent()
        .must("fileClaim", "ClaimFiled", input, CLAIM)
        .await;
    assert_eq!(claim["claim"]["status"], "NEEDS_REVIEW");
});

on_both!(
    what_the_airline_opened_already_is_the_answer,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "41").await;
        let known: Vec<_> = trip
            .claims(&app)
            .await
            .iter()
            .map(|claim| claim["id"].clone())
            .collect();
        let mut input = filing(&app, &trip);
        input["incident"] = "DELAY".into();
        input["remedy"] = "COMPENSATION".into();
        let stands = format!("message {CLAIM}");
        let answer = app
            .customer(&trip.customer.id)
            .must("fileClaim", "ClaimStands", input, &stands)
            .await;
        assert!(known.contains(&answer["claim"]["id"]), "{answer:#}");
        filed(&app, &trip).await;
        assert_eq!(trip.claims(&app).await.len(), 3, "a bag is another matter");
    }
);

on_both!(the_same_is_filed_once, async |app: App| {
    let trip = Trip::new(&app).await;
    let customer = app.customer(&trip.customer.id);
    let input = filing(&app, &trip);
    let first = customer
        .must("fileClaim", "ClaimFiled", input.clone(), CLAIM)
        .await;
    assert_eq!(
        customer
            .must("fileClaim", "ClaimFiled", input.clone(), CLAIM)
            .await,
        first
    );
    let mut other = input.clone();
    other["statement"] = "Another one.".into();
    assert_eq!(
        customer.run("fileClaim", other, "").await["code"],
        "CONFLICT"
    );
    let mut again = input;
    again["idempotencyKey"] = app.key().into();
    let stands = customer
        .must("fileClaim", "ClaimStands", again, "claim { id }")
        .await;
    assert_eq!(stands["claim"]["id"], first["claim"]["id"]);
});

on_both!(what_a_filing_lacks_is_told_at_once, async |app: App| {
    let trip = Trip::new(&app).await;
    let before = app.picture().await;
    let customer = app.customer(&trip.customer.id);
    for (field, value, path) in [
        ("statement", json!("  "), "statement"),
        ("amountMinor", json!(0), "amountMinor"),
        ("amountMinor", Value::Null, "currency"),
        ("currency", json!("XAU"), "currency"),
        ("currency", json!("MIL"), "currency"),
        ("passengerId", Value::Null, "passengerId"),
        ("passengerId", json!(app.key()), "passengerId"),
        ("flightId", json!(app.key()), "flightId"),
        ("incidentOn", json!("2027-01-01"), "incidentOn"),
        ("incidentOn", json!("2026-01-01"), "incidentOn"),
        ("journeyId", Value::Null, "journeyId"),
    ] {
        let mut input = filing(&app, &trip);
        input[field] = value.clone();
        let refused = customer.run("fileClaim", input, "").await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", path]),
            "{field}: {value}: {refused:#}"
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(
    what_nobody_can_ask_for_any_more_is_refused_by_its_rule,
    async |app: App| {
        let trip = Trip::new(&app).await;
        // The journey departs in ten days, and two years are 731 days with a leap day.
        app.later(TimeDelta::days(10 + 731 + 1));
        let before = app.picture().await;
        let customer = app.customer(&trip.customer.id);
        let refused = customer.run("fileClaim", filing(&app, &trip), "").await;
        assert_eq!(
            (&refused["code"], &refused["rule"]),
            (
                &json!("CONFLICT"),
                &json!("Montreal Convention Art 35, two years")
            )
        );
        assert!(
            refused["message"].as_str().unwrap().contains("2028-11-30"),
            "{refused:#}"
        );
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(a_claim_that_was_filed_is_taken_back, async |app: App| {
    let trip = Trip::new(&app).await;
    let claim = filed(&app, &trip).await;
    let input = json!({ "claimId": claim["id"], "expectedVersion": claim["version"] });
    let stranger = NewCustomer::named("Khoury").create(&app).await;
    let refused = app
        .customer(&stranger.id)
        .run("withdrawClaim", input.clone(), "")
        .await;
    assert_eq!(refused["code"], "NOT_FOUND");
    let customer = app.customer(&trip.customer.id);
    let withdrawn = customer
        .must("withdrawClaim", "ClaimWithdrawn", input.clone(), CLAIM)
        .await;
    assert_eq!(withdrawn["claim"]["status"], "WITHDRAWN");
    assert_eq!(
        customer.run("withdrawClaim", input, "").await["code"],
        "STALE_VERSION"
    );
    filed(&app, &trip).await;
});

on_both!(
    a_filed_claim_gets_a_case_and_a_line_on_the_timeline,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let claim = filed(&app, &trip).await;
        app.deliver().await;
        let cases = trip.cases(&app).await;
        assert_eq!(cases.len(), 1, "{cases:?}");
        assert_eq!(
            (&cases[0]["type"], &cases[0]["claims"]["nodes"][0]["id"]),
            (&json!("BAGGAGE_DELAYED"), &claim["id"])
        );
        assert_eq!(cases[0]["flight"]["id"], trip.flight.id);
        let timeline = trip.timeline(&app).await;
        assert!(
            timeline.contains(&"Claim for EUR 240.00 filed".to_owned()),
            "{timeline:?}"
        );

        let mut other = filing(&app, &trip);
        other["incident"] = "DOWNGRADE".into();
        app.customer(&trip.customer.id)
            .must("fileClaim", "ClaimFiled", other, CLAIM)
            .await;
        app.deliver().await;
        let types: Vec<Value> = trip
            .cases(&app)
            .await
            .iter()
            .map(|case| case["type"].clone())
            .collect();
        assert_eq!(types, ["DENIED_BOARDING", "BAGGAGE_DELAYED"]);
        assert_eq!(app.picture().await.count("case_dead_letter"), 0);
    }
);
