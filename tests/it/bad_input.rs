//! What cannot be right: an error or an outcome that names the field and the rule. Never an internal error, and nothing is
//! written. What each verb checks beyond that stands beside the verb.

mod value;

use serde_json::{Value, json};
use tests::{
    Answer, App,
    build::{NewCustomer, Trip},
    on_both,
};

use crate::access::doors::{Known, doors};

/// Refused, and nobody has to search for what is wrong: the field is named; or the place in the document is given; or,
/// where a scalar inside a variable refuses, its type is named together with the input it stands in.
#[track_caller]
fn assert_refused(answer: &Answer, field: &str, what: &str) {
    let codes = answer.codes();
    assert!(
        codes.iter().all(|code| [
            "BAD_USER_INPUT",
            "GRAPHQL_VALIDATION_FAILED",
            "GRAPHQL_PARSE_FAILED"
        ]
        .contains(code)),
        "{what}: {:#}",
        answer.body
    );
    let is_outcome = answer.body["data"].as_object().is_some_and(|data| {
        data.values()
            .any(|outcome| outcome["__typename"] == "InvalidInput")
    });
    assert!(
        !codes.is_empty() || is_outcome,
        "{what} was taken: {:#}",
        answer.body
    );
    let said = answer.body.to_string();
    let is_found = [
        field,
        "\"locations\"",
        "Failed to parse",
        "Expected input type",
    ]
    .iter()
    .any(|part| said.contains(part));
    assert!(
        is_found,
        "{what}: `{field}` is not named: {:#}",
        answer.body
    );
}

on_both!(
    an_id_of_nothing_finds_nothing_at_every_door,
    async |app: App| {
        let before = app.picture().await;
        // A domain does not know the customers of another one, and believes staff who name one. What was tried with such an id
        // stands in the audit log.
        let believed = [
            "auditRecords",
            "inviteUser",
            "recordPurchase",
            "openCase",
            "reportBaggage",
            "setChannelPreference",
        ];
        for id in [
            "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f",
            "nonsense",
            "",
            "0",
            "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f0",
            "' OR 1=1 --",
        ] {
            for door in doors(&Known::at(id))
                .into_iter()
                .filter(|door| !believed.contains(&door.field) || id.len() != 36)
            {
                let answer = app
                    .administrator()
                    .ask_with(&door.document, door.variables.clone())
                    .await;
                let found = &answer.body["data"][door.field];
                let nothing = found.is_null()
                    || found["nodes"] == json!([])
                    || ["NOT_FOUND", "INVALID_INPUT"]
                        .map(Value::from)
                        .contains(&found["code"]);
                assert!(
                    nothing && answer.codes().iter().all(|code| *code == "BAD_USER_INPUT"),
                    "{} of {id:?}: {:#}",
                    door.field,
                    answer.body
                );
            }
        }
        before.assert_same(&app.picture().await, "an id of nothing");
    }
);

on_both!(
    a_page_is_between_one_and_a_hundred_and_goes_one_way,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let client = app.administrator();
        let own = format!("customer(id: \"{}\")", trip.customer.id);
        for list in [
            "customers",
            "orders",
            "flights",
            "airports",
            "cases",
            "queues",
            "agents",
            "claims",
            "notifications",
            "deliveries",
            "payouts",
        ] {
            for page in [
                "first: 0",
                "first: 101",
                "first: -1",
                "last: 0",
                "last: 1000000",
                "first: 1, last: 1",
                "first: 1, before: \"x\"",
                "last: 1, after: \"x\"",
            ] {
                let answer = client
                    .ask(&format!(
                        "{{ {list}({page}) {{ pageInfo {{ hasNextPage }} }} }}"
                    ))
                    .await;
                // Whichever of the two is wrong, or the cursor that does not go with it.
                let named = ["first", "last", "cursor"]
                    .into_iter()
                    .find(|name| answer.message().contains(name));
                assert_refused(
                    &answer,
                    named.unwrap_or("first"),
                    &format!("{list}({page})"),
                );
            }
            let answer = client
                .ask(&format!("{{ {list} {{ pageInfo {{ hasNextPage }} }} }}"))
                .await;
            assert_refused(&answer, "first", list);
        }
        for list in [
            "orders",
            "journeys",
            "purchases",
            "cases",
            "claims",
            "timeline",
            "interactions",
        ] {
            let answer = client
                .ask(&format!(
                    "{{ {own} {{ {list}(first: 101) {{ pageInfo {{ hasNextPage }} }} }} }}"
                ))
                .await;
            assert_refused(&answer, list, list);
        }
    }
);

on_both!(a_cursor_of_another_list_is_no_cursor, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "72").await;
    let client = app.administrator();
    let cursor = async |list: &str| {
        client
            .ask(&format!(
                "{{ {list}(first: 1) {{ pageInfo {{ endCursor }} }} }}"
            ))
            .await
            .text(&format!("/{list}/pageInfo/endCursor"))
            .to_owned()
    };
    let (by_name, by_time, by_number) = (
        cursor("customers").await,
        cursor("orders").await,
        cursor("cases").await,
    );
    let forged = [
        "",
        "x",
        "AAAA",
        "ffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffi99999999999999999999",
        "ffffffffffffffffffffffffffffffftzz",
        "\u{1F600}",
    ]
    .map(str::to_owned);
    for (list, others) in [
        ("customers", [&by_time, &by_number]),
        ("orders", [&by_name, &by_number]),
        ("flights", [&by_name, &by_number]),
        ("cases", [&by_name, &by_time]),
        ("claims", [&by_name, &by_number]),
    ] {
        for cursor in others.into_iter().chain(&forged) {
            let answer = client.ask_with(&format!("query($after: String) {{ {list}(first: 1, after: $after) {{ pageInfo {{ endCursor }} }} }}"), json!({ "after": cursor })).await;
            assert_refused(&answer, "cursor", &format!("{list} after {cursor:?}"));
        }
    }
});

on_both!(
    arguments_that_no_type_takes_are_refused_by_name,
    async |app: App| {
        let client = app.administrator();
        for (query, field) in [
            ("{ customers(first: \"1\") { nodes { id } } }", "first"),
            ("{ customers(first: 2147483648) { nodes { id } } }", "first"),
            ("{ customers(first: 1.5) { nodes { id } } }", "first"),
            (
                "{ customers(first: 1, sort: SHOE_SIZE) { nodes { id } } }",
                "sort",
            ),
            (
                "{ customers(first: 1, filter: { shoeSize: 44 }) { nodes { id } } }",
                "shoeSize",
            ),
            (
                "{ customers(first: 1, filter: { email: \"nobody\" }) { nodes { id } } }",
                "email",
            ),
            (
                "{ customers(first: 1, filter: { phone: \"123\" }) { nodes { id } } }",
                "phone",
            ),
            ("{ airport(iataCode: \"D1B\") { name } }", "iataCode"),
            (
                "{ flights(first: 1, filter: { departsOn: \"2026-02-30\" }) { nodes { id } } }",
                "departsOn",
            ),
            (
                "{ flights(first: 1, filter: { status: [LOST] }) { nodes { id } } }",
                "status",
            ),
            (
                "{ orderByRecordLocator(recordLocator: \"!\", familyName: \"A\") { id } }",
                "recordLocator",
            ),
            (
                "{ orders(first: 1, filter: { placedBetween: { from: \"2026-11-20T00:00:00Z\", to: \"2026-11-19T00:00:00Z\" } }) { nodes { id } } }",
                "placedBetween",
            ),
            (
                "{ cases(first: 1, filter: { openedBetween: { from: \"soon\" } }) { nodes { id } } }",
                "openedBetween",
            ),
            ("{ customer { id } }", "id"),
            ("{ customer(id: 1, id: 2) { id } }", "id"),
            ("{ nothing }", "nothing"),
            ("{ customers(first: 1) { nodes { shoeSize } } }", "shoeSize"),
            ("query($unused: Int) { me { id } }", "unused"),
            ("{ me { ...Missing } }", "Missing"),
        ] {
            assert_refused(&client.ask(query).await, field, query);
        }
        for (query, variables) in [
            ("query($id: ID!) { customer(id: $id) { id } }", json!({})),
            (
                "query($id: ID!) { customer(id: $id) { id } }",
                json!({ "id": null }),
            ),
            (
                "query($id: ID!) { customer(id: $id) { id } }",
                json!({ "id": { "a": 1 } }),
            ),
        ] {
            assert_refused(
                &client.ask_with(query, variables.clone()).await,
                "id",
                &variables.to_string(),
            );
        }
    }
);

on_both!(
    texts_of_any_script_and_length_break_nothing,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        for text in [
            "\u{0}",
            "\u{202e}abc",
            "🛫🛬",
            "'; DROP TABLE profile_customer; --",
            "\\",
            "%_%",
            "ẞß",
            "\u{feff}",
            &"é".repeat(5_000),
        ] {
            for (mutation, input) in [
                ("createCustomer", json!({ "familyName": text })),
                (
                    "updateCustomer",
                    json!({ "customerId": customer.id, "expectedVersion": 1, "givenName": text }),
                ),
                (
                    "recordInteraction",
                    json!({ "customerId": customer.id, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND", "summary": text }),
                ),
                (
                    "openCase",
                    json!({ "type": "COMPLAINT", "subject": text, "description": text, "customerId": customer.id }),
                ),
                (
                    "setPreference",
                    json!({ "customerId": customer.id, "kind": "DRINK", "value": text }),
                ),
            ] {
                let outcome = app.administrator().run(mutation, input, "").await;
                assert!(
                    outcome["__typename"].is_string(),
                    "{mutation} of {text:?}: {outcome}"
                );
            }
            let search = app.agent().ask_with("query($name: String) { customers(filter: { name: $name }, first: 5) { nodes { id } } }", json!({ "name": text })).await;
            assert!(
                !search.codes().contains(&"INTERNAL_SERVER_ERROR"),
                "{text:?}: {:#}",
                search.body
            );
        }
        assert!(app.picture().await.count("profile_customer") > 0);
    }
);
