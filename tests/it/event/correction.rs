//! What is corrected is decided again, through the whole pipeline.

use serde_json::{Value, json};
use tests::{App, build::Trip, on_both};

fn statuses(claims: &[Value]) -> Vec<&str> {
    claims
        .iter()
        .map(|claim| claim["status"].as_str().unwrap())
        .collect()
}

fn amounts(claims: &[Value]) -> Vec<i64> {
    claims
        .iter()
        .map(|claim| claim["amount"]["amountMinor"].as_i64().unwrap())
        .collect()
}

on_both!(
    a_delay_that_grows_from_2_h_50_to_4_h_10_opens_claims,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 170, "41").await;
        assert_eq!(trip.claims(&app).await, Vec::<Value>::new());
        trip.flight.delay(&app, 250, "41").await;
        let claims = trip.claims(&app).await;
        assert_eq!(amounts(&claims), [60_000, 60_000]);
        assert_eq!(statuses(&claims), ["APPROVED", "APPROVED"]);
    }
);

on_both!(
    a_withdrawn_cancellation_closes_what_followed_and_keeps_the_history,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.cancel(&app, "41").await;
        let claims = trip.claims(&app).await;
        assert!(!claims.is_empty());
        assert!(!statuses(&claims).contains(&"WITHDRAWN"), "{claims:#?}");

        trip.flight.restore(&app).await;
        let after = trip.claims(&app).await;
        assert_eq!(after.len(), claims.len());
        for claim in &after {
            let steps = claim["history"]["nodes"].as_array().unwrap();
            assert_eq!(claim["status"], "WITHDRAWN", "{claim:#}");
            assert!(
                steps.len() >= 2 && steps[0]["toStatus"] != "WITHDRAWN",
                "{steps:#?}"
            );
        }
        assert_eq!(trip.incident(&app).await["status"], "CLOSED");
        assert_eq!(
            trip.flight.read(&app, "status cause { code }").await,
            json!({ "status": "SCHEDULED", "cause": null })
        );
    }
);

on_both!(
    a_flight_that_is_cancelled_again_is_decided_again,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.cancel(&app, "41").await;
        let first = trip.claims(&app).await;
        trip.flight.restore(&app).await;
        trip.flight.cancel(&app, "41").await;
        let again = trip.claims(&app).await;
        let open: Vec<&Value> = again
            .iter()
            .filter(|claim| claim["status"] != "WITHDRAWN")
            .collect();
        assert_eq!(open.len(), first.len(), "{again:#?}");
        assert_eq!(trip.incident(&app).await["status"], "OPEN");
    }
);

on_both!(
    a_delay_that_shrinks_below_the_threshold_takes_claims_back,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 250, "41").await;
        trip.flight.delay(&app, 100, "41").await;
        assert_eq!(
            statuses(&trip.claims(&app).await),
            ["WITHDRAWN", "WITHDRAWN"]
        );
    }
);

on_both!(a_restored_flight_can_be_late, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.cancel(&app, "41").await;
    trip.flight.restore(&app).await;
    trip.flight.delay(&app, 250, "41").await;
    let claims = trip.claims(&app).await;
    let open: Vec<&Value> = claims
        .iter()
        .filter(|claim| claim["status"] != "WITHDRAWN")
        .collect();
    assert_eq!(open.len(), 2, "{claims:#?}");
    assert!(
        open.iter()
            .all(|claim| claim["amount"]["amountMinor"] == 60_000)
    );
});
