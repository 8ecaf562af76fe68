use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, build::Trip, on_both};

const QUERY: &str = "query($id: ID!, $options: [ExposureOptionInput!]!) { flight(id: $id) {
    punctuality { basis flightCount }
    exposureOf(options: $options) {
        sampleCount entitledPassengers { p50 p95 } missedConnections { p50 } deniedBoardings { p50 } downgrades { p50 }
        totals { p50 { currency amountMinor } p95 { amountMinor } }
        byRegime { regime amount { p50 { amountMinor } } passengers { p50 } hasOpenQuestions }
    } } }";

fn delays(minutes: &[i32]) -> Value {
    minutes
        .iter()
        .map(|minutes| json!({ "delay": { "departureDelayMinutes": minutes, "causeCode": "41" } }))
        .collect()
}

on_both!(
    the_cost_of_each_option_is_known_before_deciding,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let before = app.picture().await;
        let answer = app
            .actor(Role::CmpManager)
            .ask_with(
                QUERY,
                json!({ "id": trip.flight.id, "options": delays(&[100, 245]) }),
            )
            .await
            .data()
            .clone();
        let totals: Vec<&Value> = answer["flight"]["exposureOf"]
            .as_array()
            .unwrap()
            .iter()
            .map(|option| &option["totals"])
            .collect();
        assert_eq!(totals[0], &json!([]));
        assert_eq!(
            totals[1][0]["p50"],
            json!({ "currency": "EUR", "amountMinor": 120_000 })
        );
        before.assert_same(&app.picture().await, "a question");
    }
);

on_both!(what_was_foretold_is_what_comes, async |app: App| {
    let trip = Trip::new(&app).await;
    let manager = app.actor(Role::CmpManager);
    let variables = json!({ "id": trip.flight.id, "options": delays(&[245]) });
    let foretold = manager.ask_with(QUERY, variables).await.data().clone();
    trip.flight.delay(&app, 245, "41").await;
    let exposure = "exposure { openAmounts { currency amountMinor } }";
    assert_eq!(
        trip.flight.read(&app, exposure).await["exposure"]["openAmounts"][0],
        foretold["flight"]["exposureOf"][0]["totals"][0]["p50"]
    );
});

on_both!(options_that_cannot_be_are_refused, async |app: App| {
    let trip = Trip::new(&app).await;
    for (options, text) in [
        (delays(&[-1]), "options.0.delay.departureDelayMinutes"),
        (json!([{}]), "options.0: Give exactly one"),
        (delays(&[]), "Between one and 10"),
        (delays(&[60; 11]), "Between one and 10"),
    ] {
        let answer = app
            .actor(Role::CmpManager)
            .ask_with(QUERY, json!({ "id": trip.flight.id, "options": options }))
            .await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        assert!(answer.message().contains(text), "{text}");
    }
});

on_both!(
    options_are_weighed_by_those_who_answer_for_it,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let variables = json!({ "id": trip.flight.id, "options": delays(&[245]) });
        for (role, codes) in [
            (Role::CmpManager, vec![]),
            (Role::Operations, vec![]),
            (Role::ContactCentreAgent, vec!["FORBIDDEN"]),
        ] {
            let answer = app.actor(role).ask_with(QUERY, variables.clone()).await;
            assert_eq!(answer.codes(), codes, "{role:?}");
        }
    }
);

on_both!(
    a_smaller_aircraft_costs_what_those_without_a_seat_are_owed,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let swap = |economy: i32, rerouting: Value| json!({ "swap": { "seats": { "economy": economy }, "rerouting": rerouting } });
        let later = json!({ "departsEarlierMinutes": 0, "arrivesLaterMinutes": 230 });
        let options = json!([swap(300, json!(null)), swap(1, json!(null)), swap(1, later)]);
        let answer = app
            .actor(Role::CmpManager)
            .ask_with(QUERY, json!({ "id": trip.flight.id, "options": options }))
            .await
            .data()
            .clone();
        let told: Vec<(i64, i64)> = answer["flight"]["exposureOf"]
            .as_array()
            .unwrap()
            .iter()
            .map(|option| {
                let denied = option["deniedBoardings"]["p50"].as_i64().unwrap();
                let euros = option["totals"][0]["p50"]["amountMinor"].as_i64();
                (denied, euros.unwrap_or_default())
            })
            .collect();
        assert_eq!(told, [(0, 0), (1, 60_000), (1, 30_000)]);
        let refused = json!({ "id": trip.flight.id, "options": [swap(-1, json!(null))] });
        let answer = app.actor(Role::CmpManager).ask_with(QUERY, refused).await;
        assert!(answer.message().contains("options.0.swap.seats.economy"));
    }
);
