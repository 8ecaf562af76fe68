//! What happened to a payout, step by step.

use async_graphql::{Context, Object};
use entities::{compensation::payout_event, id::PayoutId};
use schema_kernel::{
    ContextExt, PageArguments, Result,
    keyset::{Cursor, SortedBy},
    scalar::DateTime,
};

use super::{PayoutStatus, store::HistoryOf};
use crate::claim::Connection;

/// One step in the life of a payout. The history is only added to.
pub struct PayoutEvent(payout_event::Model);

/// One step in the life of a payout. The history is only added to.
#[Object(requires_scopes = "payout:read")]
impl PayoutEvent {
    /// The version of the payout that this step made, beginning with 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The status before the step; null when it was asked for.
    async fn from_status(&self) -> Option<PayoutStatus> {
        self.0.from_status.map(Into::into)
    }

    /// The status after the step.
    async fn to_status(&self) -> PayoutStatus {
        self.0.to_status.into()
    }

    /// Why, in one sentence or by the provider's code; null where there is nothing to say.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who did it, as the airline names its people and programs. Shown to those who approve payouts, null to others.
    #[graphql(requires_scopes = "payout:approve")]
    async fn actor(&self) -> Option<&str> {
        Some(&self.0.actor)
    }

    /// When it happened, in UTC.
    async fn at(&self) -> DateTime {
        self.0.at
    }
}

/// The history of a payout, oldest first.
pub(crate) async fn of(
    context: &Context<'_>,
    payout: PayoutId,
    page: PageArguments,
) -> Result<Connection<PayoutEvent>> {
    let page = page.page(Some(crate::PAGE))?.sorted_by(SortedBy::Number)?;
    let key = HistoryOf {
        payout,
        page: page.clone(),
    };
    let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
    let place =
        |event: &payout_event::Model| Cursor::by_number(event.version.into(), event.payout_id);
    Ok(page.connection(rows, place, PayoutEvent))
}
