use serde_json::json;

use crate::kit::{World, agent, customer, texts};

const CREATED: &str = "... on CustomerCreated { customer { id displayName salutation travelDocumentFamilyName version tier } }";

#[tokio::test]
async fn a_customer_is_made_with_what_is_known() {
    let world = World::new().await;
    let id = world.amal().await;

    let data = world
        .data(
            agent(),
            "query($id: ID!) { customer(id: $id) { displayName travelDocumentGivenName language homeAirport nationality birthDate gender tier status
              version isVip contactPoints { kind value maskedValue isPrimary } loyaltyMemberships { programme number isActive } } }",
            json!({ "id": id }),
        )
        .await;
    assert_eq!(
        data["customer"],
        json!({
            "displayName": "Amal Haddad", "travelDocumentGivenName": "AMAL", "language": "ar-AE", "homeAirport": "DXB",
            "nationality": "JO", "birthDate": "1984-02-29", "gender": "F", "tier": "GOLD", "status": "ACTIVE", "version": 1, "isVip": false,
            "contactPoints": [
                { "kind": "EMAIL", "value": "Amal.Haddad@example.com", "maskedValue": "A•••@e•••.com", "isPrimary": true },
                { "kind": "PHONE", "value": "+971501234567", "maskedValue": "+97••••••••67", "isPrimary": true },
            ],
            "loyaltyMemberships": [{ "programme": "SKYWARDS", "number": "EK123456789", "isActive": true }],
        })
    );
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_written() {
    let world = World::new().await;
    let input = json!({
        "familyName": "1", "birthDate": "1899-12-31", "nationality": "ZZ", "language": "?", "homeAirport": "DXBX", "email": "nobody", "phone": "12",
        "countryOfResidence": "Atlantis",
        "loyaltyMembership": { "programme": "S", "number": "1", "validFromOn": "2026-02-01", "validToOn": "2026-01-01", "qualifyingMiles": -1 },
    });
    let refused = world
        .mutate(agent(), "createCustomer", input, CREATED)
        .await;

    assert_eq!(refused["outcome"], "InvalidInput");
    let paths: Vec<String> = refused["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| {
            let path: Vec<&str> = field["path"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|part| part.as_str())
                .collect();
            path.join(".")
        })
        .collect();
    for path in [
        "input.familyName",
        "input.birthDate",
        "input.nationality",
        "input.language",
        "input.homeAirport",
        "input.email",
        "input.phone",
        "input.countryOfResidence",
        "input.loyaltyMembership.programme",
        "input.loyaltyMembership.number",
        "input.loyaltyMembership.validToOn",
        "input.loyaltyMembership.qualifyingMiles",
    ] {
        assert!(
            paths.iter().any(|found| found == path),
            "{path} in {paths:?}"
        );
    }
    assert_eq!(
        (world.count("customer").await, world.count("outbox").await),
        (0, 0)
    );
}

#[tokio::test]
async fn dates_that_do_not_exist_are_named() {
    let world = World::new().await;
    let input = json!({ "familyName": "Haddad", "birthDate": "1985-02-29" });
    let refused = world
        .mutate(agent(), "createCustomer", input, CREATED)
        .await;
    assert_eq!(refused["fields"][0]["path"], json!(["input", "birthDate"]));
    let tomorrow = json!({ "familyName": "Haddad", "birthDate": "2026-11-21" });
    assert_eq!(
        world
            .mutate(agent(), "createCustomer", tomorrow, CREATED)
            .await["outcome"],
        "InvalidInput"
    );
}

#[tokio::test]
async fn names_of_other_scripts_bring_their_travel_document_spelling() {
    let world = World::new().await;
    let without = world
        .mutate(
            agent(),
            "createCustomer",
            json!({ "familyName": "حداد" }),
            CREATED,
        )
        .await;
    assert_eq!(
        without["fields"][0]["path"],
        json!(["input", "travelDocumentFamilyName"])
    );
    let with = json!({ "familyName": "حداد", "travelDocumentFamilyName": "Haddad", "title": "DR" });
    let made = world.mutate(agent(), "createCustomer", with, CREATED).await;
    assert_eq!(made["customer"]["travelDocumentFamilyName"], "HADDAD");
    assert_eq!(made["customer"]["salutation"], "Dr حداد");
}

#[tokio::test]
async fn a_duplicate_is_refused_without_saying_whose() {
    let world = World::new().await;
    world.amal().await;
    for (field, value, rule) in [
        (
            "email",
            json!("amal.haddad@EXAMPLE.com"),
            "one customer per e-mail address",
        ),
        (
            "phone",
            json!("+971501234567"),
            "one customer per telephone number",
        ),
        (
            "loyaltyMembership",
            json!({ "programme": "SKYWARDS", "number": "ek123456789" }),
            "one customer per loyalty number",
        ),
    ] {
        let input = json!({ "familyName": "Else", field: value });
        let refused = world
            .mutate(
                agent(),
                "createCustomer",
                input,
                "... on Conflict { message }",
            )
            .await;
        assert_eq!(
            (&refused["outcome"], &refused["rule"]),
            (&json!("Conflict"), &json!(rule))
        );
        assert!(!refused.to_string().to_lowercase().contains("haddad"));
    }
    assert_eq!(world.count("customer").await, 1);
}

#[tokio::test]
async fn the_same_request_twice_makes_one_customer() {
    let world = World::new().await;
    let key = "0b6f2f0e-51d2-4f6e-9a55-7d3f7a1f2c11";
    let input = json!({ "idempotencyKey": key, "familyName": "Müller", "email": "m@example.com" });
    let first = world
        .mutate(agent(), "createCustomer", input.clone(), CREATED)
        .await;
    let second = world
        .mutate(agent(), "createCustomer", input, CREATED)
        .await;
    assert_eq!(first, second);
    assert_eq!(world.count("customer").await, 1);
    assert_eq!(world.count("outbox").await, 1);

    let other = json!({ "idempotencyKey": key, "familyName": "Meier" });
    let refused = world
        .mutate(agent(), "createCustomer", other, CREATED)
        .await;
    assert_eq!(
        (&refused["outcome"], &refused["rule"]),
        (&json!("Conflict"), &json!("idempotency key"))
    );
}

#[tokio::test]
async fn events_never_carry_personal_values() {
    let world = World::new().await;
    let id = world.amal().await;
    world
        .mutate(
            agent(),
            "updateCustomer",
            json!({ "customerId": id, "expectedVersion": 1, "givenName": "Amala" }),
            "",
        )
        .await;
    let outbox = world.outbox().await;
    assert!(outbox.contains("profile.customer.created.v1") && outbox.contains("given_name"));
    for value in [
        "Amal",
        "Haddad",
        "HADDAD",
        "example.com",
        "97150",
        "EK123",
        "1984",
    ] {
        assert!(!outbox.contains(value), "{value} in {outbox}");
    }
}

#[tokio::test]
async fn customers_do_not_make_customers() {
    let world = World::new().await;
    let id = world.amal().await;
    let document = "mutation { createCustomer(input: { familyName: \"Else\" }) { __typename } }";
    let answer = world.ask(customer(&id), document, json!({})).await;
    assert_eq!(texts(&answer["errors"], "extensions.code"), ["FORBIDDEN"]);
    assert_eq!(world.count("customer").await, 1);
}

#[tokio::test]
async fn requests_at_the_same_time_make_one_customer_for_an_address() {
    let world = World::new().await;
    let input = json!({ "familyName": "Racer", "email": "racer@example.com" });
    let requests = (0..8).map(|_| world.mutate(agent(), "createCustomer", input.clone(), CREATED));
    let outcomes = futures_util::future::join_all(requests).await;
    let made = outcomes
        .iter()
        .filter(|outcome| outcome["outcome"] == "CustomerCreated");
    assert_eq!(made.count(), 1, "{outcomes:#?}");
    assert_eq!(world.count("customer").await, 1);
}
