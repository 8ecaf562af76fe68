use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCase, NewCustomer, case::hire},
    on_both,
};

on_both!(queues_count_what_waits_in_them, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    for kind in ["REFUND", "REFUND", "BAGGAGE_LOST"] {
        NewCase::of(kind, &customer).open(&app).await;
    }
    NewCase::of("REFUND", &customer)
        .open(&app)
        .await
        .bring(&app, &["WITHDRAWN"])
        .await;
    let answer = app
        .agent()
        .ask("{ queues(first: 100) { nodes { code name openCount } } }")
        .await;
    let count = |code: &str| {
        answer
            .list("/queues/nodes")
            .iter()
            .find(|queue| queue["code"] == code)
            .map(|queue| queue["openCount"].clone())
    };
    assert_eq!(
        (count("Refunds"), count("BaggageClaims"), count("Legal")),
        (Some(json!(2)), Some(json!(1)), Some(json!(0)))
    );
    assert_eq!(
        app.agent()
            .ask("{ queue(code: \"Nowhere\") { code } }")
            .await
            .at("/queue"),
        &Value::Null
    );
});

on_both!(
    agents_are_found_by_the_queues_they_work,
    async |app: App| {
        let both = hire(&app, &["Refunds", "Loyalty"]).await;
        hire(&app, &["Legal"]).await;
        let query = "query($filter: AgentFilter) { agents(filter: $filter, first: 50) { nodes { id skills languages isActive } } }";
        for (filter, count) in [
            (Value::Null, 2),
            (json!({ "queue": "Loyalty" }), 1),
            (json!({ "queue": "Baggage" }), 0),
            (json!({ "isActive": false }), 0),
        ] {
            assert_eq!(
                app.agent()
                    .ask_with(query, json!({ "filter": filter }))
                    .await
                    .list("/agents/nodes")
                    .len(),
                count,
                "{filter}"
            );
        }
        let one = app
            .agent()
            .ask_with(
                "query($id: ID!) { agent(id: $id) { name queues { code } } }",
                json!({ "id": both }),
            )
            .await;
        assert_eq!(one.list("/agent/queues").len(), 2);
    }
);

on_both!(an_incident_is_read_by_its_id, async |app: App| {
    let trip = tests::build::Trip::new(&app).await;
    trip.flight.cancel(&app, "41").await;
    let id = trip.incident(&app).await["id"].clone();
    let query = "query($id: ID!) { incident(id: $id) { title affectedPassengers flight { designator } cases { nodes { customer { id } } } } }";
    let incident = app.agent().ask_with(query, json!({ "id": id })).await;
    assert_eq!(
        incident.text("/incident/title"),
        "EK46 FRA-DXB on 2026-11-30 cancelled"
    );
    assert_eq!(incident.at("/incident/affectedPassengers"), 3);
    let own = app
        .customer(&trip.customer.id)
        .ask_with(query, json!({ "id": id }))
        .await;
    assert_eq!(
        own.codes(),
        ["FORBIDDEN"],
        "how many others are affected is not theirs to know"
    );
});
