use async_graphql::{Context, ID, Object};
use entities::identity::api_client::Model;
use schema_kernel::{Result, id, scalar::DateTime};

use crate::user::User;

/// A program that signs in by itself.
pub struct ApiClient(pub(crate) Model);

/// A program that signs in by itself, with OAuth 2.0 client credentials at `/auth/token`.
#[Object(requires_scopes = "client:read")]
impl ApiClient {
    /// Unique for ever; the `client_id` of OAuth 2.0.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Whose program it is, and which. Example: `"Harbour Hotels, vouchers"`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is to the airline: the name of a role. Example: `"partner"`.
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// What it may do at most; never more than its role. Example: `["flight:read"]`.
    async fn scopes(&self) -> &[String] {
        &self.0.scopes.0
    }

    /// Who made it; `null` when it was made at the machine itself, or you may not see who.
    #[graphql(requires_scopes = "client:read account:read")]
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        match self.0.created_by {
            Some(user) => User::load(ctx, user).await.transpose(),
            None => None,
        }
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// When it last got a token; `null` when it never did.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at
    }

    /// When its tokens stopped being believed; `null` when they are.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at
    }

    /// Counted up by each change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
