use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCustomer, NewFlight, NewOrder, Trip},
    on_both, walk,
};

on_both!(
    orders_are_filtered_by_customer_status_and_time,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let other = Trip::on(&app, NewFlight::of("LH", 400, "FRA", "JFK")).await;
        app.later(TimeDelta::hours(1));
        let noon = app.now().to_rfc3339();
        NewOrder::of(&trip.customer)
            .adults(1)
            .flying(&[&other.flight])
            .place(&app)
            .await;
        app.agent()
            .must(
                "cancelOrder",
                "OrderCancelled",
                json!({ "orderId": other.order.id, "expectedVersion": 1 }),
                "order { id }",
            )
            .await;
        let query =
            "query($filter: OrderFilter) { orders(filter: $filter, first: 50) { nodes { id } } }";
        for (filter, count) in [
            (json!({}), 3),
            (json!({ "customerId": trip.customer.id }), 2),
            (json!({ "status": "CANCELLED" }), 1),
            (
                json!({ "status": "OPEN", "customerId": other.customer.id }),
                0,
            ),
            (
                json!({ "placedBetween": { "from": noon, "to": "2027-01-01T00:00:00Z" } }),
                1,
            ),
            (
                json!({ "placedBetween": { "from": "2026-01-01T00:00:00Z", "to": noon } }),
                2,
            ),
        ] {
            let answer = app
                .agent()
                .ask_with(query, json!({ "filter": filter }))
                .await;
            assert_eq!(answer.list("/orders/nodes").len(), count, "{filter}");
        }
    }
);

on_both!(pages_have_no_gap_and_no_repetition, async |app: App| {
    let trip = Trip::new(&app).await;
    for _ in 0..7 {
        NewOrder::of(&trip.customer)
            .adults(1)
            .flying(&[&trip.flight])
            .place(&app)
            .await;
    }
    let own = format!("customer(id: \"{}\") {{ ", trip.customer.id);
    for list in [
        "orders(PAGE)".to_owned(),
        format!("{own}orders(PAGE)"),
        format!("{own}journeys(PAGE)"),
        format!("{own}journeys(filter: UPCOMING, PAGE)"),
    ] {
        let (forward, backward) = (
            walk::forward(&app.agent(), &list, 3).await,
            walk::backward(&app.agent(), &list, 3).await,
        );
        assert_eq!((forward.len(), &forward), (8, &backward), "{list}");
    }
});

on_both!(journeys_are_ahead_or_behind, async |app: App| {
    let customer = NewCustomer::named("Okafor").create(&app).await;
    for (number, days) in [(46, 2), (48, 1), (50, 9)] {
        let flight = NewFlight::of("EK", number, "FRA", "DXB")
            .departing_in(TimeDelta::days(days))
            .create(&app)
            .await;
        NewOrder::of(&customer)
            .adults(1)
            .flying(&[&flight])
            .place(&app)
            .await;
    }
    app.later(TimeDelta::days(3));
    let journeys = async |filter: &str| {
        let read = customer.read(&app, &format!("journeys(filter: {filter}) {{ nodes {{ segments {{ flight {{ number }} }} }} }}")).await;
        let number = |journey: &Value| journey["segments"][0]["flight"]["number"].as_i64().unwrap();
        read["journeys"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(number)
            .collect::<Vec<_>>()
    };
    assert_eq!(journeys("UPCOMING").await, [50]);
    assert_eq!(journeys("PAST").await, [46, 48], "the latest first");
    assert_eq!(journeys("ALL").await, [50, 46, 48]);
});

on_both!(
    an_order_is_found_by_locator_and_name_together,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let found = async |locator: &str, name: &str| {
            let query = "query($locator: RecordLocator!, $name: String!) { orderByRecordLocator(recordLocator: $locator, familyName: $name) { id } }";
            app.agent()
                .ask_with(query, json!({ "locator": locator, "name": name }))
                .await
                .at("/orderByRecordLocator")
                .clone()
        };
        assert_eq!(
            found(&trip.order.locator, "OKAFOR").await["id"],
            trip.order.id
        );
        assert_eq!(
            found(&trip.order.locator.to_lowercase(), "okafor ").await["id"],
            trip.order.id
        );
        assert_eq!(found(&trip.order.locator, "Haddad").await, Value::Null);
        assert_eq!(found("ZZZZZZ", "Okafor").await, Value::Null);
    }
);
