//! Changes of each domain, with what other domains add to them.

use serde_json::{Value, json};
use server::{App as Product, Config, Running, auth::Role};
use tests::{
    App,
    build::{NewCase, NewCustomer, NewFlight, Trip},
    on_both,
};

const CASE: &str = "subscription { caseChanged { id status priority customer { displayName } } }";

on_both!(a_case_is_told_with_its_customer, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    app.until_listening(1).await;

    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let told = &socket.next("1").await["caseChanged"];
    assert_eq!(
        (&told["id"], &told["status"]),
        (&json!(case.id), &json!("NEW"))
    );
    assert_eq!(
        told["customer"]["displayName"],
        customer.read(&app, "displayName").await["displayName"]
    );

    case.bring(&app, &["TRIAGED"]).await;
    assert_eq!(socket.next("1").await["caseChanged"]["status"], "TRIAGED");
    let weigh = json!({ "caseId": case.id, "expectedVersion": 2, "impact": "SAFETY", "urgency": "IN_JOURNEY" });
    app.agent()
        .must(
            "changeCasePriority",
            "CasePriorityChanged",
            weigh,
            "case { id }",
        )
        .await;
    assert_eq!(socket.next("1").await["caseChanged"]["priority"], "P1");
});

on_both!(a_flight_is_told_whatever_happens_to_it, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let query = "subscription($id: ID!) { flightStatusChanged(flightId: $id) { gate status arrivalDelayMinutes } }";
    let mut stream = app
        .actor(Role::Operations)
        .follow(query, json!({ "id": flight.id }))
        .await;
    app.until_listening(1).await;

    flight
        .record(&app, "GATE_CHANGE", json!({ "gate": "B22" }))
        .await;
    assert_eq!(stream.next().await["flightStatusChanged"]["gate"], "B22");
    flight.delay(&app, 245, "72").await;
    assert_eq!(
        stream.next().await["flightStatusChanged"]["arrivalDelayMinutes"],
        245
    );
    flight.cancel(&app, "72").await;
    assert_eq!(
        stream.next().await["flightStatusChanged"]["status"],
        "CANCELLED"
    );
});

on_both!(a_claim_is_told_to_whom_it_is_owed, async |app: App| {
    let trip = Trip::new(&app).await;
    let query = "subscription { claimChanged { status regime amount { formatted } order { recordLocator } } }";
    let mut stream = app
        .customer(&trip.customer.id)
        .follow(query, json!({}))
        .await;
    app.until_listening(1).await;

    trip.flight.delay(&app, 245, "72").await;
    for _ in 0..2 {
        let told = &stream.next().await["claimChanged"];
        assert_eq!(
            (&told["status"], &told["amount"]["formatted"]),
            (&json!("NEEDS_REVIEW"), &json!("EUR 600.00"))
        );
        assert!(told["order"]["recordLocator"].is_string(), "{told:#}");
    }
});

on_both!(arguments_say_which_cases, async |app: App| {
    let (one, other) = (
        NewCustomer::named("Haddad").create(&app).await,
        NewCustomer::named("Okafor").create(&app).await,
    );
    let known = NewCase::of("COMPLAINT", &one).open(&app).await;
    let mut socket = app.agent().socket().await;
    for (id, arguments) in [
        ("queue", "queue: \"Refunds\"".to_owned()),
        ("customer", format!("customerId: \"{}\"", other.id)),
        ("case", format!("caseId: \"{}\"", known.id)),
    ] {
        let query = format!("subscription {{ caseChanged({arguments}) {{ id }} }}");
        socket.subscribe(id, &query, json!({})).await;
    }
    app.until_listening(3).await;

    let refund = NewCase::of("REFUND", &one).open(&app).await;
    assert_eq!(socket.next("queue").await["caseChanged"]["id"], refund.id);
    let theirs = NewCase::of("COMPLAINT", &other).open(&app).await;
    assert_eq!(
        socket.next("customer").await["caseChanged"]["id"],
        theirs.id
    );
    known.bring(&app, &["TRIAGED"]).await;
    assert_eq!(socket.next("case").await["caseChanged"]["id"], known.id);
});

on_both!(what_another_process_commits_is_told, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    app.until_listening(1).await;

    let toml = format!(
        "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"",
        app.storage().folder().display(),
        app.storage().url()
    );
    let product = Product::start(Config::from_toml(&toml).unwrap())
        .await
        .unwrap();
    let other = Running::start(product).await.unwrap();
    let opened = other
        .app()
        .ask(&format!("mutation {{ openCase(input: {{ type: COMPLAINT, subject: \"Late\", description: \"Late.\", customerId: \"{}\" }}) {{ ... on CaseOpened {{ case {{ id }} }} }} }}", customer.id))
        .await
        .unwrap();
    let told = socket.next("1").await;
    assert_eq!(told["caseChanged"]["id"], opened["openCase"]["case"]["id"]);
    other.stop().await;
});

on_both!(a_domain_that_is_away_leaves_the_rest, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    app.until_listening(1).await;

    app.storage()
        .execute("ALTER TABLE profile_customer RENAME TO away")
        .await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let message = socket.message().await;
    let told = &message["payload"]["data"]["caseChanged"];
    assert_eq!(
        (&told["id"], &told["customer"]),
        (&json!(case.id), &Value::Null)
    );
    let error = &message["payload"]["errors"][0];
    assert_eq!(
        (&error["path"], &error["extensions"]["code"]),
        (
            &json!(["caseChanged", "customer", "displayName"]),
            &json!("INTERNAL_SERVER_ERROR")
        )
    );
});
