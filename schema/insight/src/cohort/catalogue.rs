//! What can be asked.

use async_graphql::SimpleObject;
use schema_kernel::{Result, Session, scalar::DateTime};

use super::ask::{budget, year};
use crate::{
    Insight,
    cube::{CohortCube, CohortDimension, K, STEP},
    publish::releases,
};

/// What can be asked of `cohorts`, and how much of it is left to you.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "insight:read")]
pub struct InsightCatalogue {
    /// The fewest people of whom anything is told. Example: `20`.
    pub k: i32,
    /// What counts are rounded to. Example: `5`.
    pub rounded_to: i32,
    /// Which dimensions go together.
    pub cubes: Vec<PublishedCube>,
    /// The months that are published, in order. What is published of them never changes.
    pub months: Vec<PublishedMonth>,
    /// How many questions you may still ask in these 24 hours. Example: `199`.
    pub questions_left: i32,
    /// How much of this year's privacy budget is left to you. It is spent by months that are published with noise alone,
    /// once for each cube. Example: `1.5`.
    pub epsilon_left: f64,
    /// When the privacy budget is whole again.
    pub epsilon_renews_at: DateTime,
}

/// Dimensions that are published together.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "insight:read")]
pub struct PublishedCube {
    /// Its name.
    pub cube: CohortCube,
    /// The dimensions, in the order in which people are told apart.
    pub dimensions: Vec<CohortDimension>,
}

/// A month that is published.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "insight:read")]
pub struct PublishedMonth {
    /// The month. Example: `"2026-09"`.
    pub month: String,
    /// When it was published.
    pub published_at: DateTime,
    /// SHA-256 of everything that is published of it, in hexadecimal.
    pub revision: String,
    /// What each cube of it costs of the privacy budget, once; 0 where counts are without noise.
    pub epsilon: f64,
}

pub(super) async fn catalogue(session: &Session, insight: &Insight) -> Result<InsightCatalogue> {
    let reader = insight.database().reader();
    let budget = budget(reader, session, insight).await?;
    let months = releases(reader).await?;
    let small = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    Ok(InsightCatalogue {
        k: small(K),
        rounded_to: small(STEP),
        cubes: CohortCube::ALL
            .into_iter()
            .map(|cube| PublishedCube {
                cube,
                dimensions: [CohortDimension::Month]
                    .into_iter()
                    .chain(cube.dimensions().iter().copied())
                    .collect(),
            })
            .collect(),
        months: months
            .into_iter()
            .map(|release| PublishedMonth {
                month: release.month,
                published_at: release.published_at,
                revision: release.revision,
                epsilon: release.epsilon,
            })
            .collect(),
        questions_left: i32::try_from(budget.questions_left()).unwrap_or(i32::MAX),
        epsilon_left: budget.epsilon_left(),
        epsilon_renews_at: year(session.now()).1,
    })
}
