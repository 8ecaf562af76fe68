//! What miles are worth, as dated data of ours.

use chrono::NaiveDate;

/// Miles for a hundred major units of a currency, from a day on. A mile is worth one hundredth of a United States dollar
/// (domain 1.7); the others follow from rates of that day, and are set anew when they have moved.
const RATES: &[(&str, &str, i64)] = &[
    ("AED", "2026-01-01", 2_723),
    ("CAD", "2026-01-01", 7_200),
    ("CHF", "2026-01-01", 12_400),
    ("EUR", "2026-01-01", 11_200),
    ("GBP", "2026-01-01", 13_400),
    ("JPY", "2026-01-01", 66),
    ("KWD", "2026-01-01", 32_500),
    ("SAR", "2026-01-01", 2_667),
    ("USD", "2026-01-01", 10_000),
];

/// The miles for an amount in minor units of a currency with so many decimals, on a day: rounded up, so that nobody gets
/// less than they are owed. `None` where there is no rate.
pub fn miles(amount_minor: i64, currency: &str, decimals: u32, on: NaiveDate) -> Option<i64> {
    let rate = RATES
        .iter()
        .filter(|(known, from, _)| {
            *known == currency && from.parse::<NaiveDate>().is_ok_and(|from| from <= on)
        })
        .max_by_key(|(_, from, _)| *from)
        .map(|(_, _, rate)| *rate)?;
    let unit = 10_i128.pow(decimals) * 100;
    let miles = (i128::from(amount_minor) * i128::from(rate) + unit - 1) / unit;
    i64::try_from(miles).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    #[test]
    fn a_mile_is_a_cent() {
        assert_eq!(miles(25_000, "USD", 2, today()), Some(25_000));
        assert_eq!(miles(60_000, "EUR", 2, today()), Some(67_200));
        assert_eq!(miles(1, "EUR", 2, today()), Some(2));
        assert_eq!(miles(10_000, "JPY", 0, today()), Some(6_600));
    }

    #[test]
    fn without_a_rate_there_are_no_miles() {
        assert_eq!(miles(1, "XAU", 2, today()), None);
        assert_eq!(
            miles(1, "USD", 2, NaiveDate::from_ymd_opt(2025, 12, 31).unwrap()),
            None
        );
    }

    proptest! {
        #[test]
        fn more_money_is_never_fewer_miles(amount in 1..1_000_000_000_i64) {
            prop_assert!(miles(amount, "EUR", 2, today()) <= miles(amount + 1, "EUR", 2, today()));
        }
    }
}
