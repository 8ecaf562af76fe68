use serde_json::{Value, json};
use tests::{App, on_both};

const ASSESSMENTS: &str = "assessments { regime ruleId applies why isSettled distanceKm entitlements { kind amount { formatted } basis isProvisional } flags { code missingFacts } }";

fn delay(minutes: i32) -> Value {
    json!({
        "kind": "DELAY", "incidentOn": "2026-03-02", "arrivalDelayMinutes": minutes, "operatingCarrier": "LH", "licenceCountry": "DE",
        "origin": { "iataCode": "FRA", "country": "DE", "latitude": 50.0333, "longitude": 8.57046 },
        "destination": { "iataCode": "JFK", "country": "US", "latitude": 40.63983, "longitude": -73.77874 },
        "purchase": { "fareMinor": 45_000, "currency": "EUR", "paymentMethod": "CARD" },
        "establishedFacts": { "isExtraordinary": false, "wasAtCheckIn": true, "hasThirdCountryBenefits": false },
    })
}

fn of<'a>(outcome: &'a Value, regime: &str) -> &'a Value {
    outcome["assessments"]
        .as_array()
        .unwrap()
        .iter()
        .find(|assessment| assessment["regime"] == regime)
        .unwrap()
}

on_both!(the_amount_follows_distance_and_delay, async |app: App| {
    let before = app.picture().await;
    for (minutes, amounts) in [
        (179, vec![]),
        (180, vec!["EUR 300.00"]),
        (239, vec!["EUR 300.00"]),
        (240, vec!["EUR 600.00"]),
    ] {
        let outcome = app
            .agent()
            .must(
                "assessDisruption",
                "DisruptionAssessed",
                delay(minutes),
                ASSESSMENTS,
            )
            .await;
        let granted: Vec<&Value> = of(&outcome, "EU261")["entitlements"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entitlement| &entitlement["amount"]["formatted"])
            .collect();
        assert_eq!(granted, amounts, "{minutes}");
    }
    before.assert_same(&app.picture().await, "a question");
});

on_both!(what_is_not_known_is_asked_for, async |app: App| {
    let mut facts = delay(240);
    facts["establishedFacts"] = json!({});
    let outcome = app
        .agent()
        .must("assessDisruption", "DisruptionAssessed", facts, ASSESSMENTS)
        .await;
    let eu261 = of(&outcome, "EU261");
    assert_eq!(eu261["isSettled"], false);
    assert!(
        eu261["flags"]
            .as_array()
            .unwrap()
            .iter()
            .any(|flag| flag["missingFacts"].to_string().contains("EXTRAORDINARY")),
        "{eu261:#}"
    );
});

on_both!(
    proven_extraordinary_circumstances_excuse,
    async |app: App| {
        let mut facts = delay(240);
        facts["establishedFacts"]["isExtraordinary"] = true.into();
        let outcome = app
            .agent()
            .must("assessDisruption", "DisruptionAssessed", facts, ASSESSMENTS)
            .await;
        assert_eq!(of(&outcome, "EU261")["entitlements"], json!([]));
        assert!(
            of(&outcome, "EU261")["why"]
                .as_str()
                .unwrap()
                .contains("5(3)"),
            "{outcome:#}"
        );
    }
);

on_both!(facts_that_cannot_be_are_named, async |app: App| {
    for (pointer, value, path) in [
        ("/origin/latitude", json!(91.0), "origin.latitude"),
        (
            "/destination/longitude",
            json!(-181.0),
            "destination.longitude",
        ),
        ("/purchase/fareMinor", json!(-1), "purchase.fareMinor"),
        ("/purchase/currency", json!("EURO"), "purchase.currency"),
        (
            "/arrivalDelayMinutes",
            json!(2_000_000_000),
            "arrivalDelayMinutes",
        ),
        (
            "/establishedFacts/extraordinaryMinutes",
            json!(60),
            "establishedFacts.extraordinaryMinutes",
        ),
        ("/addedConnections", json!(-1), "addedConnections"),
    ] {
        let mut facts = delay(240);
        match facts.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => match pointer.rsplit_once('/').unwrap() {
                ("", name) => facts[name] = value,
                (parent, name) => facts.pointer_mut(parent).unwrap()[name] = value,
            },
        }
        let refused = app.agent().run("assessDisruption", facts, "").await;
        let expected: Vec<&str> = std::iter::once("input").chain(path.split('.')).collect();
        assert_eq!(
            refused["fields"][0]["path"],
            json!(expected),
            "{pointer}: {refused}"
        );
    }
});
