//! What is told of cases.

use serde_json::json;
use tests::{App, MailServer, build::NewCase};

use super::{kinds, person, with_mail};

with_mail!(
    a_case_is_told_when_it_opens_is_answered_and_resolved,
    async |app: App, mail: MailServer| {
        let customer = person().create(&app).await;
        let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
        let comment = |text: &str, visibility: &str| json!({ "caseId": case.id, "text": text, "visibility": visibility });
        let own = json!({ "caseId": case.id, "text": "And nobody helped." });
        let commented = "comment { id }";
        let (agent, client) = (app.agent(), app.customer(&customer.id));
        client
            .must("commentOnCase", "CaseCommented", own, commented)
            .await;
        agent
            .must(
                "commentOnCase",
                "CaseCommented",
                comment("A fraud?", "INTERNAL"),
                commented,
            )
            .await;
        agent
            .must(
                "commentOnCase",
                "CaseCommented",
                comment("We are sorry.", "PUBLIC"),
                commented,
            )
            .await;
        case.bring(&app, &["TRIAGED"]).await;
        app.send().await;

        assert_eq!(
            kinds(&app, &customer).await,
            ["CASE_ANSWERED", "CASE_OPENED"]
        );
        let letters = mail.letters();
        assert_eq!(letters.len(), 2);
        for letter in &letters {
            assert!(letter.header("Subject").contains(&case.reference));
            assert!(!letter.part("text/plain").contains("sorry"));
        }
    }
);
