use serde_json::json;
use server::auth::Role;
use tests::{
    App,
    build::{
        NewCustomer, Trip,
        claim::{CLAIM, filed, grant},
    },
    on_both,
};

fn refusal(claim: &serde_json::Value) -> serde_json::Value {
    json!({
        "claimId": claim["id"], "expectedVersion": claim["version"], "decision": "REFUSE",
        "reason": "The receipts are of another month.", "basis": "Montreal Convention Art 22(2)",
    })
}

on_both!(
    a_refusal_says_how_to_appeal_and_another_person_decides,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let claim = filed(&app, &trip).await;
        let (agent, supervisor, customer) = (
            app.agent(),
            app.actor(Role::CustomerAffairs),
            app.customer(&trip.customer.id),
        );
        let refused = agent
            .must("decideClaim", "ClaimDecided", refusal(&claim), CLAIM)
            .await["claim"]
            .clone();
        assert!(
            refused["appealPath"]
                .as_str()
                .unwrap()
                .contains("appealClaim"),
            "{refused:#}"
        );

        let appeal = json!({ "claimId": claim["id"], "expectedVersion": 2, "reason": "They are of this month; look at the year." });
        let stranger = NewCustomer::named("Khoury").create(&app).await;
        assert_eq!(
            app.customer(&stranger.id)
                .run("appealClaim", appeal.clone(), "")
                .await["code"],
            "NOT_FOUND"
        );
        let appealed = customer
            .must("appealClaim", "ClaimAppealed", appeal, CLAIM)
            .await["claim"]
            .clone();
        assert_eq!(appealed["status"], "NEEDS_REVIEW");

        let same = agent.run("decideClaim", refusal(&appealed), "").await;
        assert_eq!(same["code"], "APPROVAL_REQUIRED");
        let granted = supervisor
            .must(
                "decideClaim",
                "ClaimDecided",
                grant(&appealed, 24_000),
                CLAIM,
            )
            .await;
        assert_eq!(granted["claim"]["status"], "APPROVED");
    }
);

on_both!(a_refusal_is_appealed_once, async |app: App| {
    let trip = Trip::new(&app).await;
    let claim = filed(&app, &trip).await;
    let customer = app.customer(&trip.customer.id);
    app.agent()
        .must("decideClaim", "ClaimDecided", refusal(&claim), CLAIM)
        .await;
    let appeal = |version| json!({ "claimId": claim["id"], "expectedVersion": version, "reason": "Look again." });
    let appealed = customer
        .must("appealClaim", "ClaimAppealed", appeal(2), CLAIM)
        .await["claim"]
        .clone();
    let refused = app
        .actor(Role::CustomerAffairs)
        .must("decideClaim", "ClaimDecided", refusal(&appealed), CLAIM)
        .await;
    assert!(
        refused["claim"]["appealPath"]
            .as_str()
            .unwrap()
            .starts_with("Two people"),
        "{refused:#}"
    );
    let again = customer.run("appealClaim", appeal(4), "").await;
    assert_eq!(
        (&again["code"], &again["from"]),
        (&json!("TRANSITION_NOT_ALLOWED"), &json!("REFUSED"))
    );
});

on_both!(
    a_refusal_of_the_airlines_own_claim_is_appealed_too,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "72").await;
        let claim = trip.claims(&app).await[0].clone();
        let mut refuse = refusal(&claim);
        refuse["establishedFacts"] = json!({ "isExtraordinary": true });
        app.actor(Role::CustomerAffairs)
            .must("decideClaim", "ClaimDecided", refuse, CLAIM)
            .await;
        let appeal =
            json!({ "claimId": claim["id"], "expectedVersion": 2, "reason": "Others landed." });
        let appealed = app
            .customer(&trip.customer.id)
            .must("appealClaim", "ClaimAppealed", appeal, CLAIM)
            .await["claim"]
            .clone();
        let mut approve = json!({ "claimId": claim["id"], "expectedVersion": appealed["version"], "decision": "APPROVE" });
        approve["establishedFacts"] = json!({ "isExtraordinary": false });
        let decided = app
            .actor(Role::CmpManager)
            .must("decideClaim", "ClaimDecided", approve, CLAIM)
            .await;
        assert_eq!(decided["claim"]["status"], "APPROVED");
        let letters = app.picture().await;
        for domain in ["profile", "case", "compensation"] {
            assert_eq!(letters.count(&format!("{domain}_dead_letter")), 0);
        }
    }
);
