use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, build::Trip, on_both};

/// A trip with two claims that a person has to look at, and the first of them.
async fn open_question(app: &App) -> (Trip, Value) {
    let trip = Trip::new(app).await;
    trip.flight.delay(app, 245, "72").await;
    let claim = trip.claims(app).await[0].clone();
    (trip, claim)
}

fn decision(claim: &Value, what: &str) -> Value {
    json!({ "claimId": claim["id"], "expectedVersion": claim["version"], "decision": what })
}

const DECIDED: &str = "claim { status version basis amount { formatted } reviewReasons history { nodes { actor reason toStatus } } }";

on_both!(
    a_claim_is_approved_with_the_fact_that_settles_it,
    async |app: App| {
        let (_, claim) = open_question(&app).await;
        let mut approve = decision(&claim, "APPROVE");
        approve["establishedFacts"] = json!({ "isExtraordinary": false });
        approve["reason"] = "Other flights landed in the same hour.".into();
        let decided = app
            .actor(Role::CustomerAffairs)
            .must("decideClaim", "ClaimDecided", approve, DECIDED)
            .await;
        assert_eq!(
            (
                &decided["claim"]["status"],
                &decided["claim"]["amount"]["formatted"]
            ),
            (&json!("APPROVED"), &json!("EUR 600.00"))
        );
        assert_eq!(decided["claim"]["reviewReasons"], json!([]));
        assert_eq!(
            decided["claim"]["history"]["nodes"][1]["reason"],
            "Other flights landed in the same hour."
        );
    }
);

on_both!(
    a_claim_is_refused_by_article_and_stays_so,
    async |app: App| {
        let (trip, claim) = open_question(&app).await;
        let mut refuse = decision(&claim, "REFUSE");
        for (field, value) in [
            ("reason", json!("A thunderstorm closed the airport.")),
            ("basis", json!("Art 5(3)")),
            ("establishedFacts", json!({ "isExtraordinary": true })),
        ] {
            refuse[field] = value;
        }
        let decided = app
            .actor(Role::CmpManager)
            .must("decideClaim", "ClaimDecided", refuse, DECIDED)
            .await;
        assert_eq!(
            (&decided["claim"]["status"], &decided["claim"]["basis"]),
            (&json!("REFUSED"), &json!("Art 5(3)"))
        );
        trip.flight.delay(&app, 300, "72").await;
        let same = trip
            .claims(&app)
            .await
            .into_iter()
            .find(|other| other["id"] == claim["id"])
            .unwrap();
        assert_eq!(
            same["status"], "REFUSED",
            "a correction of the delay does not undo what a person found"
        );
    }
);

on_both!(
    what_a_decision_lacks_or_contradicts_is_told,
    async |app: App| {
        let (_, claim) = open_question(&app).await;
        let before = app.picture().await;
        let manager = app.actor(Role::CmpManager);
        let refused = manager
            .run("decideClaim", decision(&claim, "REFUSE"), "")
            .await;
        assert_eq!(
            (&refused["fields"][0]["path"], &refused["fields"][1]["path"]),
            (&json!(["input", "reason"]), &json!(["input", "basis"]))
        );
        let mut excused = decision(&claim, "APPROVE");
        excused["establishedFacts"] = json!({ "isExtraordinary": true });
        assert_eq!(
            manager.run("decideClaim", excused, "").await["code"],
            "CONFLICT"
        );
        let mut stale = decision(&claim, "APPROVE");
        stale["expectedVersion"] = 7.into();
        assert_eq!(manager.run("decideClaim", stale, "").await["current"], 1);
        let mut unknown = decision(&claim, "APPROVE");
        unknown["claimId"] = app.key().into();
        assert_eq!(
            manager.run("decideClaim", unknown, "").await["code"],
            "NOT_FOUND"
        );
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(a_claim_is_decided_once, async |app: App| {
    let (_, claim) = open_question(&app).await;
    let manager = app.actor(Role::CmpManager);
    let mut approve = decision(&claim, "APPROVE");
    approve["idempotencyKey"] = app.key().into();
    let first = manager
        .must("decideClaim", "ClaimDecided", approve.clone(), DECIDED)
        .await;
    assert_eq!(
        manager
            .must("decideClaim", "ClaimDecided", approve.clone(), DECIDED)
            .await,
        first
    );
    approve["reason"] = "Another one.".into();
    assert_eq!(
        manager.run("decideClaim", approve, "").await["code"],
        "CONFLICT"
    );
    let mut again = decision(&claim, "APPROVE");
    again["expectedVersion"] = 2.into();
    let refused = manager.run("decideClaim", again, "").await;
    assert_eq!(
        (&refused["code"], &refused["from"], &refused["allowed"]),
        (
            &json!("TRANSITION_NOT_ALLOWED"),
            &json!("APPROVED"),
            &json!([])
        )
    );
});
