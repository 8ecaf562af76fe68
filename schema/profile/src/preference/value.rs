//! What can be preferred. Pure functions.

use entities::profile::preference::Kind;
use schema_kernel::{redact, scalar::LanguageTag};

const SEATS: [&str; 9] = [
    "AISLE",
    "WINDOW",
    "MIDDLE",
    "FRONT",
    "REAR",
    "BULKHEAD",
    "EXIT_ROW",
    "EXTRA_LEGROOM",
    "BASSINET",
];
const CHANNELS: [&str; 6] = ["EMAIL", "SMS", "PHONE", "PUSH", "CHAT", "POST"];

/// SSR meal codes that can be ordered from any carrier, and whether each may reveal health or belief.
const MEALS: [(&str, bool); 21] = [
    ("AVML", true),
    ("BBML", false),
    ("BLML", true),
    ("CHML", false),
    ("DBML", true),
    ("FPML", false),
    ("GFML", true),
    ("HNML", true),
    ("KSML", true),
    ("LCML", false),
    ("LFML", true),
    ("LSML", true),
    ("MOML", true),
    ("NLML", true),
    ("RVML", false),
    ("SFML", false),
    ("SPML", true),
    ("VGML", false),
    ("VJML", true),
    ("VLML", false),
    ("VOML", false),
];

/// Meal codes that were withdrawn on 2009-06-01.
const WITHDRAWN_MEALS: [&str; 4] = ["HFML", "LPML", "ORML", "PRML"];

/// The longest name of a drink, in characters.
const MAXIMUM_DRINK: usize = 40;

/// The rule that a value of this kind follows.
pub(super) fn rule(kind: Kind) -> &'static str {
    match kind {
        Kind::Seat => "seat preference",
        Kind::Meal => "IATA SSR meal code",
        Kind::Language => "BCP 47",
        Kind::Channel => "channel preference",
        Kind::Drink => "drink preference",
    }
}

/// The value as it is kept.
///
/// # Errors
/// One sentence that says what is wrong and what would be right.
pub(super) fn checked(kind: Kind, value: &str) -> Result<String, String> {
    let code = value.trim().to_ascii_uppercase();
    match kind {
        Kind::Seat => one_of(&SEATS, code, "A seat preference"),
        Kind::Channel => one_of(&CHANNELS, code, "A channel"),
        Kind::Language => LanguageTag::parse(value).map(String::from),
        Kind::Meal => meal(code),
        Kind::Drink => drink(value.trim()),
    }
}

fn one_of(values: &[&str], code: String, what: &str) -> Result<String, String> {
    if values.contains(&code.as_str()) {
        Ok(code)
    } else {
        Err(format!("{what} is one of {}.", values.join(", ")))
    }
}

fn meal(code: String) -> Result<String, String> {
    if WITHDRAWN_MEALS.contains(&code.as_str()) {
        return Err(format!(
            "The meal code {code} was withdrawn on 2009-06-01; choose a current SSR meal code, like \"VGML\"."
        ));
    }
    if MEALS.iter().any(|(current, _)| *current == code) {
        Ok(code)
    } else {
        Err("A meal is a current SSR meal code, like \"VGML\".".to_owned())
    }
}

fn drink(value: &str) -> Result<String, String> {
    let length = value.chars().count();
    if length == 0 || length > MAXIMUM_DRINK || value.chars().any(char::is_control) {
        return Err(format!(
            "A drink has 1 to {MAXIMUM_DRINK} printable characters."
        ));
    }
    match redact(value) {
        clean if clean == value => Ok(clean.into_owned()),
        _ => Err("A drink has no card number in it.".to_owned()),
    }
}

/// Whether the value may reveal health or belief (GDPR Article 9, read widely as in C-184/20).
pub(super) fn is_special_category(kind: Kind, value: &str) -> bool {
    kind == Kind::Meal
        && MEALS
            .iter()
            .all(|(code, reveals)| *code != value || *reveals)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn meals_are_current_codes() {
        assert_eq!(checked(Kind::Meal, " vgml ").unwrap(), "VGML");
        assert!(
            checked(Kind::Meal, "HFML")
                .unwrap_err()
                .contains("withdrawn")
        );
        assert!(checked(Kind::Meal, "PIZZA").is_err());
    }

    #[test]
    fn meals_that_reveal_belief_or_health_are_special() {
        for (value, special) in [
            ("KSML", true),
            ("DBML", true),
            ("VGML", false),
            ("CHML", false),
            ("ORML", true),
        ] {
            assert_eq!(is_special_category(Kind::Meal, value), special, "{value}");
        }
        assert!(!is_special_category(Kind::Seat, "AISLE"));
    }

    #[test]
    fn each_kind_has_its_own_form() {
        assert_eq!(checked(Kind::Seat, "aisle").unwrap(), "AISLE");
        assert_eq!(checked(Kind::Language, "EN-gb").unwrap(), "en-GB");
        assert_eq!(checked(Kind::Drink, " mint tea ").unwrap(), "mint tea");
        assert!(
            checked(Kind::Channel, "PIGEON")
                .unwrap_err()
                .contains("SMS")
        );
        assert!(checked(Kind::Drink, "4111 1111 1111 1111").is_err());
    }

    proptest! {
        #[test]
        fn what_is_kept_would_be_kept_again(value in "\\PC{0,45}") {
            for kind in [Kind::Seat, Kind::Meal, Kind::Language, Kind::Channel, Kind::Drink] {
                if let Ok(kept) = checked(kind, &value) {
                    prop_assert_eq!(checked(kind, &kept).unwrap(), kept);
                }
            }
        }
    }
}
