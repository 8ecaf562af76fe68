use async_graphql::{Context, ID, Object};
use schema_kernel::{ContextExt, PageArguments, Result, id};

use super::{
    BaggageReport,
    filter::{BaggageReportFilter, Criteria},
    load::reports_connection,
    store,
};
use crate::paging::{List, SortedBy, page};

/// How baggage reports are found.
#[derive(Default)]
pub struct BaggageQuery;

#[Object]
impl BaggageQuery {
    /// The baggage report with this id; `null` when there is none that you may see.
    #[graphql(requires_scopes = "case:read")]
    async fn baggage_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the report.")] id: ID,
    ) -> Option<Result<BaggageReport>> {
        match id::read(&id) {
            Ok(id) => BaggageReport::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The baggage reports that fit a filter, the newest first. A customer sees their own.
    #[graphql(requires_scopes = "case:read")]
    async fn baggage_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which reports; all when left out. Example: `{ station: \"SIN\", state: { in: [TRACING, LOCATED] } }`."
        )]
        filter: Option<BaggageReportFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<BaggageReport>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = page(&arguments, None, SortedBy::Instant)?;
        let criteria = Criteria::read(filter.unwrap_or_default())?;
        let rows = ctx.session()?.actor.rows("case:read");
        let found = store::list(ctx.database()?.reader(), rows, &criteria, &page).await?;
        Ok(reports_connection(&page, found))
    }
}
