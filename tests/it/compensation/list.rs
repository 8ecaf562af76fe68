use serde_json::{Value, json};
use tests::{
    App,
    build::{NewFlight, NewOrder, Trip},
    on_both, walk,
};

on_both!(
    claims_are_filtered_by_status_law_customer_and_date,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "41").await;
        let domestic = Trip::on(&app, NewFlight::of("DL", 418, "JFK", "LAX")).await;
        domestic.flight.cancel(&app, "41").await;
        for (filter, count) in [
            (Value::Null, 4),
            (json!({ "status": "APPROVED" }), 2),
            (json!({ "status": "PAID" }), 0),
            (json!({ "regime": "US_DOT" }), 2),
            (json!({ "customerId": trip.customer.id }), 2),
            (
                json!({ "customerId": trip.customer.id, "regime": "US_DOT" }),
                0,
            ),
            (json!({ "dueBefore": "2026-01-01" }), 0),
            (json!({ "dueBefore": "2028-01-01" }), 4),
        ] {
            let query = "query($filter: ClaimFilter) { claims(filter: $filter, first: 50) { nodes { id } } }";
            assert_eq!(
                app.agent()
                    .ask_with(query, json!({ "filter": filter }))
                    .await
                    .list("/claims/nodes")
                    .len(),
                count,
                "{filter}"
            );
        }
    }
);

on_both!(
    pages_have_no_gap_where_claims_are_due_on_one_day,
    async |app: App| {
        let trip = Trip::new(&app).await;
        NewOrder::of(&trip.customer)
            .adults(6)
            .flying(&[&trip.flight])
            .place(&app)
            .await;
        trip.flight.delay(&app, 245, "41").await;
        let own = format!("customer(id: \"{}\") {{ claims(PAGE)", trip.customer.id);
        for list in ["claims(PAGE)", "claims(sort: OPENED_AT, PAGE)", &own] {
            let (forward, backward) = (
                walk::forward(&app.agent(), list, 3).await,
                walk::backward(&app.agent(), list, 3).await,
            );
            assert_eq!((forward.len(), &forward), (8, &backward), "{list}");
        }
    }
);

on_both!(a_claim_shows_how_it_was_decided, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 200, "41").await;
    trip.flight.delay(&app, 250, "41").await;
    let query = "query($id: ID!) { claim(id: $id) { dueBy trace { ruleId ruleVersion why distanceKm inputsHash } disruption { kind arrivalDelayMinutes causeCode flightDesignator assessments(first: 100) { nodes { regime answer } } } } }";
    let answer = app
        .agent()
        .ask_with(query, json!({ "id": trip.claims(&app).await[0]["id"] }))
        .await;
    let claim = answer.at("/claim");
    assert_eq!(
        (
            &claim["trace"]["ruleId"],
            &claim["disruption"]["arrivalDelayMinutes"],
            &claim["disruption"]["causeCode"]
        ),
        (&json!("EU261-DELAY"), &json!(250), &json!("41"))
    );
    assert!(
        (4_800.0..4_900.0).contains(&claim["trace"]["distanceKm"].as_f64().unwrap()),
        "{claim:#}"
    );
    let answers = claim["disruption"]["assessments"]["nodes"]
        .as_array()
        .unwrap();
    let about_money = answers
        .iter()
        .filter(|assessment| assessment["answer"] != "assistance");
    assert_eq!(about_money.count(), 4, "two laws, asked twice");
});
