use serde_json::{Value, json};
use tests::{
    App,
    build::{
        Trip,
        claim::{owed, paid},
    },
    on_both,
};

/// Status and amount of the claims of the passenger of this claim, in the order of their amounts.
async fn of_passenger(app: &App, trip: &Trip, claim: &Value) -> Vec<(String, i64)> {
    let claims = trip.claims(app).await;
    let own = claims
        .iter()
        .filter(|other| other["passengerId"] == claim["passengerId"]);
    let mut own: Vec<_> = own
        .map(|claim| {
            let status = claim["status"].as_str().unwrap().to_owned();
            (status, claim["amount"]["amountMinor"].as_i64().unwrap())
        })
        .collect();
    own.sort();
    own
}

on_both!(
    a_delay_corrected_upwards_after_payment_pays_the_difference_once,
    async |app: App| {
        let (trip, claim) = owed(&app, 200).await;
        paid(&app, &trip, &claim).await;
        trip.flight.delay(&app, 245, "41").await;
        let both = [("APPROVED".to_owned(), 30_000), ("PAID".to_owned(), 30_000)];
        assert_eq!(of_passenger(&app, &trip, &claim).await, both);
        trip.flight.delay(&app, 250, "41").await;
        assert_eq!(of_passenger(&app, &trip, &claim).await, both, "once");

        let on_top = trip.claims(&app).await;
        let on_top = on_top.iter().find(|other| {
            other["status"] == "APPROVED" && other["passengerId"] == claim["passengerId"]
        });
        paid(&app, &trip, on_top.unwrap()).await;
        trip.flight.delay(&app, 260, "41").await;
        let paid_twice = ("PAID".to_owned(), 30_000);
        assert_eq!(
            of_passenger(&app, &trip, &claim).await,
            [paid_twice.clone(), paid_twice],
            "the whole amount is paid, in two parts"
        );
    }
);

on_both!(
    a_delay_corrected_while_the_money_is_on_its_way_waits_for_it,
    async |app: App| {
        let (trip, claim) = owed(&app, 200).await;
        let payout = tests::build::claim::sent(&app, &trip, &claim).await;
        trip.flight.delay(&app, 245, "41").await;
        assert_eq!(
            of_passenger(&app, &trip, &claim).await,
            [("PAYING".to_owned(), 30_000)]
        );
        tests::build::claim::received(&app, &payout).await;
        assert_eq!(
            of_passenger(&app, &trip, &claim).await,
            [("APPROVED".to_owned(), 30_000), ("PAID".to_owned(), 30_000)]
        );
    }
);

on_both!(
    what_was_paid_too_much_is_asked_about_and_not_taken_back,
    async |app: App| {
        let (trip, claim) = owed(&app, 245).await;
        paid(&app, &trip, &claim).await;
        trip.flight.delay(&app, 200, "41").await;
        let read = async || {
            let claims = trip.claims(&app).await;
            let own = claims.iter().find(|other| other["id"] == claim["id"]);
            own.unwrap().clone()
        };
        let asked = read().await;
        assert_eq!(asked["status"], "PAID");
        assert_eq!(
            asked["reviewReasons"],
            json!([
                "More was paid than is due: EUR 600.00 was paid, and on what is known now EUR 300.00 is due. Nothing is taken back without a person's decision."
            ])
        );
        let cases = trip.cases(&app).await;
        assert_eq!(
            asked["case"]["id"], cases[0]["id"],
            "a person is asked: {cases:?}"
        );

        trip.flight.delay(&app, 201, "41").await;
        assert_eq!(read().await, asked, "once");
        trip.flight.delay(&app, 245, "41").await;
        assert_eq!(
            read().await["reviewReasons"],
            json!([]),
            "nothing to ask any more"
        );
        assert_eq!(
            of_passenger(&app, &trip, &claim).await,
            [("PAID".to_owned(), 60_000)]
        );
    }
);
