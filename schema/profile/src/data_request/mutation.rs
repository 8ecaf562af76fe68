use async_graphql::{Context, Object};
use schema_kernel::Result;

use super::{
    advance::{self, AdvanceDataRequestInput, AdvanceDataRequestOutcome},
    open::{self, OpenDataRequestInput, OpenDataRequestOutcome},
};

/// Asking for what is one's own by law, and carrying it out.
#[derive(Clone, Copy, Debug, Default)]
pub struct DataRequestMutation;

#[Object]
impl DataRequestMutation {
    /// Writes down what a person asks for that is theirs by law, and starts its clock. Scope: `privacy:request`.
    #[graphql(requires_scopes = "privacy:read privacy:request")]
    async fn open_data_request(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is asked for, about whom.")] input: OpenDataRequestInput,
    ) -> Result<OpenDataRequestOutcome> {
        open::open(context, input).await
    }

    /// Does the next step of such a request: verify, assess, execute, complete, extend, refuse. Scope: `privacy:execute`.
    #[graphql(requires_scopes = "privacy:read privacy:execute")]
    async fn advance_data_request(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The request and the step.")] input: AdvanceDataRequestInput,
    ) -> Result<AdvanceDataRequestOutcome> {
        advance::advance(context, input).await
    }
}
