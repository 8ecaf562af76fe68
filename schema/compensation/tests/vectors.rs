//! The engine against the vectors of law: all of them, from their file.

#![expect(
    clippy::unwrap_used,
    reason = "a broken vector file should stop the test where it is broken"
)]

#[path = "support/told.rs"]
mod told;
#[path = "support/world.rs"]
#[expect(dead_code, reason = "shared with other tests")]
mod world;

use schema_compensation::engine::{
    Airport, Assessment, CareItem, CaseFacts, Coordinates, EntitlementKind, EventKind, Fact, Flag,
    PaymentMethod, Regime, Rerouting,
};
use serde_json::Value;

use told::{canada, emirates, eu_care, goodwill, montreal, united_states};
use world::{AIRPORTS, answer, assess, data, ordinary};

/// How many vectors the file holds.
const VECTORS: usize = 140;

fn vectors() -> Vec<Value> {
    let lines = std::fs::read_to_string(data("tests/data/compensation-vectors.jsonl")).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn vector(id: &str) -> Value {
    vectors()
        .into_iter()
        .find(|vector| vector["id"] == id)
        .unwrap()
}

#[test]
fn every_vector_of_the_file_comes_out_as_it_says() {
    let vectors = vectors();
    for vector in &vectors {
        let (regime, facts) = facts_of(vector);
        let own: Vec<_> = assess(&facts)
            .into_iter()
            .filter(|assessment| assessment.regime == regime)
            .collect();
        let name = format!("{} {}", vector["id"], vector["text"]);
        if vector["expected"]["care"].is_array() {
            check_care(vector, &own, &name);
        } else {
            check_amount(vector, &own, &name);
        }
    }
    assert_eq!(vectors.len(), VECTORS);
}

#[test]
fn routes_near_a_limit_say_so() {
    for (id, regime, threshold_metres) in [
        ("EU-39", Regime::Eu261, 3_500_000),
        ("UK-16", Regime::Uk261, 1_500_000),
    ] {
        let answer = answer(&facts_of(&vector(id)).1, regime);
        assert!(
            answer
                .flags
                .contains(&Flag::NearThreshold { threshold_metres }),
            "{id}"
        );
    }
}

#[test]
fn a_card_refund_is_due_in_seven_business_days_and_another_in_twenty_days() {
    let mut facts = facts_of(&vector("US-01")).1;
    let due = |facts: &CaseFacts| {
        let entitlements = answer(facts, Regime::UsDot).entitlements;
        entitlements
            .into_iter()
            .map(|entitlement| entitlement.due_by.unwrap().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(due(&facts), ["2026-03-11", "2026-03-11"]);
    facts.purchase.payment_method = PaymentMethod::Other;
    assert_eq!(due(&facts), ["2026-03-22", "2026-03-22"]);
}

/// The payable sum in the vector's currency, settled, nothing provisional.
fn check_amount(vector: &Value, own: &[Assessment], name: &str) {
    let payable: Vec<_> = own
        .iter()
        .flat_map(|assessment| &assessment.entitlements)
        .filter(|entitlement| entitlement.is_payable())
        .collect();
    assert!(own[0].missing_facts().is_empty(), "{name}: {own:?}");
    assert!(
        payable
            .iter()
            .all(|entitlement| !entitlement.is_provisional),
        "{name}: {own:?}"
    );

    let expected = &vector["expected"];
    let currency = match expected["currency"].as_str().unwrap() {
        "SDR" => "XDR",
        "MILES" => "XXX",
        currency => currency,
    };
    assert!(
        payable
            .iter()
            .all(|entitlement| entitlement.currency.as_str() == currency),
        "{name}: {own:?}"
    );
    let amount = minor(&expected["amount"]) / if currency == "XXX" { 100 } else { 1 };
    let sum: i64 = payable
        .iter()
        .map(|entitlement| entitlement.amount_minor)
        .sum();
    assert_eq!(sum, amount, "{name}: {own:?}");
}

/// The items of care, certain, and whether the fare may be asked back.
fn check_care(vector: &Value, own: &[Assessment], name: &str) {
    let granted: Vec<_> = own
        .iter()
        .flat_map(|assessment| &assessment.entitlements)
        .collect();
    let care: Vec<_> = granted
        .iter()
        .filter(|entitlement| {
            entitlement.kind == EntitlementKind::Care && !entitlement.is_provisional
        })
        .flat_map(|entitlement| entitlement.care.iter().map(|item| word_of(*item)))
        .collect();
    let expected: Vec<_> = vector["expected"]["care"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_str().unwrap())
        .collect();
    assert_eq!(care, expected, "{name}: {own:?}");
    if vector["expected"]["refund_option"] == true {
        let is_option = |kind, is_choice| kind == EntitlementKind::Refund && is_choice;
        assert!(
            granted
                .iter()
                .any(|option| is_option(option.kind, option.is_choice)),
            "{name}"
        );
    }
}

fn word_of(item: CareItem) -> &'static str {
    match item {
        CareItem::Information => "info",
        CareItem::Meals => "meals",
        CareItem::Communication => "comms",
        CareItem::Hotel => "hotel",
        CareItem::Transport => "transport",
        CareItem::CareAsAppropriate => "care_as_appropriate",
        CareItem::RerouteOrReturn => "reroute_or_return",
        CareItem::Disembarkation => "disembarkation",
    }
}

/// Cents of an amount the file writes with a decimal point.
fn minor(amount: &Value) -> i64 {
    let (whole, cents) = amount.to_string().split_once('.').map_or_else(
        || (amount.to_string(), String::from("00")),
        |(whole, cents)| (whole.to_owned(), format!("{cents:0<2}")),
    );
    whole.parse::<i64>().unwrap() * 100 + cents.parse::<i64>().unwrap()
}

/// The facts of a vector. Some say them in fields; those that say them in words only are written out below.
fn facts_of(vector: &Value) -> (Regime, CaseFacts) {
    let (input, id) = (&vector["input"], vector["id"].as_str().unwrap());
    match vector["regime"].as_str().unwrap() {
        "EU261" => (Regime::Eu261, with_fields(input, "DE")),
        "UK261" => (Regime::Uk261, with_fields(input, "GB")),
        "US_DOT" => (Regime::UsDot, united_states(id)),
        "CA_APPR" => (Regime::CaAppr, canada(id)),
        "MC99" => (Regime::Montreal, montreal(id)),
        "AE_PWP" => (Regime::UaePwp, emirates(id)),
        "EU_CARE" => (Regime::Eu261, eu_care(id)),
        "GOODWILL_V1" => (Regime::Goodwill, goodwill(input)),
        other => panic!("{other} is no regime of the file"),
    }
}

fn with_fields(input: &Value, home: &str) -> CaseFacts {
    let kind = match input["e"].as_str().unwrap() {
        "delay" => EventKind::Delay,
        "cancel" => EventKind::Cancellation,
        "forward" => EventKind::BroughtForward,
        "denied" => EventKind::DeniedBoarding,
        "downgrade" => EventKind::Downgrade,
        other => panic!("{other} is no event of the file"),
    };
    let licence_country = match input["cz"].as_str() {
        Some("EU") => "DE",
        Some("UK") => "GB",
        Some(_) => "AE",
        None => home,
    };
    let (origin, destination) = ends(input, home);

    let mut facts = ordinary(origin, destination, licence_country, kind);
    let number = |name: &str| input[name].as_i64();
    facts.event.arrival_delay_minutes = Fact::Known(number("arr").unwrap_or(0));
    facts.event.departure_delay_minutes = Fact::Known(-number("adv").unwrap_or(0));
    facts.event.notice_minutes = Fact::Known(number("notice_h").unwrap_or(0) * 60);
    facts.event.rerouting = Fact::Known(input["rr"].as_array().map(|offer| Rerouting {
        departs_earlier_minutes: offer[0].as_i64().unwrap(),
        arrives_later_minutes: offer[1].as_i64().unwrap(),
    }));
    facts.event.extraordinary_minutes = number("xmin").map(|minutes| minutes.try_into().unwrap());
    facts.event.extraordinary = Fact::Known(input["xall"] == true || number("xmin").is_some());
    facts.passenger.fare_free = Fact::Known(input["free"] == true);
    facts.boarding.volunteered = Fact::Known(input["vol"] == true);
    facts.boarding.refused_for_cause = Fact::Known(false);
    facts.price.flight_minor = Fact::Known(number("price").unwrap_or(0) * 100);
    facts.purchase.currency = if home == "GB" { "GBP" } else { "EUR" }.parse().unwrap();
    facts
}

/// The airports of the vector, or two places on the equator at exactly its distance.
fn ends(input: &Value, home: &str) -> (Airport, Airport) {
    let Some(kilometres) = input["dist"].as_f64() else {
        return (
            AIRPORTS[input["o"].as_str().unwrap()],
            AIRPORTS[input["d"].as_str().unwrap()],
        );
    };
    let place = |iata: &str, country: &str, longitude: f64| Airport {
        iata: iata.parse().unwrap(),
        country: country.parse().unwrap(),
        position: Coordinates::new(0.0, longitude).unwrap(),
    };
    let far = if input["intra"] == true { "ES" } else { "MA" };
    (
        place("AAA", home, 0.0),
        place("BBB", far, (kilometres / 6_371.008_8).to_degrees()),
    )
}

/// Of several issues on one journey the largest counts in full and each other by half, before the factors and the cap.
#[test]
fn several_issues_are_weighed_together() {
    let miles = |others: &[&str], cabin: &str, issue: &str| {
        let input =
            serde_json::json!({ "issue": issue, "cabin": cabin, "tier": "BASE", "prior": 0 });
        let mut facts = told::goodwill(&input);
        if let Some(service) = &mut facts.service {
            service.others = others
                .iter()
                .map(|issue| serde_json::from_value(serde_json::json!(issue)).unwrap())
                .collect();
        }
        let granted = schema_compensation::engine::assess(
            &facts,
            schema_compensation::engine::RuleSet::shipped(),
        );
        granted
            .iter()
            .flat_map(|assessment| &assessment.entitlements)
            .find_map(schema_compensation::engine::Entitlement::miles)
    };
    assert_eq!(miles(&[], "Y", "IFE_INOP"), Some(5_000));
    assert_eq!(miles(&["MEAL_NOT_LOADED"], "Y", "IFE_INOP"), Some(6_500));
    assert_eq!(miles(&["IFE_INOP"], "Y", "MEAL_NOT_LOADED"), Some(6_500));
    assert_eq!(
        miles(
            &["LOUNGE_DENIED", "WIFI_FAIL", "MEAL_NOT_LOADED"],
            "J",
            "CHAUFFEUR_NOSHOW"
        ),
        Some(24_000),
        "(10000 + 1500 + 750 + 1250) x 1.75, rounded up"
    );
    assert_eq!(
        miles(
            &["CHAUFFEUR_NOSHOW", "CHAUFFEUR_NOSHOW", "CHAUFFEUR_NOSHOW"],
            "F",
            "CHAUFFEUR_NOSHOW"
        ),
        Some(50_000)
    );
}
