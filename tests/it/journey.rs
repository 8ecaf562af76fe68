//! The main job: a disruption becomes claim, case and timeline entry, once.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{NewFlight, NewOrder, Trip},
    on_both,
};

/// Four hours and five minutes.
const LONG: i32 = 245;
/// Aircraft defects: nothing that excuses a carrier.
const TECHNICAL: &str = "41";
/// A storm at the destination: likely to excuse it, and a person has to see the proof.
const STORM: &str = "72";

fn each<'a>(list: &'a [Value], field: &str) -> Vec<&'a Value> {
    list.iter().map(|node| &node[field]).collect()
}

fn domestic() -> NewFlight {
    NewFlight::of("DL", 418, "JFK", "LAX")
}

on_both!(
    a_long_delay_is_a_claim_for_each_passenger_who_is_entitled,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let disrupted = trip.flight.delay(&app, LONG, TECHNICAL).await;

        let claims = trip.claims(&app).await;
        assert_eq!(
            (disrupted, claims.len()),
            (3, 2),
            "the infant on a lap has none: {claims:#?}"
        );
        for claim in &claims {
            assert_eq!(claim["amount"]["formatted"], "EUR 600.00");
            assert_eq!(
                (&claim["regime"], &claim["kind"]),
                (&json!("EU261"), &json!("COMPENSATION"))
            );
            assert_eq!(
                (&claim["status"], &claim["basis"]),
                (&json!("APPROVED"), &json!("Art 7(1)(c), C-402/07"))
            );
        }
        let mut entitled = each(&claims, "passengerId");
        entitled.sort_by_key(ToString::to_string);
        assert_eq!(
            entitled,
            [
                &json!(trip.order.passengers[0]),
                &json!(trip.order.passengers[1])
            ]
        );
    }
);

on_both!(
    what_is_settled_needs_no_case_and_stands_in_the_timeline,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, LONG, TECHNICAL).await;

        assert_eq!(trip.cases(&app).await, Vec::<Value>::new());
        let timeline = trip.timeline(&app).await;
        let count = |title: &str| {
            timeline
                .iter()
                .filter(|entry| entry.starts_with(title))
                .count()
        };
        assert_eq!(
            count("Claim for EUR 600.00 opened under"),
            2,
            "{timeline:#?}"
        );
        assert_eq!(
            count("EK 46 to DXB delayed by 4 h 5 min") + count("EK46 to DXB delayed by 4 h 5 min"),
            3,
            "{timeline:#?}"
        );
        assert_eq!(
            count(&format!("Order {} placed", trip.order.locator)),
            1,
            "{timeline:#?}"
        );
    }
);

on_both!(what_comes_twice_happens_once, async |app: App| {
    let trip = Trip::new(&app).await;
    let delay =
        json!({ "departureDelayMinutes": LONG, "arrivalDelayMinutes": LONG, "causeCode": STORM });
    let event = trip.flight.event(&app, "DELAY", delay.clone());
    let again = trip.flight.event(&app, "DELAY", delay);
    let selection = "event { id } disruptedJourneys";
    let first = app
        .administrator()
        .must(
            "recordFlightEvent",
            "FlightEventRecorded",
            event.clone(),
            selection,
        )
        .await;
    app.deliver().await;
    let before = app.picture().await;

    let replayed = app
        .administrator()
        .must("recordFlightEvent", "FlightEventRecorded", event, selection)
        .await;
    let repeated = app
        .administrator()
        .must("recordFlightEvent", "FlightEventRecorded", again, selection)
        .await;
    assert_eq!(app.deliver().await, 0);
    assert_eq!(replayed, first, "the same key gives the same outcome");
    assert_eq!(
        (&repeated["event"], &repeated["disruptedJourneys"]),
        (&Value::Null, &json!(0)),
        "the same facts are nothing new"
    );
    before.assert_same(&app.picture().await, "a repetition");
});

on_both!(delivering_again_changes_nothing, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.cancel(&app, STORM).await;
    let before = app.picture().await;
    assert_eq!(app.deliver().await, 0);
    before.assert_same(&app.picture().await, "a second delivery");
});

on_both!(
    a_correction_over_the_threshold_opens_and_raises,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 170, TECHNICAL).await;
        assert_eq!(
            trip.claims(&app).await,
            Vec::<Value>::new(),
            "2 h 50 is less than three hours"
        );

        trip.flight.delay(&app, 200, TECHNICAL).await;
        assert_eq!(each(&trip.claims(&app).await, "version"), [1, 1]);
        assert!(
            trip.claims(&app)
                .await
                .iter()
                .all(|claim| claim["amount"]["amountMinor"] == 30_000),
            "half below four hours"
        );

        trip.flight.delay(&app, 250, TECHNICAL).await;
        let claims = trip.claims(&app).await;
        assert_eq!(each(&claims, "version"), [2, 2]);
        for claim in &claims {
            let steps = claim["history"]["nodes"].as_array().unwrap();
            let amounts: Vec<&Value> = steps
                .iter()
                .map(|step| &step["amount"]["amountMinor"])
                .collect();
            assert_eq!(amounts, [30_000, 60_000]);
        }
    }
);

on_both!(
    a_restoration_takes_claims_back_and_keeps_their_history,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, LONG, TECHNICAL).await;
        assert_eq!(trip.incident(&app).await["status"], "OPEN");

        trip.flight.restore(&app).await;
        for claim in trip.claims(&app).await {
            let steps = claim["history"]["nodes"].as_array().unwrap().clone();
            assert_eq!(claim["status"], "WITHDRAWN");
            assert_eq!(each(&steps, "toStatus"), ["APPROVED", "WITHDRAWN"]);
            assert!(steps[1]["reason"].is_string(), "{steps:#?}");
        }
        assert_eq!(trip.incident(&app).await["status"], "CLOSED");
    }
);

on_both!(
    an_unknown_cause_is_one_case_for_the_order,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, LONG, STORM).await;

        let (claims, cases) = (trip.claims(&app).await, trip.cases(&app).await);
        assert_eq!((claims.len(), cases.len()), (2, 1), "{cases:#?}");
        let case = &cases[0];
        assert_eq!(
            (&case["type"], &case["status"]),
            (&json!("COMPENSATION"), &json!("NEW"))
        );
        assert_eq!(
            (&case["order"]["id"], &case["flight"]["id"]),
            (&json!(trip.order.id), &json!(trip.flight.id))
        );
        assert_eq!(case["claims"]["nodes"].as_array().unwrap().len(), 2);
        for claim in &claims {
            assert_eq!(
                (&claim["status"], &claim["case"]["id"]),
                (&json!("NEEDS_REVIEW"), &case["id"])
            );
            assert_ne!(
                claim["reviewReasons"],
                json!([]),
                "a person reads what to settle"
            );
        }
        assert_eq!(
            trip.incident(&app).await["cases"]["nodes"],
            json!([{ "id": case["id"] }])
        );
    }
);

on_both!(
    a_cancelled_flight_in_the_states_owes_a_refund_that_needs_facts,
    async |app: App| {
        let trip = Trip::on(&app, domestic()).await;
        trip.flight.cancel(&app, TECHNICAL).await;

        let (claims, cases) = (trip.claims(&app).await, trip.cases(&app).await);
        let paying = [
            &json!(trip.order.passengers[0]),
            &json!(trip.order.passengers[1]),
        ];
        let mut asked = each(&claims, "passengerId");
        asked.sort_by_key(ToString::to_string);
        assert_eq!(asked, paying, "{claims:#?}");
        for claim in &claims {
            assert_eq!(
                (&claim["regime"], &claim["kind"]),
                (&json!("US_DOT"), &json!("REFUND"))
            );
            assert_eq!(
                (&claim["status"], &claim["amount"]["formatted"]),
                (&json!("NEEDS_REVIEW"), &json!("EUR 450.00"))
            );
        }
        assert_eq!(each(&cases, "type"), ["REFUND"], "one case for the order");
        assert_eq!(cases[0]["queue"]["code"], "Refunds");
        let incident = trip.incident(&app).await;
        assert_eq!(
            (&incident["kind"], &incident["status"]),
            (&json!("CANCELLATION"), &json!("OPEN"))
        );
    }
);

on_both!(
    two_orders_on_one_flight_are_two_cases_and_one_incident,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let other = tests::build::NewCustomer::named("Lindqvist")
            .create(&app)
            .await;
        NewOrder::of(&other)
            .adults(1)
            .flying(&[&trip.flight])
            .place(&app)
            .await;
        trip.flight.cancel(&app, STORM).await;

        let incident = trip.incident(&app).await;
        assert_eq!(incident["cases"]["nodes"].as_array().unwrap().len(), 2);
        assert_eq!(trip.cases(&app).await.len(), 1);
    }
);

on_both!(
    a_missed_connection_counts_at_the_final_destination,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let onward = NewFlight::of("EK", 500, "DXB", "BOM")
            .departing_in(TimeDelta::days(10) + TimeDelta::hours(7))
            .create(&app)
            .await;
        let connecting = NewOrder::of(&trip.customer)
            .adults(1)
            .flying(&[&trip.flight, &onward])
            .place(&app)
            .await;
        trip.flight.delay(&app, 60, TECHNICAL).await;

        let claims = trip.claims(&app).await;
        assert_eq!(
            claims.len(),
            1,
            "an hour late is nothing to those who do not connect: {claims:#?}"
        );
        assert_eq!(claims[0]["journey"]["id"], connecting.journeys[0]);
        assert_eq!(
            (&claims[0]["status"], &claims[0]["amount"]["formatted"]),
            (&json!("NEEDS_REVIEW"), &json!("EUR 600.00"))
        );
    }
);

on_both!(
    a_person_settles_what_the_rules_leave_open,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, LONG, STORM).await;
        let claim = &trip.claims(&app).await[0];
        let decision = json!({
            "claimId": claim["id"], "expectedVersion": claim["version"], "decision": "APPROVE",
            "reason": "Other flights landed.", "establishedFacts": { "isExtraordinary": false },
        });
        app.actor(server::auth::Role::CustomerAffairs)
            .must("decideClaim", "ClaimDecided", decision, "claim { id }")
            .await;
        app.deliver().await;

        let mut statuses = each(&trip.claims(&app).await, "status")
            .into_iter()
            .map(Value::to_string)
            .collect::<Vec<_>>();
        statuses.sort();
        assert_eq!(
            statuses,
            ["\"APPROVED\"", "\"NEEDS_REVIEW\""],
            "each passenger's journey is looked at by itself"
        );
        let timeline = trip.timeline(&app).await;
        assert_eq!(
            timeline
                .iter()
                .filter(|title| title.contains("is now approved"))
                .count(),
            1,
            "{timeline:#?}"
        );
    }
);

on_both!(
    one_query_reads_a_customer_over_four_subgraphs,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, LONG, STORM).await;
        let page = "query Page($id: ID!) { customer(id: $id) { displayName tier timeline(first: 10) { nodes { title occurredAt } }
        cases(first: 5) { nodes { reference status } } claims(first: 5) { nodes { status amount { formatted } } }
        journeys(filter: UPCOMING, first: 5) { nodes { status origin { iataCode city } destination { iataCode } } } } }";
        let agent = app.agent();
        let (answer, statements) = app
            .statements(agent.ask_with(page, json!({ "id": trip.customer.id })))
            .await;

        assert_eq!(answer.text("/customer/displayName"), "Amara Okafor");
        assert_eq!(
            answer.texts("/customer/claims/nodes", "status"),
            ["NEEDS_REVIEW", "NEEDS_REVIEW"]
        );
        assert_eq!(answer.texts("/customer/cases/nodes", "status"), ["NEW"]);
        assert_eq!(
            answer.texts("/customer/journeys/nodes", "status"),
            ["DELAYED"]
        );
        assert!(answer.list("/customer/timeline/nodes").len() > 5);
        assert!(statements <= 12, "{statements} statements");
    }
);
