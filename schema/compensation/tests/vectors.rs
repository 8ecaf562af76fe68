//! The engine against the vectors of law: every one of a regime and an event that it covers, and how many those are.

#![expect(
    clippy::unwrap_used,
    reason = "a broken vector file should stop the test where it is broken"
)]

#[path = "support/world.rs"]
mod world;

use schema_compensation::engine::{
    Airport, CaseFacts, Coordinates, EventKind, Fact, Flag, PaymentMethod, Regime, Rerouting,
};
use serde_json::Value;

use world::{AIRPORTS, answer, data, on_route, ordinary, sum};

/// Vectors of Regulation 261/2004 for delay, cancellation and flights brought forward.
const COVERED_EU261: usize = 33;
/// Vectors of 14 CFR part 260 for fares.
const COVERED_US_DOT: usize = 8;

fn vectors() -> Vec<Value> {
    let lines = std::fs::read_to_string(data("tests/data/compensation-vectors.jsonl")).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_file_is_complete() {
    assert_eq!(vectors().len(), 140);
}

#[test]
fn eu261_grants_what_the_vectors_grant() {
    let vectors = vectors();
    let cases: Vec<_> = vectors
        .iter()
        .filter_map(|vector| Some((vector, eu261_facts(vector)?)))
        .collect();
    for (vector, facts) in &cases {
        check(vector, facts, Regime::Eu261);
    }
    assert_eq!(cases.len(), COVERED_EU261);
}

#[test]
fn us_dot_refunds_what_the_vectors_refund() {
    let vectors = vectors();
    let cases: Vec<_> = vectors
        .iter()
        .filter_map(|vector| Some((vector, us_dot_facts(vector)?)))
        .collect();
    for (vector, facts) in &cases {
        check(vector, facts, Regime::UsDot);
    }
    assert_eq!(cases.len(), COVERED_US_DOT);
}

#[test]
fn barcelona_to_dakar_is_near_a_limit_and_says_so() {
    let vectors = vectors();
    let vector = vectors
        .iter()
        .find(|vector| vector["id"] == "EU-39")
        .unwrap();
    let answer = answer(&eu261_facts(vector).unwrap(), Regime::Eu261);
    assert!(answer.flags.contains(&Flag::NearThreshold {
        threshold_metres: 3_500_000
    }));
}

#[test]
fn a_card_refund_is_due_in_seven_business_days_and_another_in_twenty_days() {
    let vectors = vectors();
    let vector = vectors
        .iter()
        .find(|vector| vector["id"] == "US-01")
        .unwrap();
    let mut facts = us_dot_facts(vector).unwrap();
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

/// The sum in the vector's currency, settled, nothing provisional.
fn check(vector: &Value, facts: &CaseFacts, regime: Regime) {
    let name = format!("{} {}", vector["id"], vector["text"]);
    let answer = answer(facts, regime);
    assert!(answer.missing_facts().is_empty(), "{name}: {answer:?}");
    assert!(
        answer
            .entitlements
            .iter()
            .all(|entitlement| !entitlement.is_provisional),
        "{name}: {answer:?}"
    );

    let expected = &vector["expected"];
    let currency = expected["currency"].as_str().unwrap();
    assert!(
        answer
            .entitlements
            .iter()
            .all(|entitlement| entitlement.currency.as_str() == currency),
        "{name}"
    );
    assert_eq!(
        sum(&answer),
        minor(&expected["amount"]),
        "{name}: {}",
        answer.why
    );
}

/// Cents of an amount the file writes with a decimal point.
fn minor(amount: &Value) -> i64 {
    let (whole, cents) = amount.to_string().split_once('.').map_or_else(
        || (amount.to_string(), String::from("00")),
        |(whole, cents)| (whole.to_owned(), format!("{cents:0<2}")),
    );
    whole.parse::<i64>().unwrap() * 100 + cents.parse::<i64>().unwrap()
}

fn eu261_facts(vector: &Value) -> Option<CaseFacts> {
    let input = &vector["input"];
    let kind = match (vector["regime"].as_str()?, input["e"].as_str()?) {
        ("EU261", "delay") => EventKind::Delay,
        ("EU261", "cancel") => EventKind::Cancellation,
        ("EU261", "forward") => EventKind::BroughtForward,
        _ => return None,
    };
    let licence_country = match input["cz"].as_str() {
        Some("EU") | None => "DE",
        Some("UK") => "GB",
        Some(_) => "AE",
    };
    let (origin, destination) = ends(input);

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
    Some(facts)
}

/// The airports of the vector, or two places on the equator at exactly its distance.
fn ends(input: &Value) -> (Airport, Airport) {
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
        place("AAA", "FR", 0.0),
        place("BBB", far, (kilometres / 6_371.008_8).to_degrees()),
    )
}

/// The file gives these in words only, so the facts stand here and the expectation there.
fn us_dot_facts(vector: &Value) -> Option<CaseFacts> {
    let id = vector["id"].as_str()?;
    let (origin, destination) = if matches!(id, "US-04" | "US-05") {
        ("JFK", "DXB")
    } else {
        ("JFK", "LAX")
    };
    let of_kind = |kind| on_route(origin, destination, kind);

    let mut facts = match id {
        "US-01" | "US-08" => of_kind(EventKind::Cancellation),
        "US-02" | "US-03" | "US-07" => of_kind(EventKind::Delay),
        "US-04" | "US-05" => of_kind(EventKind::BroughtForward),
        "US-06" => of_kind(EventKind::ItineraryChange),
        _ => return None,
    };
    match id {
        "US-02" => facts.event.arrival_delay_minutes = Fact::Known(179),
        "US-03" => facts.event.arrival_delay_minutes = Fact::Known(180),
        "US-04" => facts.event.departure_delay_minutes = Fact::Known(-359),
        "US-05" => facts.event.departure_delay_minutes = Fact::Known(-360),
        "US-06" => facts.event.added_connections = 1,
        "US-07" => {
            facts.event.arrival_delay_minutes = Fact::Known(300);
            facts.passenger.accepted_alternative = Fact::Known(true);
        }
        _ => {}
    }
    (facts.purchase.fare_minor, facts.purchase.ancillary_minor) = match id {
        "US-01" => (32_040, 3_500),
        "US-05" => (90_000, 0),
        "US-06" => (25_000, 0),
        "US-08" => (41_000, 0),
        _ => (32_040, 0),
    };
    Some(facts)
}
