use std::sync::Arc;

use chrono::{DateTime, Utc};
use entities::identity::{session::Model, user};
use schema_kernel::{Actor, Result, Session, SignIn};
use secrecy::{ExposeSecret, SecretString};

use super::{
    Opened,
    state::{self, SEEN_TO},
    store,
};
use crate::{Identity, secret, standing::RoleRights, user as users};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The session.
    pub session: Model,
    /// The user.
    pub user: user::Model,
    /// Their role.
    pub role: Arc<RoleRights>,
    /// On whose behalf requests are done.
    pub actor: Actor,
    /// When it ends by itself, if nobody uses it until then.
    pub ends_at: DateTime<Utc>,
}

/// Who holds this secret, where the session holds.
///
/// # Errors
/// When the database fails.
pub async fn find(
    identity: &Identity,
    session: &Session,
    token: &SecretString,
) -> Result<Option<Seen>> {
    let (database, now) = (identity.database(), session.now());
    let hash = secret::fingerprint(token.expose_secret());
    let Some(mut found) = store::by_token(database.reader(), &hash).await? else {
        return Ok(None);
    };
    let Some(user) = users::store::by_id(database.reader(), found.user_id).await? else {
        return Ok(None);
    };
    if !state::holds(&found, &user, now, identity.options().session_idle) {
        return Ok(None);
    }
    if now - found.last_seen_at >= SEEN_TO {
        store::touch(database.writer(), found.id, now).await?;
        found.last_seen_at = now;
    }
    Ok(Seen::of(identity, found, user))
}

impl Seen {
    fn of(identity: &Identity, session: Model, user: user::Model) -> Option<Self> {
        let role = identity.standing().current().role(&user.role)?.clone();
        // Who has yet to add a second factor may do that, and nothing else.
        let nothing: &[String] = &[];
        let asked = session.is_for_enrolment.then_some(nothing);
        let id = format!("user-{}", user.id);
        let actor = role.actor(id, user.customer_id, asked)?.signed_in(SignIn {
            user: user.id,
            session: session.id,
            stepped_up_until: session.stepped_up_until,
        });
        let ends_at = state::ends_at(&session, identity.options().session_idle);
        Some(Self {
            session,
            user,
            role,
            actor,
            ends_at,
        })
    }

    /// The same, who has shown anew who they are.
    pub(crate) fn stepped_up(&self, identity: &Identity, until: DateTime<Utc>) -> Option<Self> {
        let session = Model {
            stepped_up_until: Some(until),
            ..self.session.clone()
        };
        Self::of(identity, session, self.user.clone())
    }

    /// Somebody who has signed in just now; `None` where their role is gone.
    pub fn opened(identity: &Identity, opened: &Opened) -> Option<Self> {
        Self::of(identity, opened.session.clone(), opened.user.clone())
    }
}

/// Somebody is let in. Every way in passes here.
pub(super) fn granted(session: &Model, user: &user::Model) {
    tracing::info!(
        user.id = %user.id,
        session.id = %session.id,
        second_factor = session.has_second_factor,
        "signed in"
    );
}
