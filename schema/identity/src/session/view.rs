use async_graphql::{Context, ID, Object};
use entities::{id::UserId, identity::session::Model};
use schema_kernel::{ContextExt, PageArguments, Result, id, keyset::Cursor, scalar::DateTime};

use super::{state, store};
use crate::{
    IdentityExt,
    paging::{List, USUAL, page},
    user::User,
};

/// One stay of a signed-in user, in one browser.
pub struct UserSession(pub(crate) Model);

/// One stay of a signed-in user, in one browser.
#[Object(name = "Session", requires_scopes = "account:read")]
impl UserSession {
    /// Unique for ever. It is no secret: nobody is signed in by it.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Whose it is.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        User::load(ctx, self.0.user_id).await.transpose()
    }

    /// What the browser calls itself; `null` when it says nothing that is known. Example: `"Firefox on Linux"`.
    async fn browser(&self) -> Option<&str> {
        self.0.browser.as_deref()
    }

    /// Whether it is the one that you ask by.
    async fn is_current(&self, ctx: &Context<'_>) -> Result<bool> {
        let sign_in = ctx.session()?.actor.sign_in();
        Ok(sign_in.is_some_and(|sign_in| sign_in.session == self.0.id))
    }

    /// Whether it can be used still.
    async fn is_active(&self, ctx: &Context<'_>) -> Result<bool> {
        let ends_at = state::ends_at(&self.0, ctx.identity()?.options().session_idle);
        Ok(self.0.revoked_at.is_none() && ctx.session()?.now() < ends_at)
    }

    /// Whether a second factor was shown.
    async fn has_second_factor(&self) -> bool {
        self.0.has_second_factor
    }

    /// When they signed in.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    /// When they were last seen, to about a minute.
    async fn last_seen_at(&self) -> DateTime {
        self.0.last_seen_at
    }

    /// When it ends, however much it is used.
    async fn expires_at(&self) -> DateTime {
        self.0.expires_at
    }

    /// When somebody ended it; `null` when nobody did.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at
    }
}

/// The sessions of a user, whom the caller may see.
pub(crate) async fn sessions_of(
    ctx: &Context<'_>,
    user: UserId,
    arguments: &PageArguments,
) -> Result<List<UserSession>> {
    let page = page(arguments, Some(USUAL))?;
    let sessions = store::list(ctx.database()?.reader(), user, &page).await?;
    Ok(page.connection(
        sessions,
        |session| Cursor::at(session.created_at, session.id),
        UserSession,
    ))
}
