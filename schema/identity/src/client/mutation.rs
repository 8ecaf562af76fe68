use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{
    create::{self, CreateApiClientInput, CreateApiClientOutcome},
    revoke::{self, RevokeApiClientInput, RevokeApiClientOutcome},
};
use crate::IdentityExt;

/// What can be done about API clients.
#[derive(Default)]
pub struct ApiClientMutation;

#[Object]
impl ApiClientMutation {
    /// Makes a program that signs in by itself. Its secret is shown once, in the answer.
    #[graphql(requires_scopes = "client:read client:write")]
    async fn create_api_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which program.")] input: CreateApiClientInput,
    ) -> Result<CreateApiClientOutcome> {
        create::create(ctx.session()?, ctx.identity()?, input).await
    }

    /// Ends what a program may do: its secret gets no token any more, and those it has are not believed.
    #[graphql(requires_scopes = "client:read client:write")]
    async fn revoke_api_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which program.")] input: RevokeApiClientInput,
    ) -> Result<RevokeApiClientOutcome> {
        revoke::revoke(ctx.session()?, ctx.identity()?, input).await
    }
}
