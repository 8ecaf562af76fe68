use serde_json::json;
use tests::{
    App,
    build::{NewCustomer, Trip, claim::filed},
    on_both,
};

/// `%PDF-1.7` in Base64.
const PDF: &str = "JVBERi0xLjc=";

on_both!(evidence_is_kept_with_the_claim, async |app: App| {
    let trip = Trip::new(&app).await;
    let claim = filed(&app, &trip).await;
    let customer = app.customer(&trip.customer.id);
    let input = json!({
        "claimId": claim["id"], "kind": "RECEIPT", "description": "Two shirts, paid with 4111 1111 1111 1111.",
        "file": { "name": "shirts.pdf", "contentType": "application/pdf", "content": PDF }, "idempotencyKey": app.key(),
    });
    let selection = "evidenceId claim { evidence { nodes { id kind description fileName size sha256 content } } }";
    let added = customer
        .must(
            "addClaimEvidence",
            "ClaimEvidenceAdded",
            input.clone(),
            selection,
        )
        .await;
    let piece = &added["claim"]["evidence"]["nodes"][0];
    assert_eq!(
        (&piece["id"], &piece["size"], &piece["content"]),
        (&added["evidenceId"], &json!(8), &json!(PDF))
    );
    assert!(
        !piece["description"].as_str().unwrap().contains("4111"),
        "{piece:#}"
    );
    assert_eq!(
        customer
            .must("addClaimEvidence", "ClaimEvidenceAdded", input, selection)
            .await,
        added,
        "once for a key"
    );
});

on_both!(what_is_no_evidence_is_refused, async |app: App| {
    let trip = Trip::new(&app).await;
    let claim = filed(&app, &trip).await;
    let stranger = NewCustomer::named("Khoury").create(&app).await;
    let before = app.picture().await;
    let evidence = |file| json!({ "claimId": claim["id"], "kind": "PHOTO", "description": "It.", "file": file, "idempotencyKey": app.key() });
    let customer = app.customer(&trip.customer.id);
    for (name, kind, content, path) in [
        ("../x.pdf", "application/pdf", PDF, "name"),
        ("x.exe", "application/x-msdownload", PDF, "contentType"),
        ("x.png", "image/png", PDF, "content"),
        ("x.pdf", "application/pdf", "no base64!", "content"),
    ] {
        let refused = customer
            .run(
                "addClaimEvidence",
                evidence(json!({ "name": name, "contentType": kind, "content": content })),
                "",
            )
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "file", path]),
            "{refused:#}"
        );
    }
    let foreign = app
        .customer(&stranger.id)
        .run("addClaimEvidence", evidence(json!(null)), "")
        .await;
    assert_eq!(foreign["code"], "NOT_FOUND");
    before.assert_same(&app.picture().await, "a refusal");
});
