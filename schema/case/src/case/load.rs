use async_graphql::Context;
use entities::{case::case::Model, id::CaseId};
use schema_kernel::{ContextExt, Page, Result, keyset::Cursor};

use super::{store::CaseKey, view::Case};
use crate::paging::List;

impl Case {
    /// The case with this id, if the caller may see it.
    pub(crate) async fn load(ctx: &Context<'_>, id: CaseId) -> Result<Option<Self>> {
        let rows = ctx.session()?.actor.rows("case:read");
        Ok(ctx
            .loader()?
            .load_one(CaseKey { id, rows })
            .await?
            .map(Self::from))
    }
}

/// The connection of a page of cases that are sorted by the instant they were opened.
pub(crate) fn cases_connection(page: &Page, rows: Vec<Model>) -> List<Case> {
    page.connection(rows, |case| Cursor::at(case.opened_at, case.id), Case::from)
}
