use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use entities::id::{UserId, UserSessionId};
use schema_kernel::{
    ContextExt, Result, Session,
    problem::{InvalidInput, NotFound},
};

use super::{Seen, UserSession, store};
use crate::{
    Identity, IdentityExt,
    input::Fields,
    user::{self, Reach, User, WRITE},
};

/// Which session is to end.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeSessionInput {
    /// The id of the session.
    pub session_id: ID,
}

/// Whose sessions are to end.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeSessionsInput {
    /// The id of the user; you yourself when it is left out.
    pub user_id: Option<ID>,
    /// Whether the session that you ask by stays.
    #[graphql(default)]
    pub is_current_kept: bool,
}

/// What became of it.
#[derive(Union)]
pub enum RevokeSessionOutcome {
    /// It has ended.
    SessionRevoked(SessionRevoked),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such session that you may end.
    NotFound(NotFound),
}

/// What became of it.
#[derive(Union)]
pub enum RevokeSessionsOutcome {
    /// They have ended.
    SessionsRevoked(SessionsRevoked),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such user whose sessions you may end.
    NotFound(NotFound),
}

/// The session has ended: the next request of that browser is nobody's, and its sockets close within seconds.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read account:write")]
pub struct SessionRevoked {
    /// The session, as it is now.
    pub session: UserSession,
}

/// The sessions have ended.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "account:read account:write")]
pub struct SessionsRevoked {
    /// Whose they were.
    pub user: User,
    /// How many there were. Example: `2`.
    pub count: i32,
}

/// What can be done to sessions.
#[derive(Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Ends a session: one of your own, or with `user:write` anybody's.
    #[graphql(requires_scopes = "account:read account:write")]
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RevokeSessionInput,
    ) -> Result<RevokeSessionOutcome> {
        revoke(ctx.session()?, ctx.identity()?, input).await
    }

    /// Ends the sessions of a user, everywhere: your own, or with `user:write` anybody's.
    #[graphql(requires_scopes = "account:read account:write")]
    async fn revoke_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] input: RevokeSessionsInput,
    ) -> Result<RevokeSessionsOutcome> {
        revoke_all(ctx.session()?, ctx.identity()?, input).await
    }
}

async fn revoke(
    session: &Session,
    identity: &Identity,
    input: RevokeSessionInput,
) -> Result<RevokeSessionOutcome> {
    let mut fields = Fields::default();
    let id = fields.id("input.sessionId", &input.session_id);
    let id: UserSessionId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    let writer = identity.database().writer();
    let not_found = || Ok(NotFound::of("session").into());
    let Some(mut found) = store::by_id(writer, id).await? else {
        return not_found();
    };
    let Some(user) = user::store::by_id(writer, found.user_id).await? else {
        return not_found();
    };
    if !Reach::of(&session.actor, WRITE).includes(&user) {
        return not_found();
    }
    if store::end(writer, id, session.now()).await? {
        found.revoked_at = Some(session.now());
    }
    identity.revise(session).await;
    Ok(SessionRevoked {
        session: UserSession(found),
    }
    .into())
}

async fn revoke_all(
    session: &Session,
    identity: &Identity,
    input: RevokeSessionsInput,
) -> Result<RevokeSessionsOutcome> {
    let writer = identity.database().writer();
    let found = match &input.user_id {
        Some(id) => {
            let mut fields = Fields::default();
            let id = fields.id::<UserId>("input.userId", id);
            match fields.finish_with(id) {
                Ok(id) => user::store::by_id(writer, id).await?,
                Err(invalid) => return Ok(invalid.into()),
            }
        }
        None => user::store::own(writer, Reach::own(&session.actor)).await?,
    };
    let reach = Reach::of(&session.actor, WRITE);
    let Some(user) = found.filter(|user| reach.includes(user)) else {
        return Ok(NotFound::of("user").into());
    };
    let current = session.actor.sign_in().map(|sign_in| sign_in.session);
    let kept = current.filter(|_| input.is_current_kept);
    let count = store::end_all(writer, user.id, kept, session.now()).await?;
    identity.revise(session).await;
    Ok(SessionsRevoked {
        user: User(user),
        count: i32::try_from(count).unwrap_or(i32::MAX),
    }
    .into())
}

/// Ends the session of somebody who signs out.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(identity: &Identity, session: &Session, seen: &Seen) -> Result<()> {
    store::end(identity.database().writer(), seen.session.id, session.now()).await?;
    identity.revise(session).await;
    Ok(())
}
