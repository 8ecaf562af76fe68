use entities::identity::{session::Model, user};
use schema_kernel::{Result, Session};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};

use super::{seen, store};
use crate::{options::Options, secret, user as users};

/// What is known of the browser that somebody signs in with.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// What it calls itself, in a word or two: `"Firefox on Linux"`.
    pub name: Option<String>,
    /// The secret of the session that it has now. It is ended: what was known before a sign-in is worth nothing after it.
    pub present: Option<SecretString>,
}

/// A session that was opened, and the secret that the browser is to hold.
#[derive(Debug)]
pub struct Opened {
    /// The secret.
    pub token: SecretString,
    /// The session.
    pub session: Model,
    /// Whose it is.
    pub user: user::Model,
}

/// What a new session is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A password, or what stands in its place.
    One,
    /// A second factor too.
    Both,
    /// A password, where the role asks for a second factor that is still to be added.
    TooLittle,
}

/// Opens a session for a user, always with a secret of its own.
pub(crate) async fn open(
    transaction: &DatabaseTransaction,
    session: &Session,
    options: &Options,
    user: &user::Model,
    browser: &Browser,
    shown: Shown,
) -> Result<Opened> {
    let (now, token) = (session.now(), secret::random()?);
    if let Some(present) = &browser.present {
        let hash = secret::fingerprint(present.expose_secret());
        if let Some(present) = store::by_token(transaction, &hash).await? {
            store::end(transaction, present.id, now).await?;
        }
    }
    let is_for_enrolment = shown == Shown::TooLittle;
    let opened = Model {
        id: session.new_id(),
        token_hash: secret::fingerprint(token.expose_secret()),
        user_id: user.id,
        browser: browser.name.clone(),
        is_for_enrolment,
        has_second_factor: shown == Shown::Both,
        stepped_up_until: (!is_for_enrolment).then(|| now + options.step_up_window),
        created_at: now,
        last_seen_at: now,
        expires_at: now + options.session_lifetime,
        revoked_at: None,
    };
    store::insert(transaction, &opened).await?;
    let user = user::Model {
        signed_in_at: Some(now),
        ..user.clone()
    };
    users::store::write(transaction, &user).await?;
    seen::granted(&opened, &user);
    Ok(Opened {
        token,
        session: opened,
        user,
    })
}
