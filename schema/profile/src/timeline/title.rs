//! What a line says in words. Pure functions.

mod arabic;
mod english;

use schema_kernel::Money;

use super::facts::{ClaimFiled, Facts};

/// The line in the language of `locale`, a BCP 47 tag; in English when that language is not spoken here.
pub fn title(facts: &Facts, locale: &str) -> String {
    match locale.split('-').next() {
        Some("ar") => arabic::title(facts, locale),
        _ => english::title(facts, locale),
    }
}

/// An amount in words, or in minor units when the currency is not one of ISO 4217.
fn amount(minor: i64, currency: &str, locale: &str) -> String {
    match Money::new(minor, currency) {
        Some(money) => money.in_words_of(locale),
        None => format!("{currency} {minor}"),
    }
}

/// What a claimant asks for in words; `None` where they name no amount (`XXX`, no currency).
fn filed(facts: &ClaimFiled, locale: &str) -> Option<String> {
    (facts.currency != "XXX").then(|| amount(facts.amount_minor, &facts.currency, locale))
}

/// A flight's designator as signs at an airport write it: `UA1545` is `UA 1545`.
fn flight(designator: &str) -> String {
    match designator.split_at_checked(2) {
        Some((airline, number)) if number.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("{airline} {number}")
        }
        _ => designator.to_owned(),
    }
}

/// A state or a field in words: `NEEDS_REVIEW` is `needs review`.
fn words(code: &str) -> String {
    code.to_lowercase().replace('_', " ")
}

/// The law a claim rests on, and the article where it does not name the law itself: `EU261 Art 7(1)(c)`.
fn law(regime: &str, basis: &str) -> String {
    let regime = regime.replace('_', " ");
    match basis {
        "" => regime,
        basis if basis.replace('_', " ").starts_with(&regime) => basis.to_owned(),
        basis => format!("{regime} {basis}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ID: &str = "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f";

    fn say(kind: &str, data: serde_json::Value, locale: &str) -> String {
        title(&Facts::read(kind, &data).unwrap().unwrap(), locale)
    }

    fn disruption(kind: &str, delay: Option<i64>, missed: bool) -> serde_json::Value {
        json!({
            "order_id": ID, "journey_id": ID, "flight_id": ID, "flight_designator": "UA1545", "kind": kind,
            "origin": { "iata": "EWR" }, "destination": { "iata": "IAH" },
            "departure_delay_minutes": null, "arrival_delay_minutes": delay, "missed_connection": missed,
        })
    }

    #[test]
    fn disruptions_say_what_happened() {
        let say = |kind, delay, missed| {
            say(
                "order.journey.disrupted.v1",
                disruption(kind, delay, missed),
                "en",
            )
        };
        assert_eq!(
            say("DELAY", Some(220), false),
            "UA 1545 to IAH delayed by 3 h 40 min"
        );
        assert_eq!(
            say("DELAY", Some(180), false),
            "UA 1545 to IAH delayed by 3 h"
        );
        assert_eq!(
            say("DELAY", Some(45), true),
            "UA 1545 to IAH delayed by 45 min, connection missed"
        );
        assert_eq!(
            say("DELAY", None, true),
            "UA 1545 to IAH delayed, connection missed"
        );
        assert_eq!(say("CANCELLATION", None, false), "UA 1545 to IAH cancelled");
        assert_eq!(say("DIVERSION", None, false), "UA 1545 to IAH diverted");
    }

    #[test]
    fn claims_name_the_amount_and_the_law() {
        let claim = |regime: &str, kind: &str, basis: &str, review: bool| {
            json!({
                "claim_id": ID, "order_id": ID, "journey_id": ID, "flight_id": ID, "regime": regime, "entitlement_kind": kind,
                "amount_minor": 60_000, "currency": "EUR", "basis": basis, "needs_review": review,
            })
        };
        let opened = "compensation.claim.opened.v1";
        assert_eq!(
            say(
                opened,
                claim("EU261", "COMPENSATION", "Art 7(1)(c)", false),
                "en"
            ),
            "Claim for EUR 600.00 opened under EU261 Art 7(1)(c)"
        );
        assert_eq!(
            say(
                opened,
                claim("EU261", "COMPENSATION", "EU261 Art 7(1)(c)", true),
                "en"
            ),
            "Claim for EUR 600.00 opened under EU261 Art 7(1)(c), to be reviewed"
        );
        assert_eq!(
            say(
                opened,
                claim("US_DOT", "REFUND", "14 CFR 260.6", false),
                "en"
            ),
            "Refund of EUR 600.00 opened under US DOT 14 CFR 260.6"
        );
        let changed = json!({ "claim_id": ID, "from": "NEEDS_REVIEW", "to": "APPROVED", "amount_minor": 60_000, "currency": "EUR", "reason": null });
        assert_eq!(
            say("compensation.claim.changed.v1", changed, "en"),
            "Claim for EUR 600.00 is now approved"
        );
    }

    #[test]
    fn each_language_says_it_in_its_own_script() {
        let data = disruption("DELAY", Some(220), false);
        let arabic = say("order.journey.disrupted.v1", data.clone(), "ar-AE");
        assert!(
            arabic.contains("UA 1545") && arabic.contains('س'),
            "{arabic}"
        );
        assert_eq!(
            say("order.journey.disrupted.v1", data.clone(), "fr"),
            say("order.journey.disrupted.v1", data, "en")
        );
    }

    #[test]
    fn internal_comments_are_not_for_customers() {
        let comment = |visibility| json!({ "case_id": ID, "reference": "CAS-000123", "visibility": visibility });
        let facts = |visibility| {
            Facts::read("case.case.commented.v1", &comment(visibility))
                .unwrap()
                .unwrap()
        };
        assert!(facts("PUBLIC").is_for_customers());
        assert!(!facts("INTERNAL").is_for_customers());
    }

    #[test]
    fn what_is_not_known_is_skipped_and_what_is_broken_is_not() {
        assert!(
            Facts::read("order.flight.delayed.v1", &json!({}))
                .unwrap()
                .is_none()
        );
        assert!(Facts::read("case.case.opened.v1", &json!({})).is_err());
    }

    proptest! {
        #[test]
        fn delays_are_said_in_whole_hours_and_minutes(minutes in 1_i64..10_000) {
            let said = say("order.journey.disrupted.v1", disruption("DELAY", Some(minutes), false), "en");
            let spoken = said.rsplit_once("by ").unwrap().1.to_owned();
            let mut total = 0;
            let parts: Vec<&str> = spoken.split(' ').collect();
            for pair in parts.chunks(2) {
                let number: i64 = pair[0].parse().unwrap();
                total += if pair[1] == "h" { number * 60 } else { number };
            }
            prop_assert_eq!(total, minutes);
        }

        #[test]
        fn a_line_reads_back_as_it_was_kept(delay in proptest::option::of(any::<i64>()), missed in any::<bool>()) {
            let facts = Facts::read("order.journey.disrupted.v1", &disruption("DELAY", delay, missed)).unwrap().unwrap();
            let kept = Facts::read("order.journey.disrupted.v1", &facts.data().unwrap()).unwrap().unwrap();
            prop_assert_eq!(kept, facts);
        }
    }
}
