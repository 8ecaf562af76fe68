use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{NewFlight, Trip, order::segment},
    on_both,
};

const CHANGED: &str = "order { version total { amountMinor } tickets { number coupons { status } }
    journeys { segments { seat status flight { designator } } } }";

on_both!(
    a_journey_moves_to_another_flight_and_tickets_are_exchanged,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let later = NewFlight::of("EK", 48, "FRA", "DXB")
            .departing_in(TimeDelta::days(11))
            .create(&app)
            .await;
        let input = json!({
            "orderId": trip.order.id, "expectedVersion": 1,
            "moveJourneys": [{ "journeyId": trip.order.journeys[0], "segments": [segment(&later)] }],
        });
        let changed = app
            .agent()
            .must("changeOrder", "OrderChanged", input, CHANGED)
            .await;
        let order = &changed["order"];
        assert_eq!(
            (&order["version"], &order["total"]["amountMinor"]),
            (&json!(2), &json!(90_000))
        );
        let held: Vec<&Value> = order["journeys"][0]["segments"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|segment| segment["status"] == "CONFIRMED")
            .collect();
        assert_eq!(held.len(), 3);
        assert!(
            held.iter()
                .all(|segment| segment["flight"]["designator"] == "EK48"),
            "{held:#?}"
        );
        assert_eq!(
            order["tickets"].as_array().unwrap().len(),
            6,
            "three exchanged, three new"
        );
        trip.flight.delay(&app, 245, "41").await;
        assert_eq!(
            trip.claims(&app).await,
            Vec::<Value>::new(),
            "nobody flies on the old flight"
        );
    }
);

on_both!(a_seat_is_chosen_swapped_and_given_up, async |app: App| {
    let trip = Trip::new(&app).await;
    let seats = async |version: i32, seats: [Value; 2]| {
        let seats: Vec<Value> = trip
            .order
            .segments
            .iter()
            .zip(seats)
            .map(|(id, seat)| json!({ "flightSegmentId": id, "seat": seat }))
            .collect();
        let input = json!({ "orderId": trip.order.id, "expectedVersion": version, "seats": seats });
        let changed = app
            .agent()
            .must("changeOrder", "OrderChanged", input, CHANGED)
            .await;
        let held = changed["order"]["journeys"][0]["segments"]
            .as_array()
            .unwrap()
            .clone();
        [held[0]["seat"].clone(), held[1]["seat"].clone()]
    };
    assert_eq!(seats(1, [json!("12A"), json!("12B")]).await, ["12A", "12B"]);
    assert_eq!(seats(2, [json!("12B"), json!("12A")]).await, ["12B", "12A"]);
    assert_eq!(
        seats(3, [Value::Null, json!("12A")]).await,
        [Value::Null, json!("12A")]
    );
});

on_both!(
    a_stale_version_or_an_unknown_part_changes_nothing,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let other = Trip::on(&app, NewFlight::of("EK", 52, "FRA", "DXB")).await;
        let before = app.picture().await;
        let seat = |segment: &str, version: i32| {
            json!({
                "orderId": trip.order.id, "expectedVersion": version, "seats": [{ "flightSegmentId": segment, "seat": "12A" }],
            })
        };
        let stale = app
            .agent()
            .run("changeOrder", seat(&trip.order.segments[0], 7), "")
            .await;
        assert_eq!(
            (&stale["code"], &stale["current"]),
            (&json!("STALE_VERSION"), &json!(1))
        );
        for wrong in [&other.order.segments[0], &trip.order.id, "nonsense"] {
            let refused = app.agent().run("changeOrder", seat(wrong, 1), "").await;
            assert_eq!(
                refused["fields"][0]["path"],
                json!(["input", "seats", "0", "flightSegmentId"]),
                "{refused}"
            );
        }
        let nothing = app
            .agent()
            .run(
                "changeOrder",
                json!({ "orderId": trip.order.id, "expectedVersion": 1 }),
                "",
            )
            .await;
        assert_eq!(nothing["__typename"], "InvalidInput");
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(a_cancelled_order_takes_no_change, async |app: App| {
    let trip = Trip::new(&app).await;
    let cancel = json!({ "orderId": trip.order.id, "expectedVersion": 1 });
    app.agent()
        .must("cancelOrder", "OrderCancelled", cancel, "order { id }")
        .await;
    let input = json!({ "orderId": trip.order.id, "expectedVersion": 2, "seats": [{ "flightSegmentId": trip.order.segments[0], "seat": "12A" }] });
    let refused = app.agent().run("changeOrder", input, "").await;
    assert_eq!(
        (&refused["code"], &refused["from"], &refused["allowed"]),
        (
            &json!("TRANSITION_NOT_ALLOWED"),
            &json!("CANCELLED"),
            &json!([])
        )
    );
});
