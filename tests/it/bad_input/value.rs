//! Values that no type takes, field by field.

use serde_json::{Value, json};
use tests::{
    App,
    build::{NewFlight, NewOrder, Trip},
    on_both,
};

use super::assert_refused;

/// A right input for each of these mutations.
fn right(app: &App, trip: &Trip) -> Vec<(&'static str, Value)> {
    let flight = trip.flight.event(
        app,
        "DELAY",
        json!({ "arrivalDelayMinutes": 20, "causeCode": "41" }),
    );
    let mut customer = json!({ "familyName": "Haddad", "isVip": false });
    customer["loyaltyMembership"] = json!({ "programme": "SKYWARDS", "number": "EK123456" });
    vec![
        ("createCustomer", customer),
        (
            "placeOrder",
            NewOrder::of(&trip.customer)
                .adults(1)
                .flying(&[&trip.flight])
                .input(app),
        ),
        (
            "createFlight",
            NewFlight::of("EK", 999, "FRA", "DXB").input(app),
        ),
        ("recordFlightEvent", flight),
        (
            "openCase",
            json!({ "type": "COMPLAINT", "subject": "Late", "description": "Late.", "customerId": trip.customer.id }),
        ),
        (
            "updateCustomer",
            json!({ "customerId": trip.customer.id, "expectedVersion": 1 }),
        ),
    ]
}

on_both!(
    what_no_type_takes_is_refused_by_the_name_of_its_field,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let before = app.picture().await;
        for (mutation, pointer, values) in [
            (
                "createCustomer",
                "/familyName",
                vec![json!(7), Value::Null, json!(["A"]), json!({})],
            ),
            (
                "createCustomer",
                "/gender",
                vec![json!("MALE"), json!(1), json!("m")],
            ),
            (
                "createCustomer",
                "/isVip",
                vec![json!("yes"), json!(1), Value::Null],
            ),
            (
                "createCustomer",
                "/birthDate",
                vec![
                    json!("2026-02-30"),
                    json!("1899-12-31"),
                    json!("2999-01-01"),
                    json!("yesterday"),
                    json!(19_840_229),
                    json!("0000-00-00"),
                ],
            ),
            (
                "createCustomer",
                "/homeAirport",
                vec![json!("F1A"), json!("FRANKFURT"), json!(""), json!(1)],
            ),
            (
                "createCustomer",
                "/nationality",
                vec![json!("XX"), json!("Germany"), json!("")],
            ),
            (
                "createCustomer",
                "/language",
                vec![json!("not a language"), json!("")],
            ),
            (
                "createCustomer",
                "/idempotencyKey",
                vec![json!("once"), json!(1)],
            ),
            (
                "createCustomer",
                "/loyaltyMembership/tier",
                vec![json!("DIAMOND")],
            ),
            (
                "createCustomer",
                "/loyaltyMembership/qualifyingMiles",
                vec![json!(-1), json!("many"), json!(1.5)],
            ),
            ("createCustomer", "/nickname", vec![json!("Zed")]),
            (
                "updateCustomer",
                "/expectedVersion",
                vec![
                    json!("1"),
                    json!(1.5),
                    json!(2_147_483_648_i64),
                    json!(-2_147_483_649_i64),
                    Value::Null,
                ],
            ),
            (
                "placeOrder",
                "/journeys/0/faresMinor/0",
                vec![
                    json!(-1),
                    json!(i64::MAX),
                    json!(u64::MAX),
                    json!(0.5),
                    json!("free"),
                ],
            ),
            (
                "placeOrder",
                "/currency",
                vec![json!("EURO"), json!("eur"), json!(""), json!("XYZ")],
            ),
            ("placeOrder", "/channel", vec![json!("FAX")]),
            (
                "placeOrder",
                "/ownerAirline",
                vec![json!("E"), json!("EMIRATES"), json!("??"), json!("ZZ")],
            ),
            ("placeOrder", "/passengers/0/kind", vec![json!("DOG")]),
            (
                "placeOrder",
                "/passengers",
                vec![json!([]), Value::Null, json!("Amara")],
            ),
            (
                "placeOrder",
                "/journeys/0/segments/0/cabin",
                vec![json!("Z"), json!("economy")],
            ),
            (
                "createFlight",
                "/origin",
                vec![json!("F1A"), json!("fr"), json!("QQQ")],
            ),
            ("createFlight", "/carrier", vec![json!("E"), json!("!!")]),
            (
                "createFlight",
                "/number",
                vec![
                    json!(0),
                    json!(-5),
                    json!(10_000),
                    json!(3_000_000_000_i64),
                    json!("46"),
                ],
            ),
            (
                "createFlight",
                "/scheduledDepartureAt",
                vec![
                    json!("2026-02-30T10:00:00Z"),
                    json!("tomorrow"),
                    json!(1_790_000_000),
                    json!("2026-11-20"),
                    json!("+262142-01-01T00:00:00Z"),
                ],
            ),
            (
                "recordFlightEvent",
                "/kind",
                vec![json!("EXPLOSION"), Value::Null],
            ),
            (
                "recordFlightEvent",
                "/delay/arrivalDelayMinutes",
                vec![
                    json!(10_081),
                    json!(-1_441),
                    json!(2_147_483_648_i64),
                    json!("late"),
                    json!(i64::MIN),
                ],
            ),
            (
                "recordFlightEvent",
                "/delay/causeCode",
                vec![json!("4"), json!("ZZ"), json!("999"), json!("")],
            ),
            (
                "recordFlightEvent",
                "/expectedVersion",
                vec![json!(2_147_483_648_i64)],
            ),
            ("openCase", "/type", vec![json!("RANT")]),
            (
                "openCase",
                "/subject",
                vec![json!(""), json!("x".repeat(201))],
            ),
        ] {
            for value in values {
                let (_, mut input) = right(&app, &trip)
                    .into_iter()
                    .find(|(name, _)| *name == mutation)
                    .unwrap();
                let (parent, field) = pointer.rsplit_once('/').unwrap();
                match input.pointer_mut(pointer) {
                    Some(place) => *place = value.clone(),
                    None => input.pointer_mut(parent).unwrap()[field] = value.clone(),
                }
                let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
                let query = format!(
                    "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename ... on Problem {{ message rule ... on InvalidInput {{ fields {{ path message rule }} }} }} }} }}"
                );
                let answer = app
                    .administrator()
                    .ask_with(&query, json!({ "input": input }))
                    .await;
                let named = pointer
                    .split('/')
                    .rfind(|part| part.parse::<usize>().is_err())
                    .unwrap();
                assert_refused(
                    &answer,
                    named,
                    &format!("{mutation} with {named} = {value}"),
                );
            }
        }
        before.assert_same(&app.picture().await, "a refusal");
    }
);

on_both!(the_right_inputs_are_taken, async |app: App| {
    let trip = Trip::new(&app).await;
    for (mutation, input) in right(&app, &trip) {
        let outcome = app.administrator().run(mutation, input, "").await;
        assert!(outcome["code"].is_null(), "{mutation}: {outcome}");
    }
});

on_both!(
    text_that_cannot_be_stored_is_searched_for_in_vain,
    async |app: App| {
        let client = app.administrator();
        for question in [
            "customers(first: 1, filter: { name: $text }) { nodes { id } }",
            "customers(first: 1, filter: { loyaltyNumber: $text }) { nodes { id } }",
            "cases(first: 1, filter: { queue: { eq: $text } }) { nodes { id } }",
            "agents(first: 1, filter: { queue: $text }) { nodes { id } }",
            "airports(first: 1, search: $text) { nodes { iataCode } }",
        ] {
            let document = format!("query($text: String!) {{ {question} }}");
            for text in ["\0", "a\0b", "\u{1b}[2J", "\u{202e}a", "%", "_", "\\"] {
                let answer = client.ask_with(&document, json!({ "text": text })).await;
                assert!(
                    answer.codes().iter().all(|code| *code == "BAD_USER_INPUT"),
                    "{question} of {text:?}: {:#}",
                    answer.body
                );
            }
        }
    }
);
