//! What a customer is owed, and how far it has come.

pub mod policy;
pub mod ruling;
pub mod state;

pub(crate) mod decide;
mod event;
mod follow;
mod history;
pub(crate) mod list;
mod plan;
pub(crate) mod settle;
pub(crate) mod store;

use async_graphql::{Context, Enum, ID, Object};
use entities::compensation::claim;
use schema_kernel::{
    ContextExt, Error, Money, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    loader::Visible,
    scalar::{Date, DateTime},
};

pub(crate) use self::follow::follow;
pub use self::{
    decide::{ClaimDecided, ClaimDecision, DecideClaimInput, DecideClaimOutcome},
    history::ClaimEvent,
    list::{ClaimFilter, ClaimSort},
};
use crate::{
    assessment::{self, Assessment, EntitlementKind, Regime},
    disruption::{self, Disruption},
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
    /// It is owed, and not paid yet.
    Approved,
    /// A person refused it; `basis` says by which article.
    Refused,
    /// A correction took away what it rested on.
    Withdrawn,
    /// It has been paid. Nothing follows.
    Paid,
}

/// What a customer is owed for a disruption: one for each passenger, flight, body of law and sort of debt, however often
/// the disruption is reported.
#[Object]
impl Claim {
    /// The id of the claim.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// The amount: owed when the claim is approved, at stake at most while it is under review.
    #[graphql(requires_scopes = "claim:read")]
    async fn amount(&self) -> Result<Money> {
        money(self.0.amount_minor, &self.0.currency)
    }

    /// The body of law that grants it.
    #[graphql(requires_scopes = "claim:read")]
    async fn regime(&self) -> Regime {
        self.0.regime.into()
    }

    /// What sort of debt it is.
    #[graphql(requires_scopes = "claim:read")]
    async fn kind(&self) -> EntitlementKind {
        self.0.entitlement_kind.into()
    }

    /// The article that grants it, or of a refused claim the article that refuses it. Example: `"Art 7(1)(a), C-402/07"`.
    #[graphql(requires_scopes = "claim:read")]
    async fn basis(&self) -> &str {
        &self.0.basis
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

    /// The decision of the rules that the claim rests on now, with its reason.
    #[graphql(requires_scopes = "claim:read")]
    async fn trace(&self, context: &Context<'_>) -> Option<Result<Assessment>> {
        assessment::load(context, self.0.assessment_id).await
    }

    /// What went wrong.
    #[graphql(requires_scopes = "claim:read")]
    async fn disruption(&self, context: &Context<'_>) -> Option<Result<Disruption>> {
        disruption::load(context, self.0.disruption_id).await
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
