use serde_json::{Value, json};
use tests::{App, build::NewCustomer, on_both};

const WHOLE: &str = "customer { displayName familyName givenName travelDocumentFamilyName travelDocumentGivenName language gender birthDate nationality
    homeAirport tier isVip status version contactPoints { kind value maskedValue isPrimary } loyaltyMemberships { programme number tier } }";

on_both!(a_customer_is_made_whole, async |app: App| {
    let input = json!({
        "familyName": "Müller", "givenName": "Zoë", "title": "DR", "gender": "X", "birthDate": "1984-02-29", "nationality": "DE",
        "language": "de", "homeAirport": "FRA", "email": "Zoe@Example.com", "phone": "+49 1512 3456789",
        "loyaltyMembership": { "programme": "SKYWARDS", "number": "EK 123 456 789", "tier": "GOLD" },
    });
    let made = app
        .administrator()
        .must("createCustomer", "CustomerCreated", input, WHOLE)
        .await;
    let customer = &made["customer"];
    assert_eq!(
        (
            &customer["travelDocumentFamilyName"],
            &customer["travelDocumentGivenName"]
        ),
        (&json!("MUELLER"), &json!("ZOE"))
    );
    assert_eq!(
        (
            &customer["birthDate"],
            &customer["tier"],
            &customer["status"]
        ),
        (&json!("1984-02-29"), &json!("GOLD"), &json!("ACTIVE"))
    );
    assert_eq!(customer["version"], 1);
    let phone = json!({ "kind": "PHONE", "value": "+4915123456789", "maskedValue": customer["contactPoints"][1]["maskedValue"], "isPrimary": true });
    assert_eq!(customer["contactPoints"][1], phone);
    assert_eq!(
        customer["loyaltyMemberships"],
        json!([{ "programme": "SKYWARDS", "number": "EK123456789", "tier": "GOLD" }])
    );
});

on_both!(a_single_name_is_enough, async |app: App| {
    let made = app
        .administrator()
        .must(
            "createCustomer",
            "CustomerCreated",
            json!({ "familyName": "Suharto" }),
            WHOLE,
        )
        .await;
    let customer = &made["customer"];
    assert_eq!(
        (&customer["displayName"], &customer["givenName"]),
        (&json!("Suharto"), &Value::Null)
    );
    assert_eq!(
        (
            &customer["language"],
            &customer["gender"],
            &customer["tier"]
        ),
        (&json!("en"), &json!("U"), &Value::Null)
    );
});

on_both!(
    a_name_in_another_script_needs_its_travel_document,
    async |app: App| {
        let refused = app
            .agent()
            .run("createCustomer", json!({ "familyName": "田中" }), "")
            .await;
        assert_eq!(
            refused["fields"][0]["path"],
            json!(["input", "travelDocumentFamilyName"]),
            "{refused:#}"
        );
        let input = json!({ "familyName": "田中", "travelDocumentFamilyName": "TANAKA" });
        let made = app
            .administrator()
            .must("createCustomer", "CustomerCreated", input, WHOLE)
            .await;
        assert_eq!(
            (
                &made["customer"]["familyName"],
                &made["customer"]["travelDocumentFamilyName"]
            ),
            (&json!("田中"), &json!("TANAKA"))
        );
    }
);

on_both!(every_wrong_field_is_named_at_once, async |app: App| {
    let before = app.picture().await;
    let input = json!({
        "familyName": " ", "birthDate": "2026-02-30", "nationality": "XX", "homeAirport": "F1A", "email": "nobody", "phone": "12",
        "loyaltyMembership": { "programme": "!", "number": "1", "qualifyingMiles": -1 },
    });
    let refused = app.agent().run("createCustomer", input, "").await;
    let mut named: Vec<String> = refused["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["path"].to_string())
        .collect();
    named.sort();
    for field in [
        "familyName",
        "birthDate",
        "nationality",
        "homeAirport",
        "email",
        "phone",
        "programme",
        "number",
        "qualifyingMiles",
    ] {
        assert!(
            named
                .iter()
                .any(|path| path.ends_with(&format!("\"{field}\"]"))),
            "{field} is not named in {named:#?}"
        );
    }
    before.assert_same(&app.picture().await, "a refusal");
});

on_both!(the_same_key_makes_one_customer, async |app: App| {
    let input = json!({ "idempotencyKey": app.key(), "familyName": "Haddad", "email": "haddad@example.com" });
    let first = app
        .agent()
        .must(
            "createCustomer",
            "CustomerCreated",
            input.clone(),
            "customer { id }",
        )
        .await;
    let again = app
        .agent()
        .must(
            "createCustomer",
            "CustomerCreated",
            input.clone(),
            "customer { id }",
        )
        .await;
    assert_eq!(first, again);
    let mut other = input;
    other["familyName"] = "Khoury".into();
    assert_eq!(
        app.agent().run("createCustomer", other, "").await["code"],
        "CONFLICT"
    );
    assert_eq!(app.picture().await.count("profile_customer"), 1);
});

on_both!(what_is_somebody_elses_is_not_taken, async |app: App| {
    NewCustomer::named("Haddad")
        .with("email", "amal@example.com")
        .member("EK123456789", "BASE")
        .create(&app)
        .await;
    let before = app.picture().await;
    for taken in [
        json!({ "familyName": "Khoury", "email": "AMAL@example.com" }),
        json!({ "familyName": "Khoury", "loyaltyMembership": { "programme": "skywards", "number": "ek-123-456-789" } }),
    ] {
        let refused = app.agent().run("createCustomer", taken.clone(), "").await;
        assert_eq!(refused["code"], "CONFLICT", "{taken}: {refused}");
    }
    before.assert_same(&app.picture().await, "a refusal");
});
