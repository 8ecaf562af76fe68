//! What is told of claims.

use serde_json::json;
use tests::{App, MailServer};

use super::{kinds, reachable, with_mail};

/// A storm: a person has to look at it.
const STORM: &str = "72";

with_mail!(
    a_claim_is_told_when_it_opens_and_when_it_is_refused,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        trip.flight.delay(&app, 245, STORM).await;
        let claim = trip.claims(&app).await[0].clone();
        let decision = json!({ "claimId": claim["id"], "expectedVersion": claim["version"], "decision": "REFUSE",
            "basis": "Art 5(3)", "reason": "The storm closed the airport." });
        app.administrator()
            .must("decideClaim", "ClaimDecided", decision, "claim { status }")
            .await;
        app.send().await;

        let told = kinds(&app, &trip.customer).await;
        assert_eq!(told, ["CLAIM_REFUSED", "CLAIM_OPENED", "RIGHTS_NOTICE"]);
        let letters = mail.letters();
        let text = |subject: &str| {
            let letter = letters
                .iter()
                .find(|letter| letter.header("Subject").starts_with(subject));
            letter.expect("a letter").part("text/plain")
        };
        assert!(text("We examine what you are owed").contains("EUR 600.00"));
        let refusal = text("Your claim for flight EK46 is refused");
        assert!(
            refusal.contains("another person looks at it again"),
            "{refusal}"
        );
        assert!(
            !refusal.contains("storm"),
            "what a person wrote stays in the claim"
        );
    }
);

with_mail!(
    a_claim_without_a_question_is_told_with_its_amount,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        trip.flight.delay(&app, 245, "41").await;
        app.send().await;
        assert_eq!(
            kinds(&app, &trip.customer).await,
            ["CLAIM_APPROVED", "RIGHTS_NOTICE"]
        );
        let subjects: Vec<String> = mail
            .letters()
            .iter()
            .map(|letter| letter.header("Subject"))
            .collect();
        assert!(
            subjects.contains(&"EUR 600.00 is yours for flight EK46".to_owned()),
            "{subjects:?}"
        );
    }
);
