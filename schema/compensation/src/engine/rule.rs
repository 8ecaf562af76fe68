use chrono::NaiveDate;
use serde::Serialize;

use super::assessment::Regime;

/// One dated row of law: who says so, and from when until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable name, for example `EU261-DELAY`.
    pub id: &'static str,
    /// Rises with every change of the terms. An id and a version name one set of terms for ever.
    pub version: u32,
    /// The regime it belongs to.
    pub regime: Regime,
    /// First day of incidents it decides.
    pub effective_from: NaiveDate,
    /// Last day of incidents it decides; open when still in force.
    pub effective_to: Option<NaiveDate>,
    /// Where it is written.
    pub source: &'static str,
}

/// A rule with the numbers it works by.
pub(crate) struct Dated<T: 'static> {
    pub(crate) rule: Rule,
    pub(crate) terms: T,
}

/// The row that decides incidents of that day.
pub(crate) fn in_force<T>(rows: &'static [Dated<T>], day: NaiveDate) -> Option<&'static Dated<T>> {
    rows.iter().find(|row| {
        row.rule.effective_from <= day && row.rule.effective_to.is_none_or(|last| day <= last)
    })
}

/// A day written in a table. A day that does not exist does not compile.
pub(crate) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("no such day"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::rule_packs;

    #[test]
    fn on_no_day_two_versions_of_one_rule_are_in_force() {
        let mut rules: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
        for rule in rule_packs().iter().flat_map(|pack| pack.rules()) {
            rules.entry(rule.id).or_default().push(rule);
        }
        for versions in rules.values_mut() {
            versions.sort_by_key(|rule| rule.effective_from);
            for pair in versions.windows(2) {
                assert!(
                    pair[0]
                        .effective_to
                        .is_some_and(|last| last < pair[1].effective_from),
                    "{}",
                    pair[0].id
                );
                assert!(pair[0].version < pair[1].version, "{}", pair[0].id);
            }
        }
    }

    #[test]
    fn a_row_decides_from_its_first_to_its_last_day() {
        const ROWS: &[Dated<u8>] = &[Dated {
            rule: Rule {
                id: "SUMMER",
                version: 1,
                regime: Regime::Eu261,
                effective_from: day(2026, 6, 1),
                effective_to: Some(day(2026, 8, 31)),
                source: "this test",
            },
            terms: 7,
        }];
        for (date, expected) in [
            ("2026-05-31", None),
            ("2026-06-01", Some(7)),
            ("2026-08-31", Some(7)),
            ("2026-09-01", None),
        ] {
            assert_eq!(
                in_force(ROWS, date.parse().unwrap()).map(|row| row.terms),
                expected,
                "{date}"
            );
        }
    }
}
