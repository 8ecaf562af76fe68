use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App,
    build::{Flight, NewFlight, Trip},
    on_both,
};

const NOW: &str = "status departureDelayMinutes arrivalDelayMinutes cause { code } gate divertedTo { iataCode } version
    events(first: 100) { nodes { kind source changes { name old new } } }";

async fn run(app: &App, flight: &Flight, kind: &str, details: Value) -> Value {
    let input = flight.event(app, kind, details);
    app.actor(Role::Operations)
        .run(
            "recordFlightEvent",
            input,
            "... on FlightEventRecorded { event { id } }",
        )
        .await
}

on_both!(
    each_kind_of_event_changes_the_flight_and_stays_in_its_history,
    async |app: App| {
        let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
        flight
            .record(&app, "GATE_CHANGE", json!({ "gate": "B22" }))
            .await;
        flight.delay(&app, 40, "93").await;
        flight
            .record(
                &app,
                "DIVERSION",
                json!({ "divertedTo": "MCT", "arrivalDelayMinutes": 300, "causeCode": "72" }),
            )
            .await;
        let read = flight.read(&app, NOW).await;
        assert_eq!(
            (
                &read["status"],
                &read["divertedTo"]["iataCode"],
                &read["arrivalDelayMinutes"]
            ),
            (&json!("DIVERTED"), &json!("MCT"), &json!(300))
        );
        assert_eq!(
            (&read["cause"]["code"], &read["gate"], &read["version"]),
            (&json!("72"), &json!("B22"), &json!(4))
        );
        let mut kinds: Vec<&str> = read["events"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["kind"].as_str().unwrap())
            .collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["DELAY", "DIVERSION", "GATE_CHANGE"]);
    }
);

on_both!(
    a_flight_that_arrived_takes_a_corrected_delay_alone,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.record(&app, "ARRIVAL", json!({ "actualArrivalAt": "2026-11-30T16:50:00Z", "actualDepartureAt": "2026-11-30T10:50:00Z" })).await;
        assert_eq!(
            trip.flight.read(&app, "status arrivalDelayMinutes").await,
            json!({ "status": "ARRIVED", "arrivalDelayMinutes": 170 })
        );
        for (kind, details) in [
            ("CANCELLATION", json!({ "causeCode": "41" })),
            ("DIVERSION", json!({ "divertedTo": "MCT" })),
            ("RESTORATION", Value::Null),
        ] {
            let refused = run(&app, &trip.flight, kind, details).await;
            assert_eq!(
                (&refused["from"], &refused["to"], &refused["allowed"]),
                (&json!("ARRIVED"), &json!(kind), &json!(["DELAY"])),
                "{refused}"
            );
        }
        trip.flight.delay(&app, 250, "41").await;
        assert_eq!(trip.claims(&app).await.len(), 2);
    }
);

on_both!(
    a_cancelled_flight_is_restored_or_nothing,
    async |app: App| {
        let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
        flight.cancel(&app, "41").await;
        let before = app.picture().await;
        let refused = run(
            &app,
            &flight,
            "DELAY",
            json!({ "arrivalDelayMinutes": 20, "causeCode": "41" }),
        )
        .await;
        assert_eq!(
            (&refused["code"], &refused["allowed"]),
            (&json!("TRANSITION_NOT_ALLOWED"), &json!(["RESTORATION"]))
        );
        before.assert_same(&app.picture().await, "a refusal");
        flight.restore(&app).await;
        assert_eq!(flight.read(&app, "status").await["status"], "SCHEDULED");
    }
);

on_both!(what_cannot_be_is_named, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let before = app.picture().await;
    for (kind, details, path) in [
        (
            "DELAY",
            json!({ "arrivalDelayMinutes": 10_081, "causeCode": "41" }),
            "delay.arrivalDelayMinutes",
        ),
        (
            "DELAY",
            json!({ "arrivalDelayMinutes": -1_441, "causeCode": "41" }),
            "delay.arrivalDelayMinutes",
        ),
        (
            "DELAY",
            json!({ "arrivalDelayMinutes": 30, "causeCode": "4Z" }),
            "delay.causeCode",
        ),
        (
            "DELAY",
            json!({ "arrivalDelayMinutes": 30, "departureDelayMinutes": 2_000_000, "causeCode": "41" }),
            "delay.departureDelayMinutes",
        ),
        (
            "CANCELLATION",
            json!({ "causeCode": "" }),
            "cancellation.causeCode",
        ),
        ("CANCELLATION", Value::Null, "cancellation"),
        (
            "DIVERSION",
            json!({ "divertedTo": "QQQ" }),
            "diversion.divertedTo",
        ),
        (
            "GATE_CHANGE",
            json!({ "gate": "gate five" }),
            "gateChange.gate",
        ),
        (
            "ARRIVAL",
            json!({ "actualArrivalAt": "2031-01-01T00:00:00Z" }),
            "arrival.actualArrivalAt",
        ),
    ] {
        let refused = run(&app, &flight, kind, details.clone()).await;
        let expected: Vec<&str> = std::iter::once("input").chain(path.split('.')).collect();
        assert_eq!(
            refused["fields"][0]["path"],
            json!(expected),
            "{kind} {details}: {refused}"
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(details_of_another_kind_are_refused, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let mut input = flight.event(&app, "CANCELLATION", json!({ "causeCode": "41" }));
    input["gateChange"] = json!({ "gate": "B22" });
    let refused = app
        .administrator()
        .run("recordFlightEvent", input, "")
        .await;
    assert_eq!(
        refused["fields"][0]["path"],
        json!(["input", "gateChange"]),
        "{refused}"
    );
});

on_both!(
    a_stale_version_is_told_and_a_used_key_too,
    async |app: App| {
        let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
        let mut input = flight.event(&app, "GATE_CHANGE", json!({ "gate": "B22" }));
        app.administrator()
            .must(
                "recordFlightEvent",
                "FlightEventRecorded",
                input.clone(),
                "event { id }",
            )
            .await;
        input["gateChange"]["gate"] = "C1".into();
        assert_eq!(
            app.administrator()
                .run("recordFlightEvent", input.clone(), "")
                .await["code"],
            "CONFLICT"
        );
        input["idempotencyKey"] = app.key().into();
        input["expectedVersion"] = 1.into();
        let stale = app
            .administrator()
            .run("recordFlightEvent", input, "")
            .await;
        assert_eq!(stale["current"], 2);
        assert_eq!(flight.read(&app, "gate").await["gate"], "B22");
    }
);
