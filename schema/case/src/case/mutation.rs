use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{
    assign::{AssignCaseInput, AssignCaseOutcome, assign},
    change_priority::{ChangeCasePriorityInput, ChangeCasePriorityOutcome, change_priority},
    change_state::{ChangeCaseStateInput, ChangeCaseStateOutcome, change_state},
    comment_on::{CommentOnCaseInput, CommentOnCaseOutcome, comment_on},
    link_claim::{LinkClaimInput, LinkClaimOutcome, link_claim},
    open::{OpenCaseInput, OpenCaseOutcome, open},
};

/// What can be done to cases.
#[derive(Default)]
pub struct CaseMutation;

#[Object]
impl CaseMutation {
    /// Opens a case, in state `NEW` and in the queue of its type. A customer opens cases about themselves.
    #[graphql(requires_scopes = "case:write")]
    async fn open_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case.")] input: OpenCaseInput,
    ) -> Result<OpenCaseOutcome> {
        open(ctx.session()?, ctx.database()?, input).await
    }

    /// Writes a comment on a case. The reply of a customer can also move it: see `CaseCommented`.
    #[graphql(requires_scopes = "case:write")]
    async fn comment_on_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The comment.")] input: CommentOnCaseInput,
    ) -> Result<CommentOnCaseOutcome> {
        comment_on(ctx.session()?, ctx.database()?, input).await
    }

    /// Gives an open case to an agent who works its queue, or takes it off its agent. A case that was new or triaged comes to
    /// `ASSIGNED` by it.
    #[graphql(requires_scopes = "case:write case:internal")]
    async fn assign_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and the agent.")] input: AssignCaseInput,
    ) -> Result<AssignCaseOutcome> {
        assign(ctx.session()?, ctx.database()?, input).await
    }

    /// Brings a case to another state of its lifecycle. A customer can withdraw or reopen their own.
    #[graphql(requires_scopes = "case:write")]
    async fn change_case_state(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and the state.")] input: ChangeCaseStateInput,
    ) -> Result<ChangeCaseStateOutcome> {
        change_state(ctx.session()?, ctx.database()?, input).await
    }

    /// Weighs an open case anew: its priority and target follow from impact, urgency and modifiers.
    #[graphql(requires_scopes = "case:write case:internal")]
    async fn change_case_priority(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and its weight.")] input: ChangeCasePriorityInput,
    ) -> Result<ChangeCasePriorityOutcome> {
        change_priority(ctx.session()?, ctx.database()?, input).await
    }

    /// Puts a claim on a case. A claim is on one case at most.
    #[graphql(requires_scopes = "case:write case:internal")]
    async fn link_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The case and the claim.")] input: LinkClaimInput,
    ) -> Result<LinkClaimOutcome> {
        link_claim(ctx.session()?, ctx.database()?, input).await
    }
}
