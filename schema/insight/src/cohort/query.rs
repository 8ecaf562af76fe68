use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{CohortsInput, CohortsOutcome, InsightCatalogue, ask::ask, catalogue::catalogue};
use crate::InsightExt;

/// How cohorts are asked for.
#[derive(Default)]
pub struct CohortQuery;

#[Object]
impl CohortQuery {
    /// Counts, shares and means of people in cohorts of 20 or more, never of persons. Every question is noted, with its
    /// answer's receipt. Example: `cohorts(input: { dimensions: [CABIN], measures: [PERSONS], period: { from: "2026-08", to: "2026-10" } })`.
    #[graphql(requires_scopes = "insight:read")]
    async fn cohorts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question.")] input: CohortsInput,
    ) -> Result<CohortsOutcome> {
        ask(ctx.session()?, ctx.insight()?, input).await
    }

    /// What can be asked of `cohorts`: dimensions, months, and how much of your budget is left.
    #[graphql(requires_scopes = "insight:read")]
    async fn insight_catalogue(&self, ctx: &Context<'_>) -> Result<InsightCatalogue> {
        catalogue(ctx.session()?, ctx.insight()?).await
    }
}
