//! The notice of the law, and what is told where no law asks.

use serde_json::json;
use tests::{
    App, MailServer,
    build::{NewFlight, NewOrder},
};

use super::{ADDRESS, kinds, reachable, told, trip_on, wish, with_mail};

with_mail!(
    a_cancelled_flight_is_told_with_the_rights_it_gives,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        trip.flight.cancel(&app, "41").await;
        app.send().await;

        let letters = mail.letters();
        let notice = letters
            .iter()
            .find(|letter| letter.header("Subject") == "Your rights: flight EK46 is cancelled")
            .expect("a notice");
        assert_eq!(notice.recipients, [ADDRESS]);
        assert_eq!(notice.header("Auto-Submitted"), "auto-generated");
        let text = notice.part("text/plain");
        for part in [
            "Amara Okafor",
            "Frankfurt am Main (FRA)",
            "Dubai (DXB)",
            "Monday 30 November 2026 at 09:00 (local time)",
            "EUR 600",
            "Luftfahrt-Bundesamt",
            "at the earliest opportunity",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(
            notice
                .part("text/html")
                .contains("<html lang=\"en\" dir=\"ltr\">")
        );
    }
);

with_mail!(
    each_passenger_is_told_once_whatever_is_repeated,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        NewOrder::of(&trip.customer)
            .adults(2)
            .flying(&[&trip.flight])
            .place(&app)
            .await;
        trip.flight.delay(&app, 245, "41").await;
        trip.flight.delay(&app, 245, "41").await;
        app.send().await;
        app.send().await;

        let notices =
            |kinds: Vec<String>| kinds.iter().filter(|kind| *kind == "RIGHTS_NOTICE").count();
        assert_eq!(notices(kinds(&app, &trip.customer).await), 3);
        let sent = mail.letters();
        let sent = sent
            .iter()
            .filter(|letter| letter.header("Subject").contains("delayed"));
        assert_eq!(sent.count(), 3);
    }
);

with_mail!(
    a_correction_is_told_and_a_restoration_takes_it_back,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        for minutes in [130, 137, 200] {
            trip.flight.delay(&app, minutes, "72").await;
        }
        trip.flight.cancel(&app, "72").await;
        trip.flight.restore(&app).await;
        app.send().await;

        let told = told(&app, &trip.customer).await;
        let told: Vec<_> = told
            .iter()
            .filter(|one| one["kind"].as_str().unwrap().starts_with("RIGHTS"))
            .map(|one| {
                (
                    one["kind"].as_str().unwrap(),
                    one["corrects"]["kind"].as_str(),
                )
            })
            .collect();
        let before = Some("RIGHTS_NOTICE");
        assert_eq!(
            told,
            [
                ("RIGHTS_NOTICE_WITHDRAWN", before),
                ("RIGHTS_NOTICE", before),
                ("RIGHTS_NOTICE", before),
                ("RIGHTS_NOTICE", None),
            ]
        );
        let corrected = mail
            .letters()
            .iter()
            .filter(|letter| {
                letter
                    .part("text/plain")
                    .contains("takes the place of the one we sent you before")
            })
            .count();
        assert_eq!(corrected, 2);
    }
);

with_mail!(
    less_than_two_hours_is_no_news,
    async |app: App, mail: MailServer| {
        let trip = reachable(&app).await;
        trip.flight.delay(&app, 119, "41").await;
        app.send().await;
        assert!(kinds(&app, &trip.customer).await.is_empty());
        assert!(mail.letters().is_empty());
    }
);

with_mail!(
    where_no_law_asks_it_is_a_service,
    async |app: App, mail: MailServer| {
        let trip = trip_on(&app, NewFlight::of("DL", 418, "JFK", "LAX")).await;
        wish(&app, &trip.customer, json!({ "isMailWanted": false })).await;
        trip.flight.cancel(&app, "41").await;
        app.send().await;

        let told = told(&app, &trip.customer).await;
        let disrupted = told.iter().find(|one| one["kind"] == "JOURNEY_DISRUPTED");
        let disrupted = disrupted.expect("a message");
        assert_eq!(disrupted["class"], "SERVICE");
        assert_eq!(disrupted["words"]["title"], "Flight DL418 is cancelled");
        assert!(mail.letters().is_empty());
    }
);
