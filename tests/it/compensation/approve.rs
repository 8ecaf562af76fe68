use serde_json::json;
use server::auth::Role;
use tests::{
    App,
    build::{
        NewCustomer, Trip,
        claim::{CLAIM, filed, grant, owed},
    },
    on_both,
};

on_both!(
    a_person_grants_what_was_filed_within_their_authority,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let claim = filed(&app, &trip).await;
        let before = app.picture().await;
        let mut bare = grant(&claim, 24_000);
        for field in ["award", "basis", "regime"] {
            bare[field] = json!(null);
        }
        let refused = app.agent().run("decideClaim", bare, "").await;
        assert_eq!(
            refused["fields"].as_array().unwrap().len(),
            3,
            "{refused:#}"
        );
        before.assert_same(&app.picture().await, "a refusal");
        let decided = app
            .agent()
            .must("decideClaim", "ClaimDecided", grant(&claim, 24_000), CLAIM)
            .await;
        assert_eq!(
            (&decided["claim"]["status"], &decided["claim"]["basis"]),
            (&json!("APPROVED"), &json!("Montreal Convention Art 19"))
        );
    }
);

on_both!(
    above_their_authority_a_second_person_agrees,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let claim = filed(&app, &trip).await;
        let proposed = app
            .agent()
            .must(
                "decideClaim",
                "ClaimProposed",
                grant(&claim, 120_000),
                &format!("approverRole {CLAIM}"),
            )
            .await;
        assert_eq!(
            (&proposed["approverRole"], &proposed["claim"]["status"]),
            (&json!("customer-affairs"), &json!("NEEDS_APPROVAL"))
        );
        let input = json!({ "claimId": claim["id"], "expectedVersion": 2 });
        let own = app.agent().run("approveClaim", input.clone(), "").await;
        assert_eq!(
            (&own["code"], &own["rule"]),
            (
                &json!("APPROVAL_REQUIRED"),
                &json!("nobody approves their own request")
            )
        );
        let customer = app.customer(&trip.customer.id);
        let query =
            "mutation($input: ApproveClaimInput!) { approveClaim(input: $input) { __typename } }";
        assert_eq!(
            customer
                .ask_with(query, json!({ "input": input }))
                .await
                .code(),
            "FORBIDDEN"
        );
        let approved = app
            .actor(Role::CustomerAffairs)
            .must("approveClaim", "ClaimApproved", input, CLAIM)
            .await;
        assert_eq!(
            (
                &approved["claim"]["status"],
                &approved["claim"]["amount"]["formatted"]
            ),
            (&json!("APPROVED"), &json!("EUR 1,200.00"))
        );
    }
);

on_both!(of_two_who_approve_at_once_one_wins, async |app: App| {
    let trip = Trip::new(&app).await;
    let claim = filed(&app, &trip).await;
    app.agent()
        .must(
            "decideClaim",
            "ClaimProposed",
            grant(&claim, 120_000),
            CLAIM,
        )
        .await;
    let input = json!({ "claimId": claim["id"], "expectedVersion": 2 });
    let (supervisor, manager) = (
        app.actor(Role::CustomerAffairs),
        app.actor(Role::CmpManager),
    );
    let (one, other) = tokio::join!(
        supervisor.run("approveClaim", input.clone(), ""),
        manager.run("approveClaim", input.clone(), "")
    );
    let mut outcomes =
        [&one, &other].map(|outcome| outcome["__typename"].as_str().unwrap().to_owned());
    outcomes.sort();
    assert_eq!(outcomes, ["ClaimApproved", "Conflict"]);
});

on_both!(
    authority_in_miles_is_that_of_the_policy,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let mut input = tests::build::claim::filing(&app, &trip);
        for (field, value) in [
            ("remedy", json!("GOODWILL")),
            ("incident", json!("OTHER")),
            ("amountMinor", json!(null)),
            ("currency", json!(null)),
        ] {
            input[field] = value;
        }
        let claim = app
            .agent()
            .must("fileClaim", "ClaimFiled", input, CLAIM)
            .await["claim"]
            .clone();
        assert_eq!(
            (&claim["amount"], &claim["miles"]),
            (&json!(null), &json!(null))
        );
        let mut miles = grant(&claim, 1);
        miles["award"] = json!({ "miles": 30_001 });
        miles["regime"] = json!(null);
        miles["basis"] = "GOODWILL_V1".into();
        let supervisor = app.actor(Role::CustomerAffairs);
        let proposed = supervisor
            .must(
                "decideClaim",
                "ClaimProposed",
                miles,
                &format!("approverRole {CLAIM}"),
            )
            .await;
        assert_eq!(
            (&proposed["approverRole"], &proposed["claim"]["miles"]),
            (&json!("cmp-manager"), &json!(30_001))
        );
    }
);

on_both!(
    the_rules_name_the_amount_of_what_the_airline_opened,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "72").await;
        let claim = trip.claims(&app).await[0].clone();
        let refused = app
            .actor(Role::CustomerAffairs)
            .run("decideClaim", grant(&claim, 1), "")
            .await;
        assert_eq!(refused["fields"][0]["path"], json!(["input", "award"]));
        let approve =
            json!({ "claimId": claim["id"], "expectedVersion": 1, "decision": "APPROVE" });
        let proposed = app
            .agent()
            .must("decideClaim", "ClaimProposed", approve, CLAIM)
            .await;
        assert_eq!(proposed["claim"]["amount"]["formatted"], "EUR 600.00");
    }
);

on_both!(
    what_was_paid_under_a_law_is_not_granted_again,
    async |app: App| {
        let (trip, claim) = owed(&app, 245).await;
        let mut input = tests::build::claim::filing(&app, &trip);
        input["passengerId"] = claim["passengerId"].clone();
        input["incident"] = "DOWNGRADE".into();
        input["remedy"] = "COMPENSATION".into();
        let filed = app
            .agent()
            .must("fileClaim", "ClaimFiled", input, CLAIM)
            .await["claim"]
            .clone();
        let refused = app
            .actor(Role::CmpManager)
            .run("decideClaim", grant(&filed, 60_000), "")
            .await;
        assert_eq!(refused["code"], "CONFLICT", "{refused:#}");
        let stranger = NewCustomer::named("Khoury").create(&app).await;
        assert_eq!(
            app.customer(&stranger.id)
                .ask_with(
                    "query($id: ID!) { claim(id: $id) { status } }",
                    json!({ "id": filed["id"] })
                )
                .await
                .at("/claim"),
            &json!(null)
        );
    }
);
