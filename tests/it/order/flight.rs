use chrono::TimeDelta;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, build::NewFlight, on_both, walk};

on_both!(
    a_flight_belongs_to_the_day_of_its_origin,
    async |app: App| {
        // 20:30 UTC is past midnight in Sydney.
        let flight = NewFlight::of("QF", 1, "SYD", "SIN")
            .with("scheduledDepartureAt", "2026-12-01T20:30:00Z")
            .with("scheduledArrivalAt", "2026-12-02T04:30:00Z");
        let flight = flight.with("gate", "B22").create(&app).await;
        let read = flight.read(&app, "designator departsOn status gate version distanceKm origin { timeZone } events { nodes { id } }").await;
        assert_eq!(
            (&read["departsOn"], &read["designator"], &read["status"]),
            (&json!("2026-12-02"), &json!("QF1"), &json!("SCHEDULED"))
        );
        assert_eq!(
            (&read["origin"]["timeZone"], &read["gate"]),
            (&json!("Australia/Sydney"), &json!("B22"))
        );
        assert!(
            (6_200.0..6_400.0).contains(&read["distanceKm"].as_f64().unwrap()),
            "{read}"
        );
    }
);

on_both!(the_same_flight_twice_is_a_conflict, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB");
    let input = flight.input(&app);
    let operations = app.actor(Role::Operations);
    let first = operations
        .must(
            "createFlight",
            "FlightCreated",
            input.clone(),
            "flight { id }",
        )
        .await;
    assert_eq!(
        operations
            .must("createFlight", "FlightCreated", input, "flight { id }")
            .await,
        first,
        "the same key"
    );
    let before = app.picture().await;
    assert_eq!(
        operations.run("createFlight", flight.input(&app), "").await["code"],
        "CONFLICT"
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(what_cannot_be_is_named, async |app: App| {
    let before = app.picture().await;
    for (field, value) in [
        ("number", json!(0)),
        ("number", json!(10_000)),
        ("suffix", json!("AB")),
        ("destination", json!("FRA")),
        ("origin", json!("QQQ")),
        ("gate", json!("gate 5!")),
        ("scheduledArrivalAt", json!("2026-11-20T08:00:00Z")),
        ("scheduledArrivalAt", json!("2027-11-20T08:00:00Z")),
        ("aircraftRegistration", json!("?")),
    ] {
        let input = NewFlight::of("EK", 46, "FRA", "DXB")
            .with(field, value.clone())
            .input(&app);
        let refused = app
            .actor(Role::Operations)
            .run("createFlight", input, "")
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", field]),
            "{value}: {refused}"
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(flights_are_found_by_what_people_know, async |app: App| {
    for (carrier, number, origin, destination, days) in [
        ("EK", 46, "FRA", "DXB", 10),
        ("EK", 46, "FRA", "DXB", 11),
        ("LH", 400, "FRA", "JFK", 10),
        ("EK", 47, "DXB", "FRA", 10),
    ] {
        NewFlight::of(carrier, number, origin, destination)
            .departing_in(TimeDelta::days(days))
            .create(&app)
            .await;
    }
    let query = "query($filter: FlightFilter) { flights(filter: $filter, first: 50) { nodes { designator } } }";
    for (filter, count) in [
        (Value::Null, 4),
        (json!({ "carrier": "EK" }), 3),
        (json!({ "number": 46, "departsOn": "2026-11-30" }), 1),
        (json!({ "origin": "FRA" }), 3),
        (json!({ "destination": "FRA" }), 1),
        (
            json!({ "departsBetween": { "from": "2026-12-01", "to": "2026-12-01" } }),
            1,
        ),
        (json!({ "status": ["DELAYED"] }), 0),
        (json!({ "status": [] }), 0),
        (json!({ "status": ["SCHEDULED", "DELAYED"] }), 4),
    ] {
        let answer = app
            .agent()
            .ask_with(query, json!({ "filter": filter }))
            .await;
        assert_eq!(answer.list("/flights/nodes").len(), count, "{filter}");
    }
});

on_both!(
    pages_have_no_gap_where_flights_leave_at_once,
    async |app: App| {
        for number in 1..=11 {
            NewFlight::of("EK", number, "DXB", "LHR")
                .with("scheduledDepartureAt", "2026-12-01T08:00:00Z")
                .with("scheduledArrivalAt", "2026-12-01T15:00:00Z")
                .create(&app)
                .await;
        }
        for sort in ["SCHEDULED_DEPARTURE", "SCHEDULED_DEPARTURE_DESCENDING"] {
            let list = format!("flights(sort: {sort}, PAGE)");
            let (forward, backward) = (
                walk::forward(&app.agent(), &list, 3).await,
                walk::backward(&app.agent(), &list, 3).await,
            );
            assert_eq!((forward.len(), &forward), (11, &backward), "{sort}");
        }
    }
);
