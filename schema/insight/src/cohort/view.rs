//! What is answered, as the graph shows it.

use async_graphql::{Enum, SimpleObject, Union};
use schema_kernel::{problem::InvalidInput, scalar::DateTime};
use serde::Serialize;

use super::InsightReceipt;
use crate::cube::{Cell, CohortDimension, CohortMeasure, NOT_SHOWN};

/// What became of a question about cohorts.
#[derive(Union)]
pub enum CohortsOutcome {
    /// It is answered.
    Cohorts(Cohorts),
    /// It is not answered, and why.
    InsightRefused(InsightRefused),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
}

/// The answer to a question about cohorts.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "insight:read")]
pub struct Cohorts {
    /// The cohorts, in the order of their values. Each has 20 people or more; where fewer share a value, they are together
    /// in a cohort whose value is null.
    pub cohorts: Vec<Cohort>,
    /// The proof of what was asked and answered.
    pub receipt: InsightReceipt,
}

/// People who share some values.
#[derive(Clone, Debug, PartialEq, SimpleObject, Serialize)]
#[graphql(requires_scopes = "insight:read")]
pub struct Cohort {
    /// What they share, in the order of the dimensions.
    pub values: Vec<CohortValue>,
    /// How many people, once for each month they travelled in. Rounded to five.
    pub persons: i32,
    /// What is told of them. A measure that would say too much of somebody is left out.
    pub figures: Vec<CohortFigure>,
}

/// A value that people share.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject, Serialize)]
#[graphql(requires_scopes = "insight:read")]
pub struct CohortValue {
    /// In which dimension.
    pub dimension: CohortDimension,
    /// The value; null for people of several values, each of which too few share. Example: `"GOLD"`.
    pub value: Option<String>,
}

/// A measure of a cohort.
#[derive(Clone, Debug, PartialEq, SimpleObject, Serialize)]
#[graphql(requires_scopes = "insight:read")]
pub struct CohortFigure {
    /// Which measure.
    pub measure: CohortMeasure,
    /// Its value, in the measure's unit. Example: `12.5`.
    pub value: f64,
    /// Over how many people of the cohort, once for each month. Rounded to five.
    pub persons: i32,
}

impl Cohort {
    pub(super) fn of(cell: Cell) -> Self {
        let shown = |value: String| (value != NOT_SHOWN).then_some(value);
        Self {
            values: cell
                .values
                .into_iter()
                .map(|(dimension, value)| CohortValue {
                    dimension,
                    value: shown(value),
                })
                .collect(),
            persons: count(cell.persons),
            figures: cell
                .figures
                .into_iter()
                .map(|(measure, figure)| CohortFigure {
                    measure,
                    value: figure.value,
                    persons: count(figure.persons),
                })
                .collect(),
        }
    }
}

fn count(persons: u64) -> i32 {
    i32::try_from(persons).unwrap_or(i32::MAX)
}

/// Why a question about cohorts is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum InsightRefusal {
    /// These dimensions are not published together. `allowed` names the cubes.
    NotInOneCube,
    /// A month is not published, or never will be. `allowed` names those that are.
    NotPublished,
    /// A month is published with noise on counts of people, and with nothing else. `allowed` names the measures.
    MeasureNotPublished,
    /// As many questions were asked in 24 hours as there may be.
    QuestionsSpent,
    /// The privacy budget of the year does not suffice. `allowed` names what was paid for and may be asked again.
    EpsilonSpent,
}

impl InsightRefusal {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotInOneCube => "NOT_IN_ONE_CUBE",
            Self::NotPublished => "NOT_PUBLISHED",
            Self::MeasureNotPublished => "MEASURE_NOT_PUBLISHED",
            Self::QuestionsSpent => "QUESTIONS_SPENT",
            Self::EpsilonSpent => "EPSILON_SPENT",
        }
    }
}

/// A question about cohorts that is not answered.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "insight:read")]
pub struct InsightRefused {
    /// Why, in one sentence for people.
    pub message: String,
    /// Why, for programs.
    pub reason: InsightRefusal,
    /// What may be asked in its place. Example: `["TRAVEL: MONTH, DISRUPTION, ROUTE, CABIN"]`.
    pub allowed: Vec<String>,
    /// From when on it may be asked again; null where waiting does not help.
    pub retry_at: Option<DateTime>,
}
