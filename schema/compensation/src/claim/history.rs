//! What happened to a claim, step by step.

pub(crate) mod store;

use async_graphql::{Context, Object};
use entities::compensation::claim_event;
use schema_kernel::{
    ContextExt, Error, Money, Result, id,
    keyset::{Cursor, SortedBy},
    money::Long,
    scalar::DateTime,
};

use super::ClaimStatus;
use crate::assessment::{self, Assessment};

pub(crate) use self::store::append;

/// One step in the life of a claim. The history is only added to.
pub struct ClaimEvent(pub(crate) claim_event::Model);

/// One step in the life of a claim: what changed, why, and on which assessment. The history is only added to.
#[Object(requires_scopes = "claim:read")]
impl ClaimEvent {
    /// The version of the claim that this step made, beginning with 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The status before the step; null when the step opened the claim.
    async fn from_status(&self) -> Option<ClaimStatus> {
        self.0.from_status.map(Into::into)
    }

    /// The status after the step.
    async fn to_status(&self) -> ClaimStatus {
        self.0.to_status.into()
    }

    /// The amount after the step; null where none was named yet, and of miles.
    async fn amount(&self) -> Option<Result<Money>> {
        super::amount(self.0.amount_minor, &self.0.currency)
    }

    /// The miles after the step; null of money.
    async fn miles(&self) -> Option<Long> {
        super::miles(self.0.amount_minor, &self.0.currency)
    }

    /// Why, in one sentence: the rule's own when the rules moved the claim, a person's when a person decided. Example:
    /// `"Arrived 4h10 late over 5833.6 km, 3h00 or more, and not less than 4h00."`.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who moved it, as the airline names its people and programs. Shown to those who decide claims, null to others.
    #[graphql(requires_scopes = "claim:decide")]
    async fn actor(&self) -> Option<&str> {
        Some(&self.0.actor)
    }

    /// When it happened, in UTC.
    async fn at(&self) -> DateTime {
        self.0.at
    }

    /// The assessment the step rests on; null of a claim that was filed.
    async fn assessment(&self, context: &Context<'_>) -> Option<Result<Assessment, Error>> {
        assessment::load(context, self.0.assessment_id?).await
    }
}

/// The place of a step in its claim's history.
pub(crate) fn place(event: &claim_event::Model) -> Cursor {
    Cursor::by_number(event.version.into(), event.claim_id)
}

/// The history of a claim, oldest first.
pub(crate) async fn of(
    context: &Context<'_>,
    claim: id::ClaimId,
    page: schema_kernel::PageArguments,
) -> Result<super::Connection<ClaimEvent>> {
    let page = page.page(Some(crate::PAGE))?.sorted_by(SortedBy::Number)?;
    let key = store::HistoryOf {
        claim,
        page: page.clone(),
    };
    let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(page.connection(rows, place, ClaimEvent))
}
