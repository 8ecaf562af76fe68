use async_graphql::{
    Context, InputObject, Object,
    connection::{Connection, EmptyFields},
};
use schema_kernel::{
    ContextExt, PageArguments, Result, Rows,
    keyset::{Cursor, SortedBy},
};

use super::{AUDIT, InsightQuery, store};

/// Which questions. Every part that is given has to fit.
#[derive(Clone, Debug, Default, InputObject)]
pub struct InsightQueryFilter {
    /// Those of one partner, as receipts name them. Example: `"client-0193..."`.
    pub partner: Option<String>,
    /// Those that were refused (`true`), or answered (`false`).
    pub is_refused: Option<bool>,
}

/// How the log is read.
#[derive(Default)]
pub struct LogQuery;

#[Object]
impl LogQuery {
    /// The questions that were asked about cohorts, the last first. `first` or `last` is needed, at most 100.
    #[graphql(requires_scopes = "insight:audit")]
    async fn insight_queries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which questions; all when left out. Example: `{ isRefused: true }`.")]
        filter: Option<InsightQueryFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Cursor, InsightQuery, EmptyFields, EmptyFields>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = arguments.page(None)?.sorted_by(SortedBy::Instant)?;
        let asked = if ctx.session()?.actor.rows(AUDIT) == Rows::All {
            let filter = filter.unwrap_or_default();
            store::list(ctx.database()?.reader(), &filter, &page).await?
        } else {
            Vec::new()
        };
        Ok(page.connection(
            asked,
            |query| Cursor::at(query.asked_at, query.id),
            InsightQuery,
        ))
    }
}
