use async_graphql::{Context, MergedObject, Object};
use schema_kernel::Result;

use crate::{
    claim::{DecideClaimInput, DecideClaimOutcome, decide::decide},
    dead_letter::DeadLetterMutation,
    disruption::{AssessDisruptionInput, AssessDisruptionOutcome, assess},
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

    /// Approves or refuses a claim under review. The rules are asked again with the facts that were found out: nothing is
    /// approved that no rule grants, and nothing refused that the rules grant without an open question.
    #[graphql(requires_scopes = "claim:write")]
    async fn decide_claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The decision.")] input: DecideClaimInput,
    ) -> Result<DecideClaimOutcome> {
        decide(context, input).await
    }

    /// Checks the text of a rule pack: every mistake with its line and column. It writes nothing.
    #[graphql(requires_scopes = "rule:read")]
    async fn validate_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The file: TOML with conditions in CEL.")] text: String,
    ) -> Result<RulePackValidation> {
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
        rule_pack::simulate(context, input).await
    }

    /// Gives a draft up for approval.
    #[graphql(requires_scopes = "rule:write")]
    async fn submit_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version.")] input: AdvanceRulePackInput,
    ) -> Result<AdvanceRulePackOutcome> {
        rule_pack::submit(context, input).await
    }

    /// Approves a submitted version; never by its author.
    #[graphql(requires_scopes = "rule:approve")]
    async fn approve_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version.")] input: AdvanceRulePackInput,
    ) -> Result<AdvanceRulePackOutcome> {
        rule_pack::approve(context, input).await
    }

    /// Lets an approved version decide incidents from a day on; the version before it decides up to the day before.
    #[graphql(requires_scopes = "rule:approve")]
    async fn activate_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version, and its first day.")] input: ActivateRulePackInput,
    ) -> Result<ActivateRulePackOutcome> {
        rule_pack::activate(context, input).await
    }

    /// Takes an active version back; the version before it decides again. What was decided stays as it is.
    #[graphql(requires_scopes = "rule:approve")]
    async fn roll_back_rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The version.")] input: AdvanceRulePackInput,
    ) -> Result<ActivateRulePackOutcome> {
        rule_pack::roll_back(context, input).await
    }
}
