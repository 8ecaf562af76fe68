use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

/// One dated row of law: who says so, and from when until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable name, for example `EU261-DELAY`.
    pub id: String,
    /// Rises with every change of the terms. An id and a version name one set of terms for ever.
    pub version: u32,
    /// First day of incidents it decides.
    pub effective_from: NaiveDate,
    /// Last day of incidents it decides; open when still in force.
    pub effective_to: Option<NaiveDate>,
    /// Where it is written.
    pub source: String,
}

impl Rule {
    /// Whether it decides incidents of that day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }

    fn period(&self) -> String {
        let last = self
            .effective_to
            .map_or_else(|| "open".to_owned(), |day| day.to_string());
        format!(
            "version {} ({} to {last})",
            self.version, self.effective_from
        )
    }
}

/// What rows are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Across {
    /// Those of one file: another period of a rule is another version of it.
    OnePack,
    /// Those of versions of a pack that follow each other: what a version leaves as it was keeps its version.
    Versions,
}

/// Rules of one name that decide the same day, or whose versions do not rise with time: the name, and both rows.
pub(crate) fn contradictions(rules: &[&Rule], across: Across) -> Vec<(String, String)> {
    let mut by_id: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        by_id.entry(&rule.id).or_default().push(rule);
    }
    let mut found = Vec::new();
    for (id, mut rows) in by_id {
        rows.sort_by_key(|rule| (rule.effective_from, rule.version));
        for pair in rows.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            let both = format!("{} and {}", one.period(), other.period());
            if one
                .effective_to
                .is_none_or(|last| other.effective_from <= last)
            {
                let message = format!(
                    "Both {both} decide {}; end the first the day before.",
                    other.effective_from
                );
                found.push((id.to_owned(), message));
            } else if one.version > other.version
                || (one.version == other.version && across == Across::OnePack)
            {
                let message = format!("Of {both} the later does not have the higher version.");
                found.push((id.to_owned(), message));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(version: u32, from: &str, to: Option<&str>) -> Rule {
        Rule {
            id: "SUMMER".into(),
            version,
            effective_from: from.parse().unwrap(),
            effective_to: to.map(|day| day.parse().unwrap()),
            source: "this test".into(),
        }
    }

    #[test]
    fn a_row_decides_from_its_first_to_its_last_day() {
        let summer = rule(1, "2026-06-01", Some("2026-08-31"));
        for (date, expected) in [
            ("2026-05-31", false),
            ("2026-06-01", true),
            ("2026-08-31", true),
            ("2026-09-01", false),
        ] {
            assert_eq!(
                summer.is_in_force(date.parse().unwrap()),
                expected,
                "{date}"
            );
        }
    }

    #[test]
    fn two_rows_of_one_day_are_both_named() {
        let (one, other) = (rule(1, "2026-01-01", None), rule(2, "2026-06-01", None));
        assert_eq!(
            contradictions(&[&one, &other], Across::OnePack)[0].1,
            "Both version 1 (2026-01-01 to open) and version 2 (2026-06-01 to open) decide 2026-06-01; end the first the day before."
        );
    }

    #[test]
    fn a_later_row_has_a_higher_version() {
        let (one, other) = (
            rule(2, "2026-01-01", Some("2026-05-31")),
            rule(1, "2026-06-01", None),
        );
        assert!(
            contradictions(&[&one, &other], Across::OnePack)[0]
                .1
                .contains("higher version")
        );
    }
}
