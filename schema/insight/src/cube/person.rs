use std::collections::BTreeMap;

use super::CohortDimension;

/// How many journeys of one person count in a month, so that nobody stands out by how much they travel.
pub const MOST_JOURNEYS: u32 = 8;

/// One person in one month, as far as is published: what they are told apart by, and what is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Their value in each dimension but the month.
    pub values: BTreeMap<CohortDimension, String>,
    /// How many journeys began in the month, [`MOST_JOURNEYS`] at most.
    pub journeys: u32,
    /// How late they arrived, over all these journeys, in minutes.
    pub delay_minutes: u64,
    /// Whether anything was claimed for one of these journeys.
    pub has_claim: bool,
    /// What was claimed in euro, in whole euro; 0 for none.
    pub claimed_euro: u64,
}

impl Person {
    /// Their value in a dimension; `UNKNOWN` where there is none.
    pub fn value(&self, dimension: CohortDimension) -> &str {
        self.values
            .get(&dimension)
            .map_or("UNKNOWN", String::as_str)
    }
}
