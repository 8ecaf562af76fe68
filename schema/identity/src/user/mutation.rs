use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{
    change_role::{self, ChangeUserRoleInput, ChangeUserRoleOutcome},
    invite::{self, InviteUserInput, InviteUserOutcome},
    reset_factors::{self, ResetSecondFactorsInput, ResetSecondFactorsOutcome},
    set_state::{self, DisableUserInput, DisableUserOutcome, EnableUserInput, EnableUserOutcome},
};
use crate::IdentityExt;

/// What can be done to users.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Makes a user, and asks them by mail to choose a password. An invitation works for seven days, once; inviting the same
    /// address again, as long as it was not used, sends another and ends the one before.
    #[graphql(requires_scopes = "account:read user:write")]
    async fn invite_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: InviteUserInput,
    ) -> Result<InviteUserOutcome> {
        invite::invite(ctx.session()?, ctx.identity()?, input).await
    }

    /// Gives a user another role, and ends their sessions: they sign in anew with what they may do now.
    #[graphql(requires_scopes = "account:read user:write")]
    async fn change_user_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and which role.")] input: ChangeUserRoleInput,
    ) -> Result<ChangeUserRoleOutcome> {
        change_role::change(ctx.session()?, ctx.identity()?, input).await
    }

    /// Keeps a user from signing in, and ends their sessions.
    #[graphql(requires_scopes = "account:read user:write")]
    async fn disable_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: DisableUserInput,
    ) -> Result<DisableUserOutcome> {
        set_state::disable(ctx.session()?, ctx.identity()?, input).await
    }

    /// Lets a user sign in again who was disabled.
    #[graphql(requires_scopes = "account:read user:write")]
    async fn enable_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: EnableUserInput,
    ) -> Result<EnableUserOutcome> {
        set_state::enable(ctx.session()?, ctx.identity()?, input).await
    }

    /// Takes the second factors of a user away who has lost theirs, and ends their sessions. Where their role asks for one,
    /// they add another when they sign in.
    #[graphql(requires_scopes = "account:read user:write")]
    async fn reset_second_factors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: ResetSecondFactorsInput,
    ) -> Result<ResetSecondFactorsOutcome> {
        reset_factors::reset(ctx.session()?, ctx.identity()?, input).await
    }
}
