use async_graphql::Enum;
use serde::{Deserialize, Serialize};

/// What is told of a cohort.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum, Serialize, Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CohortMeasure {
    /// How many people, once for each month they travelled in. Rounded to five.
    Persons,
    /// How many journeys. Rounded to five.
    Journeys,
    /// The share of people for whose journeys something was claimed, in percent.
    ClaimShare,
    /// What was claimed in euro, a head of all people in the cohort, in whole euro.
    ClaimedEuroPerPerson,
    /// How late people arrived over their journeys of a month, a head of all people in the cohort, in whole minutes.
    DelayMinutesPerPerson,
}

/// What one measure is in one cohort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The value, in the measure's unit.
    pub value: f64,
    /// Over how many people. Rounded to five.
    pub persons: u64,
}
