//! What one Special Drawing Right is worth, as dated data.
//!
//! The rates follow from the basket of the International Monetary Fund of August 2022 and the reference rates of the European
//! Central Bank, one day a week; currencies that are pegged to the dollar follow it.

use std::{collections::BTreeMap, sync::OnceLock};

use chrono::NaiveDate;

const FILE: &str = include_str!("../../rules/special_drawing_rights.csv");

/// A rate, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Millionths of a minor unit of the currency for one right: 121273441 of `EUR` is 1.21273441 euro.
    pub millionths: i64,
    /// The day for which it was published.
    pub on: NaiveDate,
}

impl Rate {
    /// Who published it, and for which day.
    pub fn source(&self) -> String {
        format!(
            "IMF basket of 2022 at the reference rates of the ECB of {}",
            self.on
        )
    }
}

type Table = BTreeMap<NaiveDate, BTreeMap<String, i64>>;

/// The latest rate of a currency up to a day; `None` where there is none.
pub fn rate(currency: &str, on: NaiveDate) -> Option<Rate> {
    table()
        .range(..=on)
        .rev()
        .find_map(|(day, rates)| Some((*day, *rates.get(currency)?)))
        .map(|(on, millionths)| Rate { millionths, on })
}

/// An amount in another currency at the rates up to a day, rounded half up; `None` where there is no rate.
pub fn convert(amount_minor: i64, from: &str, to: &str, on: NaiveDate) -> Option<i64> {
    if from == to {
        return Some(amount_minor);
    }
    let (from, to) = (rate(from, on)?, rate(to, on)?);
    let (from, to) = (i128::from(from.millionths), i128::from(to.millionths));
    let converted = (i128::from(amount_minor) * to * 2 + from) / (from * 2);
    i64::try_from(converted).ok()
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(FILE))
}

/// Rows that are none are skipped here, and counted by the test below.
fn read(file: &str) -> Table {
    let mut lines = file.lines();
    let currencies: Vec<&str> = lines
        .next()
        .map(|header| header.split(',').skip(1).collect())
        .unwrap_or_default();
    lines
        .filter_map(|line| {
            let (day, rates) = line.split_once(',')?;
            let rates = currencies
                .iter()
                .zip(rates.split(','))
                .filter_map(|(currency, rate)| Some(((*currency).to_owned(), rate.parse().ok()?)))
                .collect();
            Some((day.parse().ok()?, rates))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_rate_is_the_latest_up_to_the_day() {
        let october = rate("EUR", day("2026-10-30")).unwrap();
        assert_eq!(
            (october.millionths, october.on),
            (121_273_441, day("2026-10-30"))
        );
        assert_eq!(rate("EUR", day("2026-11-20")), Some(october));
        // The International Civil Aviation Organization quoted 1.33318 that day.
        let dollar = rate("USD", day("2024-10-18")).unwrap();
        assert!((dollar.millionths - 133_318_000).abs() < 133_318_000 / 2_000);
        assert_eq!(rate("EUR", day("2023-12-31")), None);
        assert_eq!(rate("XAU", day("2026-10-30")), None);
    }

    #[test]
    fn every_row_of_the_file_is_read() {
        assert_eq!(table().len(), FILE.lines().count() - 1);
        assert!(table().values().all(|rates| rates.len() >= 35));
    }

    #[test]
    fn money_is_converted_by_way_of_the_right() {
        let on = day("2026-10-30");
        assert_eq!(convert(10_000, "EUR", "EUR", on), Some(10_000));
        assert_eq!(convert(10_000, "EUR", "USD", on), Some(11_172));
        assert_eq!(convert(10_000, "EUR", "JPY", on), Some(17_568));
        assert_eq!(convert(10_000, "EUR", "XAU", on), None);
    }

    proptest! {
        #[test]
        fn there_and_back_loses_less_than_the_coarser_unit(amount in 0..100_000_000_i64) {
            let on = day("2026-10-30");
            let there = convert(amount, "EUR", "USD", on).unwrap();
            let back = convert(there, "USD", "EUR", on).unwrap();
            prop_assert!((back - amount).abs() <= 1);
        }
    }
}
