//! Lists of claims.

use async_graphql::{Context, Enum, ID, InputObject};
use entities::id::CustomerId;
use schema_kernel::{
    ContextExt, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    scalar::Date,
};

use super::{Claim, ClaimOrigin, ClaimStatus, Connection, store};
use crate::assessment::Regime;

/// Which claims to list; what is left out does not narrow the list.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ClaimFilter {
    /// Only claims in this status.
    pub status: Option<ClaimStatus>,
    /// Only claims under this body of law.
    pub regime: Option<Regime>,
    /// Only claims that come from there.
    pub origin: Option<ClaimOrigin>,
    /// Only claims of this customer.
    pub customer_id: Option<ID>,
    /// Only claims that have to be paid before this day. Example: `"2026-03-16"`.
    pub due_before: Option<Date>,
}

/// The orders in which claims are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ClaimSort {
    /// By the last day to pay, the soonest first.
    DueBy,
    /// By the time of opening, the newest first.
    OpenedAt,
}

pub(crate) async fn list(
    context: &Context<'_>,
    filter: ClaimFilter,
    sort: ClaimSort,
    page: PageArguments,
) -> Result<Connection<Claim>> {
    let page = page.page(None)?.sorted_by(match sort {
        ClaimSort::DueBy => SortedBy::Date,
        ClaimSort::OpenedAt => SortedBy::Instant,
    })?;
    let customer: Option<CustomerId> = filter.customer_id.as_ref().map(id::read).transpose()?;
    let rows = context.session()?.actor.rows("claim:read");
    let claims = store::list(context.database()?, &filter, customer, sort, &page, rows).await?;
    let place = |claim: &entities::compensation::claim::Model| match sort {
        ClaimSort::DueBy => Cursor::by_date(claim.due_by, claim.id),
        ClaimSort::OpenedAt => Cursor::at(claim.opened_at, claim.id),
    };
    Ok(page.connection(claims, place, Claim))
}
