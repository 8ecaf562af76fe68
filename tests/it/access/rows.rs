//! Customers see their own rows alone, in every list and by every way round.

use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCase, NewCustomer, NewOrder, Trip},
    on_both,
};

/// Two customers on one flight that was disrupted; both have everything.
async fn two(app: &App) -> (Trip, tests::build::Customer) {
    let trip = Trip::new(app).await;
    let other = NewCustomer::named("Khoury")
        .with("email", "khoury@example.com")
        .create(app)
        .await;
    NewOrder::of(&other)
        .adults(1)
        .flying(&[&trip.flight])
        .place(app)
        .await;
    NewCase::of("COMPLAINT", &trip.customer)
        .with("flightId", trip.flight.id.as_str())
        .open(app)
        .await;
    trip.flight.delay(app, 245, "72").await;
    (trip, other)
}

on_both!(lists_hold_own_rows_alone, async |app: App| {
    let (_, other) = two(&app).await;
    let query = "{ customers(first: 50) { nodes { id } } orders(first: 50) { nodes { customer { id } } } claims(first: 50) { nodes { customer { id } } }
        cases(first: 50) { nodes { customer { id } } } }";
    let own = app.customer(&other.id).ask(query).await;
    let mine = json!({ "customer": { "id": other.id } });
    assert_eq!(own.list("/customers/nodes"), &[json!({ "id": other.id })]);
    for list in ["orders", "claims", "cases"] {
        assert_eq!(
            own.list(&format!("/{list}/nodes")),
            std::slice::from_ref(&mine),
            "{list}"
        );
    }
});

on_both!(an_incident_leads_to_no_one_elses_case, async |app: App| {
    let (trip, other) = two(&app).await;
    let query = "query($id: ID!) { flight(id: $id) { incident { cases(first: 50) { nodes { customer { id displayName } claims { nodes { id } } } } } } }";
    let own = app
        .customer(&other.id)
        .ask_with(query, json!({ "id": trip.flight.id }))
        .await;
    let cases = own.list("/flight/incident/cases/nodes");
    assert_eq!(
        (cases.len(), &cases[0]["customer"]["id"]),
        (1, &json!(other.id)),
        "{cases:#?}"
    );
    assert_eq!(cases[0]["claims"]["nodes"].as_array().unwrap().len(), 1);
    let staff = app
        .agent()
        .ask_with(query, json!({ "id": trip.flight.id }))
        .await;
    assert_eq!(staff.list("/flight/incident/cases/nodes").len(), 3);
});

on_both!(
    a_traveller_on_somebody_elses_order_sees_no_record_of_the_other,
    async |app: App| {
        let (trip, other) = two(&app).await;
        let mut order = NewOrder::of(&other)
            .adults(1)
            .flying(&[&trip.flight])
            .input(&app);
        order["passengers"][0]["customerId"] = trip.customer.id.as_str().into();
        app.administrator()
            .must("placeOrder", "OrderPlaced", order, "order { id }")
            .await;
        let query = "{ orders(first: 10) { nodes { customer { id } passengers { givenName customer { displayName birthDate contactPoints { value } claims { nodes { id } } } } } } }";
        let own = app.customer(&other.id).ask(query).await;
        let text = own.body.to_string();
        assert!(!text.contains("Amara Okafor"), "{:#}", own.body);
        assert!(
            own.body
                .pointer("/data/orders/nodes")
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .all(|order| order["customer"]["id"] == other.id),
            "{text}"
        );
    }
);

on_both!(
    a_customer_names_no_other_customer_as_passenger,
    async |app: App| {
        let (trip, other) = two(&app).await;
        let mut order = NewOrder::of(&other)
            .adults(1)
            .flying(&[&trip.flight])
            .input(&app);
        order["passengers"][0]["customerId"] = trip.customer.id.as_str().into();
        let before = app.picture().await;
        let refused = app.customer(&other.id).run("placeOrder", order, "").await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "passengers", "0", "customerId"]),
            "{refused}"
        );
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(
    a_customer_makes_no_records_of_customers,
    async |app: App| {
        let (_, other) = two(&app).await;
        let before = app.picture().await;
        let query = "mutation { createCustomer(input: { familyName: \"Eve\" }) { __typename } }";
        let answer = app.customer(&other.id).ask(query).await;
        assert_eq!(
            (answer.codes(), &answer.body["data"]),
            (vec!["FORBIDDEN"], &Value::Null)
        );
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(
    what_staff_alone_know_is_nulled_in_place,
    async |app: App| {
        let (trip, _) = two(&app).await;
        let query = "query($id: ID!) { customer(id: $id) { displayName cases(first: 1) { nodes { reference queue { code } assignee { name } weight { impact } isEscalated } } } }";
        let own = app
            .customer(&trip.customer.id)
            .ask_with(query, json!({ "id": trip.customer.id }))
            .await;
        let case = &own.body["data"]["customer"]["cases"]["nodes"][0];
        assert!(case["reference"].is_string(), "{:#}", own.body);
        for field in ["queue", "assignee", "weight", "isEscalated"] {
            assert_eq!(case[field], Value::Null, "{field}");
        }
        assert!(
            own.codes().iter().all(|code| *code == "FORBIDDEN"),
            "{:?}",
            own.codes()
        );
    }
);
