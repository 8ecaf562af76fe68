use std::hash::Hash;

use async_graphql::{Context, dataloader::Loader};
use entities::{
    case::baggage_report::Model,
    id::{BaggageReportId, CaseId},
};
use schema_kernel::{ContextExt, Error, Page, PageArguments, Reader, Result, keyset::Cursor};

use super::{
    BaggageReport,
    store::{ReportKey, ReportOfCase},
};
use crate::paging::{Baggage, List, PageOf, SortedBy, USUAL, page};

impl BaggageReport {
    /// The report with this id, if the caller may see it.
    pub(crate) async fn load(ctx: &Context<'_>, id: BaggageReportId) -> Result<Option<Self>> {
        let rows = ctx.session()?.actor.rows("case:read");
        Ok(ctx
            .loader()?
            .load_one(ReportKey { id, rows })
            .await?
            .map(Self))
    }

    /// The report of a case that the caller sees.
    pub(crate) async fn of_case(ctx: &Context<'_>, case: CaseId) -> Result<Option<Self>> {
        Ok(ctx.loader()?.load_one(ReportOfCase(case)).await?.map(Self))
    }

    /// The reports of a record of another domain, the newest first.
    pub(crate) async fn of<Parent>(
        ctx: &Context<'_>,
        parent: Parent,
        arguments: &PageArguments,
    ) -> Result<List<Self>>
    where
        PageOf<Parent, Baggage>: Clone + Eq + Hash + Send + Sync + 'static,
        Reader: Loader<PageOf<Parent, Baggage>, Value = Vec<Model>, Error = Error>,
    {
        let page = page(arguments, Some(USUAL), SortedBy::Instant)?;
        let key = PageOf {
            parent,
            view: Baggage(ctx.session()?.actor.rows("case:read")),
            page: page.clone(),
        };
        let rows = ctx.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(reports_connection(&page, rows))
    }
}

impl From<Model> for BaggageReport {
    fn from(report: Model) -> Self {
        Self(report)
    }
}

/// The connection of a page of reports, the newest first.
pub(crate) fn reports_connection(page: &Page, rows: Vec<Model>) -> List<BaggageReport> {
    page.connection(
        rows,
        |report| Cursor::at(report.reported_at, report.id),
        BaggageReport,
    )
}
