use async_graphql::{Context, MergedObject, Object};
use schema_kernel::Result;

use crate::{
    claim::{
        AddClaimEvidenceInput, AddClaimEvidenceOutcome, AppealClaimInput, AppealClaimOutcome,
        ApproveClaimInput, ApproveClaimOutcome, DecideClaimInput, DecideClaimOutcome,
        FileClaimInput, FileClaimOutcome, WithdrawClaimInput, WithdrawClaimOutcome, appeal,
        approve, decide, evidence, file, withdraw,
    },
    dead_letter::DeadLetterMutation,
    disruption::{AssessDisruptionInput, AssessDisruptionOutcome, assess},
    payout::{
        ApprovePayoutInput, ApprovePayoutOutcome, CancelPayoutInput, CancelPayoutOutcome,
        ConfirmPayoutInput, ConfirmPayoutOutcome, RequestPayoutInput, RequestPayoutOutcome,
        RetryPayoutInput, RetryPayoutOutcome, request, review,
    },
    rule_pack::{
        self, ActivateRulePackInput, ActivateRulePackOutcome, AdvanceRulePackInput,
        AdvanceRulePackOutcome, DraftRulePackInput, DraftRulePackOutcome, RulePackValidation,
        SimulateRulePackInput, SimulateRulePackOutcome,
    },
};

/// The mutations of the compensation subgraph.
#[derive(MergedObject, Default)]
pub struct Mutation(ClaimMutation, DeadLetterMutation);

/// What can be done to claims.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClaimMutation;

#[Object]
impl ClaimMutation {
    /// Says what would be due for a disruption, real or thought up, under every body of law. It writes nothing.
    #[graphql(requires_scopes = "claim:read")]
    async fn assess_disruption(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The journey and what happened to it.")] input: AssessDisruptionInput,
    ) -> Result<AssessDisruptionOutcome> {
        assess(context, &input).await
    }

    /// Files a claim for a journey: a customer for their own, an agent for anybody's. Where the airline opened one for the
    /// same, or somebody filed one, that claim is the answer. What the law lets nobody ask for any more is refused.
    #[graphql(requires_scopes = "claim:file")]
    async fn file_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What happened, and what is wanted for it.")] input: FileClaimInput,
    ) -> Result<FileClaimOutcome> {
        file::file(context, input).await
    }

    /// Adds evidence to a claim: a description, and a small file where there is one.
    #[graphql(requires_scopes = "claim:file")]
    async fn add_claim_evidence(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The evidence.")] input: AddClaimEvidenceInput,
    ) -> Result<AddClaimEvidenceOutcome> {
        evidence::add(context, input).await
    }

    /// Takes a claim back that was filed and is not decided yet.
    #[graphql(requires_scopes = "claim:file")]
    async fn withdraw_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The claim.")] input: WithdrawClaimInput,
    ) -> Result<WithdrawClaimOutcome> {
        withdraw::withdraw(context, input).await
    }

    /// Approves or refuses a claim under review. Of a claim that the airline opened, the rules are asked again with the facts
    /// that were found out: nothing is approved that no rule grants, and nothing refused that the rules grant without an open
    /// question. A claim that was filed is granted with an article and an amount. What is above the authority of who decides
    /// waits for a second person.
    #[graphql(requires_scopes = "claim:decide")]
    async fn decide_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The decision.")] input: DecideClaimInput,
    ) -> Result<DecideClaimOutcome> {
        decide::decide(context, input).await
    }

    /// Approves what somebody else granted above their authority. Nobody approves their own.
    #[graphql(requires_scopes = "claim:decide")]
    async fn approve_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The claim, as it was read.")] input: ApproveClaimInput,
    ) -> Result<ApproveClaimOutcome> {
        approve::approve(context, input).await
    }

    /// Appeals against a refusal, once. A person other than the one who refused it decides.
    #[graphql(requires_scopes = "claim:file")]
    async fn appeal_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The appeal.")] input: AppealClaimInput,
    ) -> Result<AppealClaimOutcome> {
        appeal::appeal(context, input).await
    }

    /// Asks for the payment of an approved claim, in the way that the customer chooses. Statutory money is paid as money; a
    /// voucher or miles in its place need the passenger's signed agreement. A claim has one payout at a time.
    #[graphql(requires_scopes = "payout:request")]
    async fn request_payout(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The claim, and how it is paid.")] input: RequestPayoutInput,
    ) -> Result<RequestPayoutOutcome> {
        request::request(context, input).await
    }

    /// Approves a payout. Nobody approves what they asked for themselves.
    #[graphql(requires_scopes = "payout:approve")]
    async fn approve_payout(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The payout, as it was read.")] input: ApprovePayoutInput,
    ) -> Result<ApprovePayoutOutcome> {
        review::approve(context, input).await
    }

    /// Calls a payout off before anything is paid. The claim can then be paid in another way.
    #[graphql(requires_scopes = "payout:request")]
    async fn cancel_payout(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The payout, and why.")] input: CancelPayoutInput,
    ) -> Result<CancelPayoutOutcome> {
        review::cancel(context, input).await
    }

    /// Sends a payout again that the provider refused, under the same key: it is never paid twice.
    #[graphql(requires_scopes = "payout:approve")]
    async fn retry_payout(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The payout, as it was read.")] input: RetryPayoutInput,
    ) -> Result<RetryPayoutOutcome> {
        review::retry(context, input).await
    }

    /// Records what a bank statement says of a payout that was sent: the customer has it, or it came back.
    #[graphql(requires_scopes = "payout:approve")]
    async fn confirm_payout(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The payout, and what the statement says.")] input: ConfirmPayoutInput,
    ) -> Result<ConfirmPayoutOutcome> {
        review::confirm(context, input).await
    }

    /// Checks the text of a rule pack: every mistake with its line and column. It writes nothing.
    #[graphql(requires_scopes = "rule:read")]
    async fn validate_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The file: TOML with conditions in CEL.")] text: String,
    ) -> Result<RulePackValidation> {
        rule_pack::require_staff(context, "rule:read")?;
        rule_pack::validate(context, &text).await
    }

    /// Stores a new version of a rule pack as a draft. It decides nothing until another person has approved it and it is
    /// activated.
    #[graphql(requires_scopes = "rule:write")]
    async fn draft_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The new version.")] input: DraftRulePackInput,
    ) -> Result<DraftRulePackOutcome> {
        rule_pack::require_staff(context, "rule:write")?;
        rule_pack::draft(context, input).await
    }

    /// Says what a version would have decided about the latest disruptions, against the rules in force: counts and sums by
    /// rule and currency. It writes nothing.
    #[graphql(requires_scopes = "rule:read")]
    async fn simulate_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version, and how many disruptions.")] input: SimulateRulePackInput,
    ) -> Result<SimulateRulePackOutcome> {
        rule_pack::require_staff(context, "rule:read")?;
        rule_pack::simulate(context, input).await
    }

    /// Gives a draft up for approval.
    #[graphql(requires_scopes = "rule:write")]
    async fn submit_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version.")] input: AdvanceRulePackInput,
    ) -> Result<AdvanceRulePackOutcome> {
        rule_pack::require_staff(context, "rule:write")?;
        rule_pack::submit(context, input).await
    }

    /// Approves a submitted version; never by its author.
    #[graphql(requires_scopes = "rule:approve")]
    async fn approve_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version.")] input: AdvanceRulePackInput,
    ) -> Result<AdvanceRulePackOutcome> {
        rule_pack::require_staff(context, "rule:approve")?;
        rule_pack::approve(context, input).await
    }

    /// Lets an approved version decide incidents from a day on; the version before it decides up to the day before.
    #[graphql(requires_scopes = "rule:approve")]
    async fn activate_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version, and its first day.")] input: ActivateRulePackInput,
    ) -> Result<ActivateRulePackOutcome> {
        rule_pack::require_staff(context, "rule:approve")?;
        rule_pack::activate(context, input).await
    }

    /// Takes an active version back; the version before it decides again. What was decided stays as it is.
    #[graphql(requires_scopes = "rule:approve")]
    async fn roll_back_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version.")] input: AdvanceRulePackInput,
    ) -> Result<ActivateRulePackOutcome> {
        rule_pack::require_staff(context, "rule:approve")?;
        rule_pack::roll_back(context, input).await
    }
}
