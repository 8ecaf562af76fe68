//! What customers want, and where the law does not ask.

use chrono::TimeDelta;
use serde_json::json;
use tests::{
    App, MailServer,
    build::{NewCase, NewCustomer},
};

use super::{ADDRESS, kinds, mail_of_last, person, reachable, told, wish, with_mail};

with_mail!(
    quiet_hours_hold_what_is_a_service,
    async |app: App, mail: MailServer| {
        // It is midnight in Los Angeles.
        let customer = person().with("homeAirport", "LAX").create(&app).await;
        NewCase::of("COMPLAINT", &customer).open(&app).await;
        app.send().await;
        let held = mail_of_last(&app, &customer).await;
        assert_eq!(
            (&held["state"], &held["reason"], &held["dueAt"]),
            (
                &json!("QUEUED"),
                &json!("QUIET_HOURS"),
                &json!("2026-11-20T15:00:00+00:00")
            )
        );
        assert!(mail.letters().is_empty());

        app.later(TimeDelta::hours(7));
        app.send().await;
        assert_eq!(mail.letters().len(), 1);
    }
);

with_mail!(
    the_law_asks_neither_what_time_it_is_nor_what_somebody_wants,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        let night = json!({ "from": "00:00", "until": "23:59" });
        let wanted = json!({ "isMailWanted": false, "isInAppWanted": false, "quietHours": night, "timeZone": "UTC" });
        wish(&app, &trip.customer, wanted).await;
        trip.flight.delay(&app, 245, "41").await;
        app.send().await;

        let letters = mail.letters();
        let subjects: Vec<String> = letters
            .iter()
            .map(|letter| letter.header("Subject"))
            .collect();
        assert_eq!(subjects, ["Your rights: flight EK46 is delayed"]);
        let told = told(&app, &trip.customer).await;
        let shown: Vec<_> = told
            .iter()
            .map(|one| {
                (
                    one["kind"].as_str().unwrap(),
                    one["isInApp"].as_bool().unwrap(),
                )
            })
            .collect();
        assert_eq!(shown, [("CLAIM_APPROVED", false), ("RIGHTS_NOTICE", true)]);
        let claim = &told[0]["deliveries"];
        for delivery in claim.as_array().unwrap() {
            assert_eq!(
                (&delivery["state"], &delivery["reason"]),
                (&json!("SUPPRESSED"), &json!("PREFERENCE"))
            );
        }
    }
);

with_mail!(
    who_has_no_address_finds_it_among_their_own,
    async |app: App, mail: MailServer| {
        let customer = NewCustomer::named("Okafor").create(&app).await;
        NewCase::of("COMPLAINT", &customer).open(&app).await;
        app.send().await;
        assert_eq!(mail_of_last(&app, &customer).await["reason"], "NO_ADDRESS");
        assert_eq!(kinds(&app, &customer).await, ["CASE_OPENED"]);
        assert!(mail.letters().is_empty());
    }
);

with_mail!(
    who_reads_arabic_is_written_to_in_arabic,
    async |app: App, mail: MailServer| {
        let customer = person()
            .with("givenName", "أمل")
            .with("familyName", "حداد")
            .with("travelDocumentGivenName", "AMAL")
            .with("travelDocumentFamilyName", "HADDAD")
            .with("language", "ar-AE");
        let customer = customer.create(&app).await;
        let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
        app.send().await;
        let letters = mail.letters();
        assert_eq!(letters[0].header("Content-Language"), "ar");
        assert!(letters[0].header("To").contains("أمل حداد"));
        assert!(letters[0].header("Subject").contains("وصلتنا حالتكم"));
        assert!(letters[0].part("text/html").contains("dir=\"rtl\""));
        assert!(letters[0].part("text/plain").contains(&case.reference));
        assert_eq!(letters[0].recipients, [ADDRESS]);
        let words = &told(&app, &customer).await[0]["words"];
        assert!(
            words["title"].as_str().unwrap().contains("وصلتنا"),
            "{words}"
        );
    }
);

with_mail!(
    what_cannot_be_wanted_is_refused,
    async |app: App, _: MailServer| {
        let customer = person().create(&app).await;
        let input = json!({ "expectedVersion": 0, "isMailWanted": true, "isInAppWanted": true, "timeZone": "Asia/Nowhere",
            "quietHours": { "from": "25:00", "until": "7" } });
        let client = app.customer(&customer.id);
        let refused = client.run("setChannelPreference", input, "").await;
        let paths: Vec<String> = refused["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"].to_string())
            .collect();
        assert_eq!(paths.len(), 3, "{refused:#}");

        let input = json!({ "expectedVersion": 3, "isMailWanted": true, "isInAppWanted": true });
        let stale = client.run("setChannelPreference", input, "").await;
        assert_eq!(
            (&stale["code"], &stale["current"]),
            (&json!("STALE_VERSION"), &json!(0))
        );
    }
);
