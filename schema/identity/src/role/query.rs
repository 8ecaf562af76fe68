use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{Role, store};

/// How roles are found.
#[derive(Default)]
pub struct RoleQuery;

#[Object]
impl RoleQuery {
    /// Every role, by name. There are a dozen or two.
    #[graphql(requires_scopes = "account:read user:read")]
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let roles = store::all(ctx.database()?.reader()).await?;
        Ok(roles.into_iter().map(Role).collect())
    }
}
