//! The audit log, as the privacy officer and the customers themselves read it.

pub(crate) mod query;
mod view;

use async_graphql::Context;
use schema_kernel::{
    ContextExt, Error, Page, PageArguments, Result, Rows, Scope,
    audit::store::{self, Criteria},
    id::CustomerId,
    keyset::{Cursor, SortedBy},
};
use uuid::Uuid;

pub use self::{
    query::{AuditQuery, AuditRecordFilter},
    view::AuditRecord,
};
use crate::paging::{List, USUAL};

/// Reads what everybody did.
pub(crate) const READ: Scope = "audit:read";

/// What was done with the data of one customer, as far as the caller may know it: the privacy officer, and the customer.
pub(crate) async fn access_log(
    ctx: &Context<'_>,
    customer: CustomerId,
    arguments: &PageArguments,
) -> Result<List<AuditRecord>> {
    let page = page(arguments, Some(USUAL))?;
    let actor = &ctx.session()?.actor;
    let is_own = actor.rows("customer:read") == Rows::Of(customer);
    let criteria = Criteria {
        customer: Some(customer),
        ..Criteria::default()
    };
    if is_own || actor.rows(READ) == Rows::All {
        return list(ctx, &criteria, &page).await;
    }
    Ok(shown(&page, Vec::new()))
}

async fn list(ctx: &Context<'_>, criteria: &Criteria, page: &Page) -> Result<List<AuditRecord>> {
    let trail = ctx.session()?.trail();
    let log = trail.ok_or_else(|| Error::internal(anyhow::anyhow!("no audit log is kept")))?;
    let database = log.log().database();
    let records = store::list(database.reader(), criteria, page).await?;
    Ok(shown(page, records))
}

fn page(arguments: &PageArguments, usual: Option<u32>) -> Result<Page> {
    arguments.page(usual)?.sorted_by(SortedBy::Number)
}

fn shown(page: &Page, records: Vec<schema_kernel::audit::AuditRecord>) -> List<AuditRecord> {
    page.connection(
        records,
        |record| Cursor::by_number(record.sequence, Uuid::nil()),
        AuditRecord,
    )
}
