//! Reading a question.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::InputObject;
use schema_kernel::problem::{FieldProblem, InvalidInput};
use serde::Serialize;

use crate::{
    Month,
    cube::{CohortDimension, CohortMeasure},
};

/// How many dimensions a question may name, in `dimensions` and in `filter` together.
const MOST_DIMENSIONS: usize = 3;
/// How many months a question may span.
const MOST_MONTHS: usize = 24;
/// The longest value of a dimension.
const LONGEST_VALUE: usize = 48;

/// A question about cohorts.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CohortsInput {
    /// By what people are told apart; with those of `filter`, three at most, and all of one cube (see `insightCatalogue`).
    /// Empty for everybody together. Example: `[DISRUPTION, CABIN]`.
    #[graphql(default)]
    pub dimensions: Vec<CohortDimension>,
    /// What is told of each cohort: one at least. Example: `[PERSONS, CLAIM_SHARE]`.
    pub measures: Vec<CohortMeasure>,
    /// Only people with these values. Example: `[{ dimension: CABIN, value: "J" }]`.
    #[graphql(default)]
    pub filter: Vec<CohortFilterInput>,
    /// The months, 24 at most.
    pub period: CohortPeriodInput,
}

/// A value that people have to have.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CohortFilterInput {
    /// In which dimension.
    pub dimension: CohortDimension,
    /// The value, as `cohorts` writes it: 1 to 48 characters. Example: `"GOLD"`.
    pub value: String,
}

/// Months, from the first to the last.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CohortPeriodInput {
    /// The first month. Example: `"2026-08"`.
    pub from: String,
    /// The last month. Example: `"2026-10"`.
    pub to: String,
}

/// A question that could be read; whether it can be answered is another matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) dimensions: BTreeSet<CohortDimension>,
    pub(super) measures: BTreeSet<CohortMeasure>,
    pub(super) filter: BTreeMap<CohortDimension, String>,
    pub(super) months: BTreeSet<String>,
}

impl Asked {
    /// Every dimension it names.
    pub(super) fn named(&self) -> Vec<CohortDimension> {
        let all: BTreeSet<CohortDimension> = self
            .dimensions
            .iter()
            .chain(self.filter.keys())
            .copied()
            .collect();
        all.into_iter().collect()
    }
}

pub(super) fn read(input: &CohortsInput) -> Result<Asked, InvalidInput> {
    let mut problems = Vec::new();
    let asked = Asked {
        dimensions: input.dimensions.iter().copied().collect(),
        measures: input.measures.iter().copied().collect(),
        filter: filter(&input.filter, &mut problems),
        months: months(&input.period, &mut problems),
    };
    if asked.measures.is_empty() {
        problems.push(FieldProblem::at(
            "input.measures",
            "Say what to tell of each cohort: one measure at least.",
        ));
    }
    if asked.named().len() > MOST_DIMENSIONS {
        let message = format!(
            "A question names {MOST_DIMENSIONS} dimensions at most, in `dimensions` and in `filter` together."
        );
        problems.push(FieldProblem::at("input.dimensions", message));
    }
    if problems.is_empty() {
        Ok(asked)
    } else {
        Err(InvalidInput::of(problems))
    }
}

fn filter(
    input: &[CohortFilterInput],
    problems: &mut Vec<FieldProblem>,
) -> BTreeMap<CohortDimension, String> {
    let mut filter = BTreeMap::new();
    for (place, part) in input.iter().enumerate() {
        let path = |name: &str| format!("input.filter.{place}.{name}");
        let is_plain = part
            .value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-+".contains(&byte));
        if part.value.is_empty() || part.value.len() > LONGEST_VALUE || !is_plain {
            let message = format!(
                "A value has 1 to {LONGEST_VALUE} letters, digits, hyphens and underscores, as in \"GOLD\"."
            );
            problems.push(FieldProblem::at(&path("value"), message));
        }
        if filter.insert(part.dimension, part.value.clone()).is_some() {
            let message = "Each dimension is given one value at most.";
            problems.push(FieldProblem::at(&path("dimension"), message));
        }
    }
    filter
}

fn months(period: &CohortPeriodInput, problems: &mut Vec<FieldProblem>) -> BTreeSet<String> {
    let mut read = |path: &str, text: &str| {
        let month = Month::parse(text);
        if month.is_none() {
            let message = "A month is written as a year and a month, like \"2026-09\".";
            problems.push(FieldProblem::at(path, message));
        }
        month
    };
    let from = read("input.period.from", &period.from);
    let to = read("input.period.to", &period.to);
    let Some((from, to)) = from.zip(to) else {
        return BTreeSet::new();
    };
    let months: BTreeSet<String> = std::iter::successors(Some(from), |month| Some(month.next()))
        .take_while(|month| *month <= to)
        .take(MOST_MONTHS + 1)
        .map(|month| month.to_string())
        .collect();
    if months.is_empty() || months.len() > MOST_MONTHS {
        let message = format!("A period has 1 to {MOST_MONTHS} months, the first before the last.");
        problems.push(FieldProblem::at("input.period", message));
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(from: &str, to: &str) -> CohortsInput {
        CohortsInput {
            dimensions: vec![CohortDimension::Cabin, CohortDimension::Cabin],
            measures: vec![CohortMeasure::Persons],
            filter: Vec::new(),
            period: CohortPeriodInput {
                from: from.to_owned(),
                to: to.to_owned(),
            },
        }
    }

    #[test]
    fn months_and_dimensions_have_limits() {
        assert_eq!(read(&input("2025-12", "2026-02")).unwrap().months.len(), 3);
        assert_eq!(read(&input("2025-12", "2026-02")).unwrap().named().len(), 1);
        for (from, to) in [
            ("2026-02", "2026-01"),
            ("2024-01", "2026-01"),
            ("x", "2026-01"),
        ] {
            assert!(read(&input(from, to)).is_err(), "{from} {to}");
        }
        let mut many = input("2026-01", "2026-01");
        let of = |dimension| CohortFilterInput {
            dimension,
            value: "Y".to_owned(),
        };
        many.filter = vec![of(CohortDimension::Route), of(CohortDimension::Disruption)];
        assert!(read(&many).is_ok());
        many.filter.push(of(CohortDimension::Month));
        assert!(read(&many).is_err());
        many.filter = vec![of(CohortDimension::Route), of(CohortDimension::Route)];
        assert!(read(&many).is_err());
        many.filter = vec![CohortFilterInput {
            dimension: CohortDimension::Route,
            value: String::new(),
        }];
        assert!(read(&many).is_err(), "what is not shown is not asked for");
    }
}
