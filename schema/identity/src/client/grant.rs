use chrono::TimeDelta;
use entities::{
    id::{ApiClientId, RefreshTokenId},
    identity::{api_client::Model, refresh_token, role::Scopes},
};
use schema_kernel::{Result, Session};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{OFFLINE, revoke::REMEMBERED, store, subject};
use crate::{
    Identity, secret,
    throttle::{self, Allowance, Count},
};

/// How long a family of refresh tokens lives without being used.
const REFRESHED_FOR: TimeDelta = TimeDelta::days(30);

/// How often secrets may be tried from one address.
const TRIES: Allowance = Allowance {
    tries: 30,
    window: TimeDelta::minutes(15),
};

/// What a program gets a token for.
#[derive(Clone, Debug)]
pub struct Granted {
    /// Whom the token speaks of, as it stands in logs.
    pub subject: String,
    /// The role.
    pub role: String,
    /// What the token may do; never more than was given to the program.
    pub scopes: Vec<String>,
    /// The family of tokens that it belongs to, where it can be refreshed.
    pub family: Option<Uuid>,
    /// What gets the next token, once.
    pub refresh_token: Option<SecretString>,
}

/// What became of asking for a token.
#[derive(Clone, Debug)]
pub enum Grant {
    /// It is granted.
    Granted(Granted),
    /// There is no such program, or the secret is another one, or it is revoked. Nobody hears which.
    InvalidClient,
    /// The refresh token is none that works; where it was used before, its whole family has ended.
    InvalidGrant,
    /// More was asked for than was given to the program.
    InvalidScope,
    /// Wrong secrets were tried too often; not before so long.
    TooMany(TimeDelta),
}

/// Grants a program what it asks for, by its secret.
///
/// # Errors
/// When the database fails.
pub async fn grant(
    identity: &Identity,
    session: &Session,
    id: &str,
    secret: &SecretString,
    asked: Option<&str>,
    address: &str,
) -> Result<Grant> {
    let Some(client) = authenticate(identity, session, id, secret, address).await? else {
        return wrong(identity, session, address).await;
    };
    let Some((scopes, is_offline)) = scopes(&client, asked) else {
        return Ok(Grant::InvalidScope);
    };
    let writer = identity.database().writer();
    store::touch(writer, client.id, session.now()).await?;
    let family = is_offline.then(|| {
        let id: RefreshTokenId = session.new_id();
        id.0
    });
    let refresh_token = match family {
        Some(family) => Some(issue(identity, session, &client, family, &scopes).await?),
        None => None,
    };
    Ok(granted(client, scopes, family, refresh_token))
}

/// Grants a program the next token of a family. A refresh token works once: when it comes again, somebody has stolen it, and
/// nobody gets anything by that family any more.
///
/// # Errors
/// When the database fails.
pub async fn refresh(
    identity: &Identity,
    session: &Session,
    id: &str,
    secret: &SecretString,
    token: &SecretString,
    address: &str,
) -> Result<Grant> {
    let Some(client) = authenticate(identity, session, id, secret, address).await? else {
        return wrong(identity, session, address).await;
    };
    let (writer, now) = (identity.database().writer(), session.now());
    let hash = secret::fingerprint(token.expose_secret());
    let found = store::refresh_by_hash(writer, &hash).await?;
    let Some(found) = found.filter(|found| found.client_id == client.id) else {
        return Ok(Grant::InvalidGrant);
    };
    if found.revoked_at.is_some() || found.expires_at <= now {
        return Ok(Grant::InvalidGrant);
    }
    if !store::take_refresh(writer, found.id, now).await? {
        tracing::warn!(client.id = %client.id, "a refresh token was used twice; its family has ended");
        store::end_family(writer, found.family, now).await?;
        let name = found.family.to_string();
        store::revoke(writer, name, now, now + REMEMBERED).await?;
        identity.revise(session).await;
        return Ok(Grant::InvalidGrant);
    }
    let scopes = found.scopes.0;
    let next = issue(identity, session, &client, found.family, &scopes).await?;
    store::touch(writer, client.id, now).await?;
    Ok(granted(client, scopes, Some(found.family), Some(next)))
}

fn granted(
    client: Model,
    scopes: Vec<String>,
    family: Option<Uuid>,
    refresh_token: Option<SecretString>,
) -> Grant {
    Grant::Granted(Granted {
        subject: subject(client.id),
        role: client.role,
        scopes,
        family,
        refresh_token,
    })
}

async fn authenticate(
    identity: &Identity,
    session: &Session,
    id: &str,
    secret: &SecretString,
    address: &str,
) -> Result<Option<Model>> {
    if throttle::is_over(
        identity.database(),
        session.now(),
        Count::Client { address },
        TRIES,
    )
    .await?
    .is_some()
    {
        return Ok(None);
    }
    let Ok(id) = Uuid::try_parse(id) else {
        return Ok(None);
    };
    let client = store::by_id(identity.database().writer(), ApiClientId::from(id)).await?;
    let hash = secret::fingerprint(secret.expose_secret());
    Ok(client.filter(|client| client.secret_hash == hash && client.revoked_at.is_none()))
}

/// Counts a secret that was wrong.
async fn wrong(identity: &Identity, session: &Session, address: &str) -> Result<Grant> {
    let tries = [(Count::Client { address }, TRIES)];
    let wait = throttle::count(identity.database(), session.now(), &tries).await?;
    tracing::info!("a program was refused");
    Ok(wait.map_or(Grant::InvalidClient, Grant::TooMany))
}

/// What a token may do, and whether it can be refreshed; `None` where more was asked for than there is.
fn scopes(client: &Model, asked: Option<&str>) -> Option<(Vec<String>, bool)> {
    let Some(asked) = asked else {
        return Some((client.scopes.0.clone(), false));
    };
    let mut scopes: Vec<String> = asked.split_ascii_whitespace().map(str::to_owned).collect();
    let is_offline = scopes.iter().any(|scope| scope == OFFLINE);
    scopes.retain(|scope| scope != OFFLINE);
    if scopes.is_empty() {
        scopes.clone_from(&client.scopes.0);
    }
    let is_given = scopes.iter().all(|scope| client.scopes.0.contains(scope));
    is_given.then_some((scopes, is_offline))
}

async fn issue(
    identity: &Identity,
    session: &Session,
    client: &Model,
    family: Uuid,
    scopes: &[String],
) -> Result<SecretString> {
    let (token, now) = (secret::random()?, session.now());
    let row = refresh_token::Model {
        id: session.new_id(),
        token_hash: secret::fingerprint(token.expose_secret()),
        family,
        client_id: client.id,
        scopes: Scopes(scopes.to_vec()),
        created_at: now,
        expires_at: now + REFRESHED_FOR,
        used_at: None,
        revoked_at: None,
    };
    store::insert_refresh(identity.database().writer(), row).await?;
    Ok(token)
}
