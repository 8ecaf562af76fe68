//! How claims are paid.

pub mod export;
pub mod ledger;
pub mod policy;
pub mod provider;
pub mod rate;
pub mod state;

mod agreement;
mod event;
mod history;
pub(crate) mod list;
pub(crate) mod request;
pub(crate) mod review;
mod step;
pub(crate) mod store;
mod worker;

use async_graphql::{Context, Enum, ID, Object};
use entities::{
    compensation::payout,
    id::{ClaimId, PayoutId},
};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Money, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    loader::Visible,
    money::Long,
    scalar::{Date, DateTime},
};

pub use self::{
    agreement::{Agreement, AgreementChannel},
    history::PayoutEvent,
    list::{PayoutFilter, PayoutSort},
    provider::{FileProvider, HttpProvider, Provider},
    request::{AgreementInput, PayoutRequested, RequestPayoutInput, RequestPayoutOutcome},
    review::{
        ApprovePayoutInput, ApprovePayoutOutcome, CancelPayoutInput, CancelPayoutOutcome,
        ConfirmPayoutInput, ConfirmPayoutOutcome, Confirmation, PayoutApproved, PayoutCancelled,
        PayoutConfirmed, PayoutRetried, RetryPayoutInput, RetryPayoutOutcome,
    },
    worker::{Worker, WorkerOptions},
};
use crate::claim::{self, Claim, Connection, amount, miles};

/// A payment of a claim.
pub struct Payout(pub(crate) payout::Model);

/// Ways to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payout::PayoutMethod")]
pub enum PayoutMethod {
    /// A transfer to an account that the payment provider knows by a token. Account numbers are not taken and not stored.
    BankTransfer,
    /// Back the way the order was paid.
    OriginalFormOfPayment,
    /// A travel voucher of 130 % of what is owed. It needs the passenger's signed agreement.
    Voucher,
    /// Miles of the loyalty programme. In place of money they need the passenger's signed agreement.
    Miles,
}

/// How far a payment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payout::PayoutStatus")]
pub enum PayoutStatus {
    /// Asked for; somebody has to approve it.
    Requested,
    /// Approved, and not given to the provider yet.
    Approved,
    /// Given to the provider, whose answer is not known yet. It is asked again under the same key until it is.
    Sending,
    /// Accepted by the provider.
    Sent,
    /// The customer has it. Nothing follows.
    Settled,
    /// The provider refused it, or it came back: nothing was paid. It can be retried or cancelled.
    Failed,
    /// Called off before anything was paid. Nothing follows.
    Cancelled,
}

/// A payment of a claim. Of one claim, one payout at most is not cancelled.
#[Object(requires_scopes = "payout:read", directive = Personal::apply("PAYMENT"))]
impl Payout {
    /// The id of the payout; its key with the provider too, for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// The claim it pays.
    async fn claim(&self, context: &Context<'_>) -> Option<Result<Claim>> {
        claim::load(context, self.0.claim_id).await
    }

    /// How it is paid.
    async fn method(&self) -> PayoutMethod {
        self.0.method.into()
    }

    /// How far it has come.
    async fn status(&self) -> PayoutStatus {
        self.0.status.into()
    }

    /// What of the claim it settles; null where miles are owed.
    async fn amount(&self) -> Option<Result<Money>> {
        amount(self.0.amount_minor, &self.0.currency)
    }

    /// What the customer gets in money, or as the value of a voucher; null of miles. A voucher is worth 130 % of `amount`.
    async fn delivered_amount(&self) -> Option<Result<Money>> {
        amount(self.0.delivered_minor, &self.0.delivered_currency)
    }

    /// What the customer gets in miles; null of money and vouchers. Example: `25000`.
    async fn delivered_miles(&self) -> Option<Long> {
        miles(self.0.delivered_minor, &self.0.delivered_currency)
    }

    /// What the passenger signed who takes something else than money; null where nothing has to be signed.
    async fn agreement(&self, context: &Context<'_>) -> Option<Result<Agreement>> {
        agreement::load(context, self.0.id).await
    }

    /// The last day to pay.
    async fn due_by(&self) -> Date {
        Date(self.0.due_by)
    }

    /// Why it failed or was cancelled; null otherwise. Example: `"CARD_CLOSED"`.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The provider's own reference, once it has answered. Shown to those who approve payouts, null to others.
    #[graphql(requires_scopes = "payout:approve")]
    async fn provider_reference(&self) -> Option<&str> {
        self.0.provider_reference.as_deref()
    }

    /// Who asked for it, as the airline names its people and programs. Shown to those who approve payouts, null to others.
    #[graphql(requires_scopes = "payout:approve")]
    async fn requested_by(&self) -> Option<&str> {
        Some(&self.0.requested_by)
    }

    /// Who approved it, likewise; null before that.
    #[graphql(requires_scopes = "payout:approve")]
    async fn approved_by(&self) -> Option<&str> {
        self.0.approved_by.as_deref()
    }

    /// When it was asked for, in UTC.
    async fn requested_at(&self) -> DateTime {
        self.0.requested_at
    }

    /// When its status last changed, in UTC.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }

    /// Counted up by each change of status; `expectedVersion` of what is done about it.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What happened to it, oldest first; the first 10 steps when no size is given.
    async fn history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<PayoutEvent>>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(history::of(context, self.0.id, page).await)
    }
}

/// The payout with this id, where the actor may see it.
pub(crate) async fn load(context: &Context<'_>, key: PayoutId) -> Option<Result<Payout>> {
    let load = async || {
        let rows = context.session()?.actor.rows("payout:read");
        let payout = context
            .loader()?
            .load_one(store::PayoutById(Visible { key, rows }))
            .await?;
        Ok(payout.map(Payout))
    };
    load().await.transpose()
}

/// A page of the payouts of a claim, newest first.
pub(crate) async fn of(
    context: &Context<'_>,
    claim: ClaimId,
    page: PageArguments,
) -> Result<Connection<Payout>> {
    let page = page.page(Some(crate::PAGE))?.sorted_by(SortedBy::Instant)?;
    let rows = context.session()?.actor.rows("payout:read");
    let key = store::PayoutsOf {
        claim,
        page: page.clone(),
        rows,
    };
    let payouts = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(page.connection(
        payouts,
        |payout| Cursor::at(payout.requested_at, payout.id),
        Payout,
    ))
}
