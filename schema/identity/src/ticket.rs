//! Tickets: secrets that work once, for a short time.

pub(crate) mod store;

use chrono::TimeDelta;
use entities::id::UserId;
use entities::identity::ticket::{Model, Purpose};
use schema_kernel::{Result, Session};
use sea_orm::ConnectionTrait;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::secret;

/// How long a ticket works.
pub(crate) fn lifetime(purpose: Purpose) -> TimeDelta {
    match purpose {
        Purpose::Registration => TimeDelta::hours(24),
        Purpose::Invitation => TimeDelta::days(7),
        Purpose::PasswordReset | Purpose::DeviceEnrolment => TimeDelta::hours(1),
        Purpose::SecondFactor | Purpose::ProviderLogin => TimeDelta::minutes(5),
        Purpose::DeviceChallenge => TimeDelta::minutes(2),
    }
}

/// A new ticket, and the secret that its holder gets.
pub(crate) async fn issue(
    connection: &impl ConnectionTrait,
    session: &Session,
    purpose: Purpose,
    user: Option<UserId>,
    data: Option<&(impl Serialize + Sync)>,
) -> Result<SecretString> {
    let secret = secret::random()?;
    keep(
        connection,
        session,
        purpose,
        user,
        data,
        secret.expose_secret(),
    )
    .await?;
    Ok(secret)
}

/// The same for a secret that was made elsewhere.
pub(crate) async fn keep(
    connection: &impl ConnectionTrait,
    session: &Session,
    purpose: Purpose,
    user: Option<UserId>,
    data: Option<&(impl Serialize + Sync)>,
    secret: &str,
) -> Result<()> {
    let data = data.map(serde_json::to_value).transpose()?;
    let ticket = Model {
        user_id: user,
        data,
        ..of(session, purpose, secret)
    };
    store::insert(connection, ticket).await
}

/// Notes that something was shown, for as long as a ticket of this purpose works, and says whether it was for the first
/// time: of two who show it at the same moment, one hears no.
pub(crate) async fn once(
    connection: &impl ConnectionTrait,
    session: &Session,
    purpose: Purpose,
    shown: &str,
) -> Result<bool> {
    let ticket = Model {
        used_at: Some(session.now()),
        ..of(session, purpose, shown)
    };
    store::insert_new(connection, ticket).await
}

fn of(session: &Session, purpose: Purpose, secret: &str) -> Model {
    let now = session.now();
    Model {
        id: session.new_id(),
        token_hash: secret::fingerprint(secret),
        purpose,
        user_id: None,
        data: None,
        attempts: 0,
        created_at: now,
        expires_at: now + lifetime(purpose),
        used_at: None,
    }
}
