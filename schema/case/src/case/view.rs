use async_graphql::{Context, ID, Object};
use entities::case::case::Model;
use schema_kernel::guard::Personal;
use schema_kernel::{ContextExt, PageArguments, Result, id, keyset::Cursor, scalar::DateTime};

use super::{
    about::{mover, reach, standing},
    comment::CaseComment,
    history::CaseEvent,
    state,
    weight::CaseWeight,
};
use crate::{
    agent::{Agent, AgentKey},
    baggage::BaggageReport,
    incident::Incident,
    kind::{CaseChannel, CasePriority, CaseResolutionCode, CaseStatus, CaseType},
    paging::{Comments, History, List, PageOf, SortedBy, USUAL, page},
    queue::{Queue, QueueCode},
    reference::{Customer, Flight, Order},
};

/// Something a customer needs the airline to deal with.
pub struct Case(Box<Model>);

impl From<Model> for Case {
    fn from(case: Model) -> Self {
        Self(Box::new(case))
    }
}

/// Something a customer needs the airline to deal with: a complaint, a refund, a lost bag. It waits in a queue, an agent
/// works on it, and the customer follows it. What staff keep among themselves is nullable, so that a caller who may not
/// have it still gets the rest.
#[Object(directive = Personal::apply("CASE"))]
impl Case {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What people call it. Example: `"CAS-7K2M9QXA"`.
    #[graphql(requires_scopes = "case:read")]
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// What it is about.
    #[graphql(name = "type", requires_scopes = "case:read")]
    async fn case_type(&self) -> CaseType {
        self.0.case_type.into()
    }

    /// What it is about, in a line. Example: `"EK47 cancelled"`.
    #[graphql(requires_scopes = "case:read")]
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// What it is about, in full. Card numbers were taken out before it was stored.
    #[graphql(requires_scopes = "case:read")]
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The way it came in.
    #[graphql(requires_scopes = "case:read")]
    async fn channel(&self) -> CaseChannel {
        self.0.channel.into()
    }

    /// How far it has come.
    #[graphql(requires_scopes = "case:read")]
    async fn status(&self) -> CaseStatus {
        self.0.status.into()
    }

    /// The states you can bring it to now with `changeCaseState`. Empty when it has ended for you.
    #[graphql(requires_scopes = "case:read")]
    async fn next_statuses(&self, ctx: &Context<'_>) -> Result<Vec<CaseStatus>> {
        let session = ctx.session()?;
        let reachable = state::reachable(&standing(&self.0), &mover(session), session.now());
        Ok(reachable.into_iter().map(Into::into).collect())
    }

    /// Whether somebody still has to work on it.
    #[graphql(requires_scopes = "case:read")]
    async fn is_open(&self) -> bool {
        self.0.is_open
    }

    /// How soon it is to be worked on.
    #[graphql(requires_scopes = "case:read")]
    async fn priority(&self) -> CasePriority {
        self.0.priority.into()
    }

    /// What set the priority.
    #[graphql(requires_scopes = "case:internal")]
    async fn weight(&self) -> Option<CaseWeight> {
        Some(CaseWeight::of(&self.0))
    }

    /// The queue in which it waits.
    #[graphql(requires_scopes = "case:internal")]
    async fn queue(&self, ctx: &Context<'_>) -> Option<Result<Queue>> {
        Queue::load(ctx, QueueCode(self.0.queue.clone()))
            .await
            .transpose()
    }

    /// The agent who has it; `null` when nobody has.
    #[graphql(requires_scopes = "case:internal")]
    async fn assignee(&self, ctx: &Context<'_>) -> Option<Result<Agent>> {
        Agent::load(ctx, AgentKey(self.0.assignee_id?))
            .await
            .transpose()
    }

    /// The customer it is about, where that is known.
    #[graphql(requires_scopes = "case:read")]
    async fn customer(&self) -> Option<Customer> {
        self.0.customer_id.map(Customer)
    }

    /// The order it is about, where it is about one.
    #[graphql(requires_scopes = "case:read")]
    async fn order(&self) -> Option<Order> {
        self.0.order_id.map(Order)
    }

    /// The flight it is about, where it is about one.
    #[graphql(requires_scopes = "case:read")]
    async fn flight(&self) -> Option<Flight> {
        self.0.flight_id.map(Flight)
    }

    /// The disruption it shares with other cases, where there is one.
    #[graphql(requires_scopes = "case:read")]
    async fn incident(&self, ctx: &Context<'_>) -> Option<Result<Incident>> {
        Incident::load(ctx, self.0.incident_id?).await.transpose()
    }

    /// The baggage report that it was opened for; `null` when it is about no baggage, or nobody reported it.
    #[graphql(requires_scopes = "case:read")]
    async fn baggage_report(&self, ctx: &Context<'_>) -> Option<Result<BaggageReport>> {
        BaggageReport::of_case(ctx, self.0.id).await.transpose()
    }

    /// The case that goes on in its place, where it was merged into one that you may see.
    #[graphql(requires_scopes = "case:read")]
    async fn merged_into(&self, ctx: &Context<'_>) -> Option<Result<Case>> {
        Self::load(ctx, self.0.merged_into_id?).await.transpose()
    }

    /// How it was answered; `null` until it is resolved.
    #[graphql(requires_scopes = "case:read")]
    async fn resolution_code(&self) -> Option<CaseResolutionCode> {
        self.0.resolution_code.map(Into::into)
    }

    /// The answer, in words for the customer; `null` until it is resolved.
    #[graphql(requires_scopes = "case:read")]
    async fn resolution_summary(&self) -> Option<&str> {
        self.0.resolution_summary.as_deref()
    }

    /// The rule or article that a rejection rests on. Example: `"EU261 Art 3(1)(b)"`.
    #[graphql(requires_scopes = "case:read")]
    async fn resolution_basis(&self) -> Option<&str> {
        self.0.resolution_basis.as_deref()
    }

    /// What proves extraordinary circumstances, as ids or references of records.
    #[graphql(requires_scopes = "case:internal")]
    async fn resolution_evidence(&self) -> Option<&[String]> {
        self.0
            .resolution_evidence
            .as_ref()
            .map(|evidence| evidence.0.as_slice())
    }

    /// When it was opened.
    #[graphql(requires_scopes = "case:read")]
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at
    }

    /// When anything on it last changed.
    #[graphql(requires_scopes = "case:read")]
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }

    /// By when it should be resolved: the target of its priority, from when it was opened or last reopened.
    #[graphql(requires_scopes = "case:read")]
    async fn target_at(&self) -> DateTime {
        self.0.target_at
    }

    /// When it was resolved; `null` before, and again after it was reopened.
    #[graphql(requires_scopes = "case:read")]
    async fn resolved_at(&self) -> Option<DateTime> {
        self.0.resolved_at
    }

    /// When it ended; `null` before, and again after it was reopened.
    #[graphql(requires_scopes = "case:read")]
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at
    }

    /// Whether somebody higher up looks at it.
    #[graphql(requires_scopes = "case:internal")]
    async fn is_escalated(&self) -> Option<bool> {
        Some(self.0.is_escalated)
    }

    /// Whether nothing of it may be erased.
    #[graphql(requires_scopes = "case:internal")]
    async fn is_on_legal_hold(&self) -> Option<bool> {
        Some(self.0.is_on_legal_hold)
    }

    /// The actor whose request waits for the approval of another; `null` unless the state is `PENDING_APPROVAL`.
    #[graphql(requires_scopes = "case:internal")]
    async fn approval_requested_by(&self) -> Option<&str> {
        self.0.approval_requested_by.as_deref()
    }

    /// Counted up by each change; send it as `expectedVersion`.
    #[graphql(requires_scopes = "case:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What people wrote on it, the oldest first. Holds 10 unless you ask for another number; internal comments are there for
    /// those who hold `case:internal`.
    #[graphql(requires_scopes = "case:read")]
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<CaseComment>> {
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            Some(USUAL),
            SortedBy::Instant,
        )?;
        let view = Comments(reach(&ctx.session()?.actor));
        let key = PageOf {
            parent: self.0.id,
            view,
            page: page.clone(),
        };
        let rows = ctx.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(page.connection(
            rows,
            |comment| Cursor::at(comment.at, comment.id),
            CaseComment,
        ))
    }

    /// What happened to it, the oldest first. Holds 10 unless you ask for another number; assignments and the like are there
    /// for those who hold `case:internal`.
    #[graphql(requires_scopes = "case:read")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<CaseEvent>> {
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            Some(USUAL),
            SortedBy::Instant,
        )?;
        let view = History(reach(&ctx.session()?.actor));
        let key = PageOf {
            parent: self.0.id,
            view,
            page: page.clone(),
        };
        let rows = ctx.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(page.connection(rows, |event| Cursor::at(event.at, event.id), CaseEvent))
    }
}
