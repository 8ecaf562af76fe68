//! SQL statements per operation: fixed numbers, the same for two rows and for twenty.

use std::fmt::Write;

use serde_json::json;
use tests::{
    App, Client,
    build::{Customer, Flight, NewCase, NewCustomer, NewFlight, NewOrder},
    on_both,
};

const CUSTOMER_PAGE: &str = "displayName tier contactPoints { value } loyaltyMemberships { number } preferences { value }
    timeline(first: 10) { nodes { title } } cases(first: 5) { nodes { reference status } } claims(first: 5) { nodes { status amount { formatted } } }
    journeys(filter: UPCOMING, first: 5) { nodes { status origin { city } destination { city } segments { seat flight { designator } } } }";

const ROW: &str = "displayName tier contactPoints { maskedValue } timeline(first: 3) { nodes { title } } cases { nodes { reference } } claims { nodes { status } }
    journeys { nodes { status origin { city } } }";

const WORK: &str = "nodes { reference priority subject queue { name } customer { displayName tier } order { recordLocator } flight { designator } incident { title } claims { nodes { status } } }";

const CLAIM: &str = "nodes { amount { formatted } customer { displayName } order { recordLocator } journey { status } flight { designator } case { reference } trace { why } disruption { kind } history { nodes { toStatus } } }";

const ORDER: &str = "recordLocator total { formatted } customer { displayName } items { price { formatted } } services { deliveryStatus }
    passengers { givenName } tickets { number } ancillaries { kind } bagTags { number } cases { nodes { reference } } claims { nodes { status } }
    journeys { status origin { city } segments { seat flight { designator } passenger { givenName } } claims { nodes { status } } }";

const FLIGHT: &str = "designator status origin { city } cause { meaning } events { nodes { kind } } exposure { claimCount openAmounts { formatted } }
    incident { title cases(first: 20) { nodes { reference customer { displayName } claims { nodes { amount { formatted } } } } } }";

/// Twenty customers with everything, on one flight that was disrupted.
async fn busy(app: &App) -> (Customer, Flight) {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(app).await;
    let mut last = None;
    for number in 0..20 {
        let customer = NewCustomer::named(&format!("Okafor{}", char::from(b'A' + number)))
            .with("email", format!("okafor{number}@example.com"));
        let customer = customer
            .member(&format!("EK1000{number:02}"), "GOLD")
            .create(app)
            .await;
        NewOrder::of(&customer)
            .adults(2)
            .flying(&[&flight])
            .place(app)
            .await;
        NewCase::of("COMPLAINT", &customer)
            .with("flightId", flight.id.as_str())
            .open(app)
            .await;
        last = Some(customer);
    }
    flight.delay(app, 245, "72").await;
    (last.unwrap(), flight)
}

/// How many statements a query takes. What is asked for while the same is being read is read with it or right after it, as
/// it happens; so the fewest of several times counts, and the most is hardly more.
async fn count(app: &App, client: &Client, query: &str) -> u64 {
    let mut counted = Vec::new();
    for _ in 0..6 {
        let (answer, statements) = app.statements(client.ask(query)).await;
        answer.data();
        counted.push(statements);
    }
    let fewest = counted.iter().copied().min().unwrap_or_default();
    assert!(
        counted.iter().all(|statements| *statements <= fewest + 2),
        "{counted:?} for {query}"
    );
    fewest
}

on_both!(statements_do_not_grow_with_lists, async |app: App| {
    let (customer, flight) = busy(&app).await;
    let client = app.administrator();
    let lists = [
        (
            "customers",
            format!("customers(first: SIZE) {{ nodes {{ {ROW} }} }}"),
        ),
        ("case queue", format!("cases(first: SIZE) {{ {WORK} }}")),
        ("claims", format!("claims(first: SIZE) {{ {CLAIM} }}")),
        (
            "orders",
            format!("orders(first: SIZE) {{ nodes {{ {ORDER} }} }}"),
        ),
        (
            "flight",
            format!(
                "flight(id: \"{}\") {{ {} }}",
                flight.id,
                FLIGHT.replace("first: 20", "first: SIZE")
            ),
        ),
    ];
    let mut table = format!(
        "customer page: {}\n",
        count(
            &app,
            &client,
            &format!(
                "{{ customer(id: \"{}\") {{ {CUSTOMER_PAGE} }} }}",
                customer.id
            )
        )
        .await
    );
    for (name, list) in lists {
        let of = |size: &str| format!("{{ {} }}", list.replace("SIZE", size));
        let (few, many) = (
            count(&app, &client, &of("2")).await,
            count(&app, &client, &of("20")).await,
        );
        assert_eq!(few, many, "{name}: two rows and twenty");
        writeln!(table, "{name}: {many}").unwrap();
    }
    insta::assert_snapshot!(table, @r"
    customer page: 11
    customers: 10
    case queue: 7
    claims: 12
    orders: 16
    flight: 8
    ");
});

on_both!(
    a_disrupted_flight_is_recorded_in_so_many_statements_however_full_it_is,
    async |app: App| {
        // Events are written sixteen to a statement: sixteen passengers, then forty-eight.
        let mut counted = Vec::new();
        for (number, orders, adults) in [(1, 4, 4), (2, 8, 6)] {
            let flight = NewFlight::of("EK", number, "FRA", "DXB").create(&app).await;
            let customer = NewCustomer::named("Okafor").create(&app).await;
            for _ in 0..orders {
                NewOrder::of(&customer)
                    .adults(adults)
                    .flying(&[&flight])
                    .place(&app)
                    .await;
            }
            let input = flight.event(
                &app,
                "DELAY",
                json!({ "arrivalDelayMinutes": 245, "causeCode": "41" }),
            );
            let query = "mutation($input: RecordFlightEventInput!) { recordFlightEvent(input: $input) { ... on FlightEventRecorded { disruptedJourneys } } }";
            let client = app.administrator();
            let (answer, statements) = app
                .statements(client.ask_with(query, json!({ "input": input })))
                .await;
            assert_eq!(
                answer.at("/recordFlightEvent/disruptedJourneys"),
                orders * adults
            );
            counted.push(statements);
        }
        assert_eq!(counted[0] + 2, counted[1]);
    }
);
