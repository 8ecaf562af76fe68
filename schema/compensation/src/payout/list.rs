//! Lists of payouts.

use async_graphql::{Context, Enum, ID, InputObject};
use entities::{compensation::payout, id::CustomerId};
use schema_kernel::{
    ContextExt, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    scalar::Date,
};

use super::{Payout, PayoutStatus, store};
use crate::claim::Connection;

/// Which payouts to list; what is left out does not narrow the list.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PayoutFilter {
    /// Only payouts in this status.
    pub status: Option<PayoutStatus>,
    /// Only payouts to this customer.
    pub customer_id: Option<ID>,
    /// Only payouts that have to be made before this day. Example: `"2026-03-16"`.
    pub due_before: Option<Date>,
}

/// The orders in which payouts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PayoutSort {
    /// By the last day to pay, the soonest first.
    DueBy,
    /// By the time at which they were asked for, the newest first.
    RequestedAt,
}

pub(crate) async fn list(
    context: &Context<'_>,
    filter: PayoutFilter,
    sort: PayoutSort,
    page: PageArguments,
) -> Result<Connection<Payout>> {
    let page = page.page(None)?.sorted_by(match sort {
        PayoutSort::DueBy => SortedBy::Date,
        PayoutSort::RequestedAt => SortedBy::Instant,
    })?;
    let customer: Option<CustomerId> = filter.customer_id.as_ref().map(id::read).transpose()?;
    let rows = context.session()?.actor.rows("payout:read");
    let payouts = store::list(context.database()?, &filter, customer, sort, &page, rows).await?;
    let place = |payout: &payout::Model| match sort {
        PayoutSort::DueBy => Cursor::by_date(payout.due_by, payout.id),
        PayoutSort::RequestedAt => Cursor::at(payout.requested_at, payout.id),
    };
    Ok(page.connection(payouts, place, Payout))
}
