//! What a customer is owed, and how far it has come.

pub mod authority;
pub mod limitation;
pub mod policy;
pub mod ruling;
pub mod state;

pub(crate) mod appeal;
pub(crate) mod approve;
pub(crate) mod decide;
mod event;
pub(crate) mod evidence;
pub(crate) mod file;
pub(crate) mod filing;
mod follow;
mod history;
pub(crate) mod list;
pub(crate) mod plan;
pub(crate) mod settle;
pub(crate) mod step;
pub(crate) mod store;
pub(crate) mod withdraw;

use async_graphql::{Context, Enum, ID, Object};
use entities::compensation::claim::{self, MILES, NO_CURRENCY};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Error, Money, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    loader::Visible,
    money::Long,
    scalar::{Date, DateTime},
};

pub(crate) use self::follow::follow;
pub use self::{
    appeal::{AppealClaimInput, AppealClaimOutcome, ClaimAppealed},
    approve::{ApproveClaimInput, ApproveClaimOutcome, ClaimApproved},
    decide::{
        AwardInput, ClaimDecided, ClaimDecision, ClaimProposed, DecideClaimInput,
        DecideClaimOutcome,
    },
    evidence::{
        AddClaimEvidenceInput, AddClaimEvidenceOutcome, ClaimEvidenceAdded, Evidence, EvidenceKind,
    },
    file::{ClaimFiled, ClaimStands, FileClaimInput, FileClaimOutcome},
    filing::{Filing, Incident},
    history::ClaimEvent,
    list::{ClaimFilter, ClaimSort},
    withdraw::{ClaimWithdrawn, WithdrawClaimInput, WithdrawClaimOutcome},
};
use crate::{
    assessment::{self, Assessment, EntitlementKind, Regime},
    disruption::{self, Disruption},
    payout::{self, Payout},
    stub::{Case, Customer, Flight, Journey, Order},
};

/// A page of something in this subgraph.
pub(crate) type Connection<Node> = async_graphql::connection::Connection<Cursor, Node>;

/// What a customer is owed for a disruption, and how far it has come.
pub struct Claim(pub(crate) claim::Model);

/// How far a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "claim::ClaimStatus")]
pub enum ClaimStatus {
    /// A person has to settle an open question; `reviewReasons` says which.
    NeedsReview,
    /// A person granted it, and a second one has to approve it: the amount is above the authority of the first.
    NeedsApproval,
    /// It is owed, and not paid yet. `requestPayout` pays it.
    Approved,
    /// Its payment is on the way; until that has ended nothing changes the claim.
    Paying,
    /// A person refused it; `basis` says by which article, `appealPath` what can be done.
    Refused,
    /// A correction took away what it rested on, or the claimant took it back.
    Withdrawn,
    /// It has been paid. Nothing follows.
    Paid,
}

/// Where claims come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "claim::ClaimOrigin")]
pub enum ClaimOrigin {
    /// The airline opened it by itself, by its rules.
    Automatic,
    /// A customer filed it, or an agent for them.
    Filed,
}

/// What a customer is owed for a disruption, or says to be owed: one for each passenger, flight, body of law and sort of debt, however often
/// the disruption is reported.
#[Object(directive = Personal::apply("CLAIM"))]
impl Claim {
    /// The id of the claim.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// The amount: owed when the claim is approved, at stake at most while it is under review. Null while a claim that was
    /// filed names none, and of miles.
    #[graphql(requires_scopes = "claim:read")]
    async fn amount(&self) -> Option<Result<Money>> {
        amount(self.0.amount_minor, &self.0.currency)
    }

    /// The miles, where miles are owed; null of money. Example: `5000`.
    #[graphql(requires_scopes = "claim:read")]
    async fn miles(&self) -> Option<Long> {
        miles(self.0.amount_minor, &self.0.currency)
    }

    /// Where it comes from.
    #[graphql(requires_scopes = "claim:read")]
    async fn origin(&self) -> ClaimOrigin {
        self.0.origin.into()
    }

    /// The body of law that grants it; null of goodwill, and of a claim that was filed until it is granted.
    #[graphql(requires_scopes = "claim:read")]
    async fn regime(&self) -> Option<Regime> {
        self.0.regime.map(Into::into)
    }

    /// What sort of debt it is.
    #[graphql(requires_scopes = "claim:read")]
    async fn kind(&self) -> EntitlementKind {
        self.0.entitlement_kind.into()
    }

    /// The article that grants it, or of a refused claim the article that refuses it. Null of a claim that was filed until
    /// it is decided. Example: `"Art 7(1)(a), C-402/07"`.
    #[graphql(requires_scopes = "claim:read")]
    async fn basis(&self) -> Option<&str> {
        Some(self.0.basis.as_str()).filter(|basis| !basis.is_empty())
    }

    /// What somebody said who filed it; null of a claim that the airline opened by itself.
    #[graphql(requires_scopes = "claim:read")]
    async fn filing(&self, context: &Context<'_>) -> Option<Result<Filing>> {
        filing::load(context, &self.0).await
    }

    /// What can be done about a refusal, and until when. Null unless the claim is refused.
    #[graphql(requires_scopes = "claim:read")]
    async fn appeal_path(&self) -> Option<String> {
        appeal::path(&self.0)
    }

    /// The role whose approval it waits for; null unless the status is `NEEDS_APPROVAL`. Example: `"cmp-manager"`.
    #[graphql(requires_scopes = "claim:read")]
    async fn approver_role(&self) -> Option<&str> {
        approve::awaited(&self.0)
    }

    /// How far it has come.
    #[graphql(requires_scopes = "claim:read")]
    async fn status(&self) -> ClaimStatus {
        self.0.status.into()
    }

    /// What a person has to settle, or had to when they decided, one sentence each. Empty when nothing was open.
    #[graphql(requires_scopes = "claim:read")]
    async fn review_reasons(&self) -> Vec<String> {
        policy::reasons_of(&self.0)
    }

    /// The last day to pay.
    #[graphql(requires_scopes = "claim:read")]
    async fn due_by(&self) -> Date {
        Date(self.0.due_by)
    }

    /// When it was opened, in UTC.
    #[graphql(requires_scopes = "claim:read")]
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at
    }

    /// When its status or terms last changed, in UTC.
    #[graphql(requires_scopes = "claim:read")]
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }

    /// Counted up by each change of status or terms; `expectedVersion` of a decision.
    #[graphql(requires_scopes = "claim:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The passenger of the order whose claim it is, by id.
    #[graphql(requires_scopes = "claim:read")]
    async fn passenger_id(&self) -> ID {
        id::show(self.0.passenger_id)
    }

    /// The decision of the rules that the claim rests on now, with its reason; null of a claim that was filed.
    #[graphql(requires_scopes = "claim:read")]
    async fn trace(&self, context: &Context<'_>) -> Option<Result<Assessment>> {
        assessment::load(context, self.0.assessment_id?).await
    }

    /// What went wrong, as it was reported; null of a claim that was filed.
    #[graphql(requires_scopes = "claim:read")]
    async fn disruption(&self, context: &Context<'_>) -> Option<Result<Disruption>> {
        disruption::load(context, self.0.disruption_id?).await
    }

    /// The customer whose claim it is; null where their record is not shown or cannot be read.
    #[graphql(requires_scopes = "claim:read")]
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0.customer_id))
    }

    /// The order the journey belongs to; null where it is not shown or cannot be read.
    #[graphql(requires_scopes = "claim:read")]
    async fn order(&self) -> Option<Order> {
        Some(Order(self.0.order_id))
    }

    /// The disrupted journey; null where it is not shown or cannot be read.
    #[graphql(requires_scopes = "claim:read")]
    async fn journey(&self) -> Option<Journey> {
        Some(Journey(self.0.journey_id))
    }

    /// The flight that went wrong; null where it cannot be read.
    #[graphql(requires_scopes = "claim:read")]
    async fn flight(&self) -> Option<Flight> {
        Some(Flight::from(self.0.flight_id))
    }

    /// The case in which people work on it; null when there is none.
    #[graphql(requires_scopes = "claim:read")]
    async fn case(&self) -> Option<Case> {
        self.0.case_id.map(Case)
    }

    /// What proves it, oldest first; the first 10 pieces when no size is given.
    #[graphql(requires_scopes = "claim:read")]
    async fn evidence(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<Evidence>>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(evidence::of(context, self.0.id, page).await)
    }

    /// How it was paid, or was tried to be, newest first; the first 10 payouts when no size is given. One at most is not
    /// cancelled.
    #[graphql(requires_scopes = "payout:read")]
    async fn payouts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<Payout>>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(payout::of(context, self.0.id, page).await)
    }

    /// What happened to the claim, oldest first; the first 10 steps when no size is given.
    #[graphql(requires_scopes = "claim:read")]
    async fn history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<ClaimEvent>>> {
        Some(
            history::of(
                context,
                self.0.id,
                PageArguments {
                    first,
                    after,
                    last,
                    before,
                },
            )
            .await,
        )
    }
}

/// The claim with this id, where the actor may see it.
pub(crate) async fn load(context: &Context<'_>, key: id::ClaimId) -> Option<Result<Claim>> {
    let load = async || {
        let rows = context.session()?.actor.rows("claim:read");
        let claim = context
            .loader()?
            .load_one(store::ClaimById(Visible { key, rows }))
            .await?;
        Ok(claim.map(Claim))
    };
    load().await.transpose()
}

/// A page of the claims of a parent, newest first.
pub(crate) async fn of(
    context: &Context<'_>,
    parent: store::Parent,
    page: PageArguments,
) -> Result<Connection<Claim>> {
    let page = page.page(Some(crate::PAGE))?.sorted_by(SortedBy::Instant)?;
    let rows = context.session()?.actor.rows("claim:read");
    let key = store::ClaimsOf {
        parent,
        page: page.clone(),
        rows,
    };
    let claims = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(page.connection(claims, |claim| Cursor::at(claim.opened_at, claim.id), Claim))
}

/// An amount as the graph shows it.
pub(crate) fn money(amount_minor: i64, currency: &str) -> Result<Money> {
    Money::new(amount_minor, currency)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a stored currency is none of ISO 4217")))
}

/// Whether this stands for money: a code of ISO 4217 that is a currency.
pub(crate) fn is_money(currency: &str) -> bool {
    currency != MILES && currency != NO_CURRENCY
}

/// An amount of money as the graph shows it; `None` where it is none.
pub(crate) fn amount(amount_minor: i64, currency: &str) -> Option<Result<Money>> {
    is_money(currency).then(|| money(amount_minor, currency))
}

/// An amount of miles as the graph shows it; `None` where it is none.
pub(crate) fn miles(amount: i64, currency: &str) -> Option<Long> {
    (currency == MILES).then_some(Long(amount))
}
