//! By what people are told apart, and which of these go together.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};

/// By what cohorts are told apart. The values are coarse, and none is about health, faith or origin.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum, Serialize, Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CohortDimension {
    /// The month of travel. Example: `"2026-09"`. In every cube.
    Month,
    /// The worst that happened to the person's journeys of the month: `NONE`, `DELAY` (an hour or more), `DIVERSION` or
    /// `CANCELLATION`. In every cube.
    Disruption,
    /// The highest loyalty tier: `NONE`, `BASE`, `SILVER`, `GOLD` or `PLATINUM`.
    Tier,
    /// The age in years: `18-24`, `25-34`, `35-44`, `45-54`, `55-64` or `65+`.
    AgeBand,
    /// The country of residence, ISO 3166-1 alpha-2. Example: `"AE"`.
    Residence,
    /// Between which parts of the world, whichever way. Example: `"EUROPE-GULF"`.
    Route,
    /// The cabin: `F`, `J`, `W` or `Y`.
    Cabin,
    /// Where the order was placed. Example: `"WEB"`.
    Channel,
    /// The language the person is addressed in. Example: `"ar"`.
    Language,
    /// The airport the person usually leaves from. Example: `"DXB"`.
    HomeAirport,
    /// What was claimed for the journeys of the month, in euro: `NONE`, `UP_TO_250`, `UP_TO_400`, `OVER_400`, or `OTHER`
    /// for another currency and for claims without an amount.
    ClaimBand,
    /// For how long the person has been known: `UNDER_1_YEAR`, `1_TO_3_YEARS`, `3_TO_5_YEARS` or `OVER_5_YEARS`.
    AccountAge,
}

/// Dimensions that are published together. A question stays within one cube.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Enum, Serialize, Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CohortCube {
    /// Who travelled: tier, age band, residence.
    People,
    /// Where and how: route, cabin.
    Travel,
    /// How they are reached: channel, language, home airport.
    Reach,
    /// What was claimed: claim band, account age.
    Claims,
}

impl CohortCube {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::People, Self::Travel, Self::Reach, Self::Claims];

    /// What it cuts by, in this order; besides by month. The disruption comes first in each, so that every cube cuts the
    /// same people there. No other dimension is in two cubes: decision 25 rests on it.
    pub fn dimensions(self) -> &'static [CohortDimension] {
        use CohortDimension as D;
        match self {
            Self::People => &[D::Disruption, D::Tier, D::AgeBand, D::Residence],
            Self::Travel => &[D::Disruption, D::Route, D::Cabin],
            Self::Reach => &[D::Disruption, D::Channel, D::Language, D::HomeAirport],
            Self::Claims => &[D::Disruption, D::ClaimBand, D::AccountAge],
        }
    }

    /// Whether it can tell people apart by `dimension`.
    pub fn knows(self, dimension: CohortDimension) -> bool {
        dimension == CohortDimension::Month || self.dimensions().contains(&dimension)
    }

    /// The first that knows all of these.
    pub fn of(dimensions: &[CohortDimension]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|cube| dimensions.iter().all(|it| cube.knows(*it)))
    }

    /// The name as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "PEOPLE",
            Self::Travel => "TRAVEL",
            Self::Reach => "REACH",
            Self::Claims => "CLAIMS",
        }
    }

    /// The cube of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cube| cube.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    // The proof that cubes say nothing together that none says alone needs this.
    #[test]
    fn cubes_share_nothing_but_the_disruption() {
        let mut seen: BTreeMap<CohortDimension, u32> = BTreeMap::new();
        for cube in CohortCube::ALL {
            assert_eq!(cube.dimensions()[0], CohortDimension::Disruption);
            for dimension in &cube.dimensions()[1..] {
                *seen.entry(*dimension).or_default() += 1;
            }
            assert_eq!(CohortCube::named(cube.name()), Some(cube));
        }
        assert!(seen.values().all(|count| *count == 1), "{seen:?}");
        assert!(!seen.contains_key(&CohortDimension::Disruption));
    }

    #[test]
    fn a_question_stays_within_a_cube() {
        use CohortDimension as D;
        assert_eq!(
            CohortCube::of(&[D::Month, D::Cabin]),
            Some(CohortCube::Travel)
        );
        assert_eq!(CohortCube::of(&[D::Tier, D::Cabin]), None);
        assert_eq!(CohortCube::of(&[D::Month]), Some(CohortCube::People));
    }
}
