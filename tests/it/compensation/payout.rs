use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App,
    build::{
        NewCustomer,
        claim::{self, PAYOUT, about, owed, request, requested},
    },
    on_both,
};

/// The lines of the payment file of this test's day.
fn payments(app: &App) -> Vec<Value> {
    let file = app
        .storage()
        .folder()
        .join("payments/payments-2026-11-20.ndjson");
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

on_both!(a_customer_chooses_and_is_paid_once, async |app: App| {
    let (trip, claim) = owed(&app, 200).await;
    let customer = app.customer(&trip.customer.id);
    let input = request(&app, &claim);
    let payout = requested(&customer, input.clone()).await;
    assert_eq!(
        (&payout["status"], &payout["amount"]["formatted"]),
        (&json!("APPROVED"), &json!("EUR 300.00")),
        "within an agent's authority"
    );
    assert_eq!(
        requested(&customer, input).await,
        payout,
        "asked again under the same key"
    );
    let again = customer
        .run("requestPayout", request(&app, &claim), "")
        .await;
    assert_eq!(again["code"], "CONFLICT", "a claim has one payout");

    assert_eq!((app.pay().await, app.pay().await), (1, 0));
    let sent = claim::payout(&app, &payout).await;
    assert_eq!(
        (&sent["status"], &sent["claim"]["status"]),
        (&json!("SENT"), &json!("PAYING"))
    );
    let mut received = about(&sent);
    received["confirmation"] = "RECEIVED".into();
    let settled = app
        .actor(Role::Finance)
        .must("confirmPayout", "PayoutConfirmed", received, PAYOUT)
        .await["payout"]
        .clone();
    assert_eq!(
        (&settled["status"], &settled["claim"]["status"]),
        (&json!("SETTLED"), &json!("PAID"))
    );
    let lines = payments(&app);
    assert_eq!(
        (lines.len(), &lines[0]["key"], &lines[0]["amountMinor"]),
        (1, &payout["id"], &json!(30_000))
    );
    app.deliver().await;
    assert_eq!(app.picture().await.count("profile_dead_letter"), 0);
});

on_both!(a_large_payout_needs_another_person, async |app: App| {
    let (trip, claim) = owed(&app, 245).await;
    let agent = app.agent();
    let payout = requested(&agent, request(&app, &claim)).await;
    assert_eq!(payout["status"], "REQUESTED");
    assert_eq!(app.pay().await, 0, "nothing is sent that nobody approved");
    let query =
        "mutation($input: ApprovePayoutInput!) { approvePayout(input: $input) { __typename } }";
    for client in [agent.clone(), app.customer(&trip.customer.id)] {
        assert_eq!(
            client
                .ask_with(query, json!({ "input": about(&payout) }))
                .await
                .code(),
            "FORBIDDEN"
        );
    }
    let (finance, manager) = (app.actor(Role::Finance), app.actor(Role::CmpManager));
    let (one, other) = tokio::join!(
        finance.run("approvePayout", about(&payout), ""),
        manager.run("approvePayout", about(&payout), "")
    );
    let mut outcomes =
        [&one, &other].map(|outcome| outcome["__typename"].as_str().unwrap().to_owned());
    outcomes.sort();
    assert_eq!(outcomes, ["Conflict", "PayoutApproved"]);
    assert_eq!(app.pay().await, 1);
});

on_both!(who_asks_for_it_never_approves_it, async |app: App| {
    let (_, claim) = owed(&app, 245).await;
    let finance = app.actor(Role::Finance);
    let payout = requested(&finance, request(&app, &claim)).await;
    let own = finance.run("approvePayout", about(&payout), "").await;
    assert_eq!(
        (&own["code"], &own["rule"]),
        (
            &json!("APPROVAL_REQUIRED"),
            &json!("nobody approves their own request")
        )
    );
});

on_both!(
    a_voucher_takes_the_passengers_signature,
    async |app: App| {
        let (trip, claim) = owed(&app, 200).await;
        let customer = app.customer(&trip.customer.id);
        let mut input = request(&app, &claim);
        input["method"] = "VOUCHER".into();
        let bare = customer.run("requestPayout", input.clone(), "").await;
        assert_eq!(
            (&bare["fields"][0]["path"], &bare["fields"][0]["rule"]),
            (
                &json!(["input", "agreement"]),
                &json!("Regulation (EC) 261/2004 Art 7(3)")
            )
        );
        input["idempotencyKey"] = app.key().into();
        input["agreement"] = json!({ "passengerId": app.key(), "channel": "WEB", "textVersion": "voucher-1", "signedAt": "2026-11-20T07:00:00Z" });
        let other = customer.run("requestPayout", input.clone(), "").await;
        assert_eq!(
            other["fields"][0]["path"],
            json!(["input", "agreement", "passengerId"])
        );
        input["idempotencyKey"] = app.key().into();
        input["agreement"]["passengerId"] = claim["passengerId"].clone();
        let selection = PAYOUT.replacen(
            "payout {",
            "payout { agreement { channel textVersion signedAt passengerId }",
            1,
        );
        let payout = customer
            .must("requestPayout", "PayoutRequested", input, &selection)
            .await["payout"]
            .clone();
        assert_eq!(
            (
                &payout["deliveredAmount"]["formatted"],
                &payout["agreement"]["textVersion"]
            ),
            (&json!("EUR 390.00"), &json!("voucher-1"))
        );
        app.pay().await;
        assert_eq!(
            claim::payout(&app, &payout).await["status"],
            "SETTLED",
            "no bank can send a voucher back"
        );
    }
);

on_both!(what_a_request_cannot_say_is_told, async |app: App| {
    let (trip, claim) = owed(&app, 200).await;
    let customer = app.customer(&trip.customer.id);
    let before = app.picture().await;
    for (method, token, path) in [
        ("BANK_TRANSFER", json!(null), "destinationToken"),
        (
            "BANK_TRANSFER",
            json!("DE89370400440532013000"),
            "destinationToken",
        ),
        (
            "BANK_TRANSFER",
            json!("4111111111111111"),
            "destinationToken",
        ),
        ("BANK_TRANSFER", json!("a b"), "destinationToken"),
        (
            "ORIGINAL_FORM_OF_PAYMENT",
            json!("tok_1"),
            "destinationToken",
        ),
    ] {
        let mut input = request(&app, &claim);
        input["method"] = method.into();
        input["destinationToken"] = token;
        let refused = customer.run("requestPayout", input, "").await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", path]),
            "{refused:#}"
        );
        assert!(
            !refused.to_string().contains("37040044"),
            "what was refused is not repeated"
        );
    }
    let mut stale = request(&app, &claim);
    stale["expectedVersion"] = 7.into();
    assert_eq!(customer.run("requestPayout", stale, "").await["current"], 1);
    let stranger = NewCustomer::named("Khoury").create(&app).await;
    let before = if app.deliver().await == 0 {
        before
    } else {
        app.picture().await
    };
    assert_eq!(
        app.customer(&stranger.id)
            .run("requestPayout", request(&app, &claim), "")
            .await["code"],
        "NOT_FOUND"
    );
    before.assert_same_in(&app.picture().await, "compensation_payout");
});

on_both!(nobody_sees_the_payouts_of_another, async |app: App| {
    let (trip, claim) = owed(&app, 200).await;
    let payout = requested(&app.customer(&trip.customer.id), request(&app, &claim)).await;
    let stranger = NewCustomer::named("Khoury").create(&app).await;
    let query = "query($id: ID!) { payout(id: $id) { status } payouts(first: 5) { nodes { id } } }";
    let foreign = app
        .customer(&stranger.id)
        .ask_with(query, json!({ "id": payout["id"] }))
        .await;
    assert_eq!(
        (foreign.at("/payout"), foreign.list("/payouts/nodes").len()),
        (&json!(null), 0)
    );
    let own = app
        .customer(&trip.customer.id)
        .ask_with(query, json!({ "id": payout["id"] }))
        .await;
    assert_eq!(
        (own.text("/payout/status"), own.list("/payouts/nodes").len()),
        ("APPROVED", 1)
    );
    assert_eq!(
        app.nobody()
            .ask_with(query, json!({ "id": payout["id"] }))
            .await
            .code(),
        "UNAUTHENTICATED"
    );
    let cancel = json!({ "payoutId": payout["id"], "expectedVersion": payout["version"], "reason": "Mine." });
    assert_eq!(
        app.customer(&stranger.id)
            .run("cancelPayout", cancel, "")
            .await["code"],
        "NOT_FOUND"
    );
});

on_both!(
    what_was_called_off_is_paid_in_another_way,
    async |app: App| {
        let (trip, claim) = owed(&app, 200).await;
        let customer = app.customer(&trip.customer.id);
        let payout = requested(&customer, request(&app, &claim)).await;
        let mut cancel = about(&payout);
        cancel["reason"] = "I would rather have it on my account.".into();
        customer
            .must("cancelPayout", "PayoutCancelled", cancel, PAYOUT)
            .await;
        let mut transfer = request(&app, &claim);
        transfer["method"] = "BANK_TRANSFER".into();
        transfer["destinationToken"] = "tok_9f3kq2".into();
        let second = requested(&customer, transfer).await;
        app.pay().await;
        let sent = claim::payout(&app, &second).await;
        let mut late = about(&sent);
        late["reason"] = "Too late.".into();
        let refused = customer.run("cancelPayout", late, "").await;
        assert_eq!(
            (&refused["code"], &refused["from"]),
            (&json!("TRANSITION_NOT_ALLOWED"), &json!("SENT"))
        );
        assert_eq!(payments(&app).len(), 1);
    }
);

on_both!(
    a_correction_before_it_is_sent_calls_it_off,
    async |app: App| {
        let (trip, claim) = owed(&app, 200).await;
        let payout = requested(&app.customer(&trip.customer.id), request(&app, &claim)).await;
        trip.flight.delay(&app, 250, "41").await;
        assert_eq!(app.pay().await, 0);
        assert_eq!(claim::payout(&app, &payout).await["status"], "CANCELLED");
        assert_eq!(
            claim::claim(&app, &claim).await["amount"]["formatted"],
            "EUR 600.00"
        );
        assert!(payments(&app).is_empty());
    }
);

on_both!(
    what_came_back_is_owed_again_as_it_is_by_now,
    async |app: App| {
        let (trip, claim) = owed(&app, 200).await;
        let payout = requested(&app.customer(&trip.customer.id), request(&app, &claim)).await;
        app.pay().await;
        trip.flight.delay(&app, 250, "41").await;
        assert_eq!(claim::claim(&app, &claim).await["status"], "PAYING");
        let mut returned = about(&claim::payout(&app, &payout).await);
        returned["confirmation"] = "RETURNED".into();
        let finance = app.actor(Role::Finance);
        let bare = finance.run("confirmPayout", returned.clone(), "").await;
        assert_eq!(bare["fields"][0]["path"], json!(["input", "reason"]));
        returned["reason"] = "AC04".into();
        let failed = finance
            .must("confirmPayout", "PayoutConfirmed", returned, PAYOUT)
            .await["payout"]
            .clone();
        assert_eq!(
            (&failed["status"], &failed["claim"]["status"]),
            (&json!("FAILED"), &json!("APPROVED"))
        );
        let owed = claim::claim(&app, &claim).await;
        assert_eq!(owed["amount"]["formatted"], "EUR 600.00");
        let other = finance.run("retryPayout", about(&failed), "").await;
        assert_eq!(
            other["code"], "CONFLICT",
            "it would pay what is owed no more"
        );
    }
);
