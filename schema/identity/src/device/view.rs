use async_graphql::{Context, ID, Object};
use entities::identity::device::Model;
use schema_kernel::{Result, id, scalar::DateTime};

use crate::user::User;

/// A device that signs in by itself.
pub struct Device(pub(crate) Model);

/// A kiosk, or another device that signs in by itself, with a key that never leaves it.
#[Object(requires_scopes = "client:read")]
impl Device {
    /// Unique for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What people call it. Example: `"DXB T3 12"`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The airport it stands at, by its IATA code; `null` where none was said. Example: `"DXB"`.
    async fn station(&self) -> Option<&str> {
        self.0.station.as_deref()
    }

    /// What it is to the airline: the name of a role. Example: `"kiosk"`.
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// Who made it; `null` when it was made at the machine itself, or you may not see who.
    #[graphql(requires_scopes = "client:read account:read")]
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        match self.0.created_by {
            Some(user) => User::load(ctx, user).await.transpose(),
            None => None,
        }
    }

    /// When it was made, in UTC.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// When it showed its code and its key, in UTC; `null` while it has not.
    async fn enrolled_at(&self) -> Option<DateTime> {
        self.0.enrolled_at
    }

    /// When it last got a token, in UTC; `null` when it never did.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at
    }

    /// When its tokens stopped being believed, in UTC; `null` when they are.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at
    }

    /// Counted up by each change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
