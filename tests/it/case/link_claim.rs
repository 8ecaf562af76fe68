use serde_json::json;
use tests::{
    App,
    build::{NewCase, Trip},
    on_both,
};

on_both!(
    a_settled_claim_is_put_on_a_case_and_both_sides_know,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "41").await;
        let claim = trip.claims(&app).await[0]["id"].clone();
        let case = NewCase::of("COMPENSATION", &trip.customer).open(&app).await;
        let input = json!({ "caseId": case.id, "claimId": claim });
        app.agent()
            .must("linkClaim", "ClaimLinked", input.clone(), "case { id }")
            .await;
        app.agent()
            .must("linkClaim", "ClaimLinked", input, "case { id }")
            .await;
        app.deliver().await;
        assert_eq!(
            case.read(&app, "claims { nodes { id case { reference } } }")
                .await["claims"]["nodes"],
            json!([{ "id": claim, "case": { "reference": case.reference } }])
        );
        assert_eq!(
            case.read(&app, "history { nodes { kind } }").await["history"]["nodes"]
                .as_array()
                .unwrap()
                .len(),
            2,
            "linking twice is linking once"
        );
    }
);

on_both!(a_claim_is_on_one_case, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "72").await;
    let claim = trip.claims(&app).await[0]["id"].clone();
    let case = NewCase::of("COMPENSATION", &trip.customer).open(&app).await;
    let before = app.picture().await;
    assert_eq!(
        app.agent()
            .run(
                "linkClaim",
                json!({ "caseId": case.id, "claimId": claim }),
                ""
            )
            .await["code"],
        "CONFLICT"
    );
    assert_eq!(
        app.agent()
            .run(
                "linkClaim",
                json!({ "caseId": app.key(), "claimId": claim }),
                ""
            )
            .await["code"],
        "NOT_FOUND"
    );
    let refused = app
        .agent()
        .run(
            "linkClaim",
            json!({ "caseId": case.id, "claimId": "mine" }),
            "",
        )
        .await;
    assert_eq!(refused["fields"][0]["path"], json!(["input", "claimId"]));
    before.assert_same(&app.picture().await, "a refusal");
});
