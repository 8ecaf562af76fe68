use async_graphql::{Context, Object};
use schema_kernel::Result;

use super::{
    change::{
        self, GrantConsentInput, GrantConsentOutcome, WithdrawConsentInput, WithdrawConsentOutcome,
    },
    confirm::{self, ConfirmConsentInput, ConfirmConsentOutcome},
};

/// What people allow.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Writes down that a person allows something. Offers by e-mail are allowed when they have answered a letter. Scope:
    /// `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn grant_consent(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who allows what.")] input: GrantConsentInput,
    ) -> Result<GrantConsentOutcome> {
        change::grant(context, input).await
    }

    /// Writes down that a person does not allow something, or not any more. It holds at once. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn withdraw_consent(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who does not allow what.")] input: WithdrawConsentInput,
    ) -> Result<WithdrawConsentOutcome> {
        change::withdraw(context, input).await
    }

    /// Answers the letter that asked whether it was really they. Whoever has the secret out of it has read it. Scope:
    /// `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn confirm_consent(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The secret out of the letter.")] input: ConfirmConsentInput,
    ) -> Result<ConfirmConsentOutcome> {
        confirm::confirm(context, input).await
    }
}
