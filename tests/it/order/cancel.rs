use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCustomer, NewFlight, NewOrder, Trip},
    on_both,
};

const CANCELLED: &str = "order { status version cancelledAt total { amountMinor } refund { amountMinor } items { status }
    tickets { coupons { status } } journeys { status segments { status } } }";

on_both!(what_was_not_flown_is_given_back, async |app: App| {
    let trip = Trip::new(&app).await;
    let cancel = json!({ "orderId": trip.order.id, "expectedVersion": 1 });
    let outcome = app
        .agent()
        .must("cancelOrder", "OrderCancelled", cancel, CANCELLED)
        .await;
    let order = &outcome["order"];
    assert_eq!(
        (&order["status"], &order["version"]),
        (&json!("CANCELLED"), &json!(2))
    );
    assert_eq!(
        (
            &order["total"]["amountMinor"],
            &order["refund"]["amountMinor"]
        ),
        (&json!(90_000), &json!(90_000))
    );
    assert_eq!(order["journeys"][0]["status"], "CANCELLED");
    assert_eq!(
        order["tickets"][0]["coupons"],
        json!([{ "status": "REFUNDED" }])
    );
    app.deliver().await;
    let title = &trip.timeline(&app).await[0];
    assert_eq!(
        title,
        &format!(
            "Order {} cancelled, EUR 900.00 to be refunded",
            trip.order.locator
        )
    );
});

on_both!(
    the_way_back_alone_is_given_back_after_the_way_out,
    async |app: App| {
        let customer = NewCustomer::named("Okafor").create(&app).await;
        let out = NewFlight::of("EK", 46, "FRA", "DXB")
            .departing_in(TimeDelta::hours(2))
            .create(&app)
            .await;
        let back = NewFlight::of("EK", 47, "DXB", "FRA")
            .departing_in(TimeDelta::days(5))
            .create(&app)
            .await;
        let order = NewOrder::of(&customer)
            .adults(1)
            .flying(&[&out])
            .flying(&[&back])
            .place(&app)
            .await;
        app.later(TimeDelta::hours(3));
        let cancel = json!({ "orderId": order.id, "expectedVersion": 1 });
        let outcome = app
            .agent()
            .must("cancelOrder", "OrderCancelled", cancel, CANCELLED)
            .await;
        assert_eq!(outcome["order"]["refund"]["amountMinor"], 45_000);
    }
);

on_both!(an_order_is_cancelled_once, async |app: App| {
    let trip = Trip::new(&app).await;
    let cancel = |version: i32| json!({ "orderId": trip.order.id, "expectedVersion": version });
    app.agent()
        .must("cancelOrder", "OrderCancelled", cancel(1), "order { id }")
        .await;
    let before = app.picture().await;
    let stale = app.agent().run("cancelOrder", cancel(1), "").await;
    assert_eq!(stale["current"], 2);
    let again = app.agent().run("cancelOrder", cancel(2), "").await;
    assert_eq!(
        (&again["from"], &again["to"]),
        (&json!("CANCELLED"), &json!("CANCELLED"))
    );
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(
    nothing_is_left_to_cancel_after_the_flight,
    async |app: App| {
        let trip = Trip::on(
            &app,
            NewFlight::of("EK", 46, "FRA", "DXB").departing_in(TimeDelta::hours(1)),
        )
        .await;
        app.later(TimeDelta::hours(2));
        let refused = app
            .agent()
            .run(
                "cancelOrder",
                json!({ "orderId": trip.order.id, "expectedVersion": 1 }),
                "",
            )
            .await;
        assert_eq!(refused["code"], "TRANSITION_NOT_ALLOWED", "{refused}");
        assert_eq!(
            trip.order.read(&app, "status refund { amountMinor }").await,
            json!({ "status": "OPEN", "refund": { "amountMinor": 0 } })
        );
    }
);

on_both!(
    whoever_gave_up_a_flight_has_no_claim_on_it,
    async |app: App| {
        let trip = Trip::new(&app).await;
        app.agent()
            .must(
                "cancelOrder",
                "OrderCancelled",
                json!({ "orderId": trip.order.id, "expectedVersion": 1 }),
                "order { id }",
            )
            .await;
        assert_eq!(trip.flight.delay(&app, 245, "41").await, 0);
        assert_eq!(trip.claims(&app).await, Vec::<Value>::new());
    }
);
