use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{
        Trip,
        baggage::{REPORT, delayed, missing, spent},
        claim::{CLAIM, paid},
    },
    on_both,
};

/// Amount, status and law of each claim, the newest first.
async fn claims(app: &App, trip: &Trip) -> Vec<(i64, String, String)> {
    let claims = trip.claims(app).await;
    let text = |claim: &Value, name: &str| claim[name].as_str().unwrap().to_owned();
    claims
        .iter()
        .map(|claim| {
            let amount = claim["amount"]["amountMinor"].as_i64().unwrap();
            (amount, text(claim, "status"), text(claim, "regime"))
        })
        .collect()
}

fn under_review(amount: i64) -> (i64, String, String) {
    (amount, "NEEDS_REVIEW".to_owned(), "MONTREAL".to_owned())
}

on_both!(
    what_was_spent_because_of_a_bag_is_claimed_by_the_airline,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let report = missing(&app, &trip).await;
        assert_eq!(
            (&report["case"]["type"], &report["complainedOn"]),
            (&json!("BAGGAGE_DELAYED"), &json!("2026-11-20"))
        );
        assert_eq!(report["flight"]["designator"], "EK46");
        assert_eq!(claims(&app, &trip).await, [], "nothing is spent yet");

        spent(&app, &trip, &report, 24_000).await;
        assert_eq!(claims(&app, &trip).await, [under_review(24_000)]);
        let claim = trip.claims(&app).await[0].clone();
        assert_eq!(
            (&claim["kind"], &claim["basis"], &claim["case"]["id"]),
            (
                &json!("DAMAGES_CAP"),
                &json!("Art 19, 22(2)"),
                &report["case"]["id"]
            )
        );
        assert!(
            claim["reviewReasons"][0]
                .as_str()
                .unwrap()
                .starts_with("Hold the receipts")
        );
        assert_eq!(
            trip.cases(&app).await.len(),
            1,
            "the claim is on the case of the bag"
        );

        spent(&app, &trip, &report, 5_000).await;
        assert_eq!(claims(&app, &trip).await, [under_review(29_000)]);
        let reference = report["reference"].as_str().unwrap();
        let timeline = trip.timeline(&app).await;
        for line in [
            format!("Baggage {reference} reported delayed"),
            format!("Expense noted for baggage {reference}"),
        ] {
            assert!(timeline.contains(&line), "{timeline:?}");
        }
        assert_eq!(app.picture().await.count("compensation_dead_letter"), 0);
    }
);

on_both!(
    a_report_is_made_once_however_often_it_comes,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let customer = app.customer(&trip.customer.id);
        let input = delayed(&app, &trip);
        let first = customer
            .must("reportBaggage", "BaggageReported", input.clone(), REPORT)
            .await;
        let before = app.picture().await;
        let again = customer
            .must("reportBaggage", "BaggageReported", input.clone(), REPORT)
            .await;
        assert_eq!(again, first);
        let mut by_reference = input;
        for gone in ["station", "airline", "idempotencyKey"] {
            by_reference.as_object_mut().unwrap().remove(gone);
        }
        by_reference["reference"] = first["report"]["reference"].clone();
        let stands = customer
            .must("reportBaggage", "BaggageReportStands", by_reference, REPORT)
            .await;
        assert_eq!(stands["report"]["id"], first["report"]["id"]);
        before.assert_same(&app.picture().await, "the same report again");
    }
);

on_both!(
    what_is_lost_is_paid_up_to_the_limit_of_the_law,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let report = missing(&app, &trip).await;
        let report = spent(&app, &trip, &report, 300_000).await;
        let lost = json!({
            "reportId": report["id"], "expectedVersion": report["version"], "to": "LOST", "isLossAdmitted": true,
        });
        let agent = app.agent();
        let lost = agent
            .must("changeBaggageState", "BaggageStateChanged", lost, REPORT)
            .await;
        assert_eq!(lost["report"]["case"]["type"], "BAGGAGE_LOST");
        app.deliver().await;
        // 1,519 rights at 1.21273441 euro, the rate of 30 October 2026.
        assert_eq!(claims(&app, &trip).await, [under_review(184_214)]);
        assert_eq!(trip.claims(&app).await[0]["basis"], "Art 17(2), 22(2)");
    }
);

on_both!(
    what_is_spent_after_payment_is_paid_on_top,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let report = missing(&app, &trip).await;
        spent(&app, &trip, &report, 10_000).await;
        let claim = trip.claims(&app).await[0].clone();
        let grant = json!({ "claimId": claim["id"], "expectedVersion": claim["version"], "decision": "APPROVE" });
        let granted = app
            .agent()
            .must("decideClaim", "ClaimDecided", grant, CLAIM)
            .await["claim"]
            .clone();
        paid(&app, &trip, &granted).await;
        spent(&app, &trip, &report, 4_000).await;
        assert_eq!(
            claims(&app, &trip).await,
            [
                under_review(4_000),
                (10_000, "PAID".to_owned(), "MONTREAL".to_owned())
            ]
        );
    }
);

on_both!(a_flight_and_a_bag_are_two_matters, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "41").await;
    let report = missing(&app, &trip).await;
    spent(&app, &trip, &report, 10_000).await;
    let mut both = claims(&app, &trip).await;
    both.sort();
    let of_course = (60_000, "APPROVED".to_owned(), "EU261".to_owned());
    assert_eq!(both, [under_review(10_000), of_course.clone(), of_course]);
    trip.flight.restore(&app).await;
    let statuses = claims(&app, &trip).await;
    let standing = statuses.iter().filter(|claim| claim.1 == "NEEDS_REVIEW");
    assert_eq!(
        standing.count(),
        1,
        "the bag is still missing: {statuses:?}"
    );
});

/// What the customer of a trip was told about baggage, the latest first.
async fn told(trip: &Trip, app: &App) -> Vec<String> {
    let read = "notifications(first: 20) { nodes { kind } }";
    let read = trip.customer.read(app, read).await;
    let kinds = read["notifications"]["nodes"].as_array().unwrap().iter();
    kinds
        .map(|told| told["kind"].as_str().unwrap().to_owned())
        .filter(|kind| kind.starts_with("BAGGAGE"))
        .collect()
}

on_both!(
    who_may_treat_a_bag_as_lost_is_told_so_once,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let report = missing(&app, &trip).await;
        app.later(TimeDelta::days(19));
        assert_eq!(app.tell_of_periods().await, 0, "the 20th day");
        app.later(TimeDelta::days(1));
        assert_eq!(
            (app.tell_of_periods().await, app.tell_of_periods().await),
            (1, 0)
        );
        assert_eq!(told(&trip, &app).await, ["BAGGAGE_DEEMED_LOST"]);
        let read =
            "query($id: ID!) { case(id: $id) { history(first: 20) { nodes { kind newValue } } } }";
        let case = app
            .agent()
            .ask_with(read, json!({ "id": report["case"]["id"] }))
            .await;
        let history = case.list("/case/history/nodes");
        let period = json!({ "kind": "BAGGAGE_PERIOD", "newValue": "LOSS" });
        assert!(history.contains(&period), "{history:?}");
    }
);

on_both!(
    who_can_still_complain_is_told_before_the_last_day,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let mut damaged = delayed(&app, &trip);
        let fields = damaged.as_object_mut().unwrap();
        fields.extend([
            ("kind".to_owned(), json!("DAMAGED")),
            ("receivedOn".to_owned(), json!("2026-11-20")),
            ("customerId".to_owned(), json!(trip.customer.id)),
            ("isComplaintInWriting".to_owned(), json!(false)),
        ]);
        let agent = app.agent();
        let made = agent.must("reportBaggage", "BaggageReported", damaged, REPORT);
        made.await;
        app.later(TimeDelta::days(3));
        assert_eq!(app.tell_of_periods().await, 0, "four days are left");
        app.later(TimeDelta::days(1));
        assert_eq!(
            (app.tell_of_periods().await, app.tell_of_periods().await),
            (1, 0)
        );
        assert_eq!(told(&trip, &app).await, ["BAGGAGE_COMPLAINT_DUE"]);
    }
);
