use chrono::TimeDelta;
use entities::{
    id::DeviceId,
    identity::{device::Model, ticket::Purpose},
};
use schema_kernel::{Actor, Result, Session};
use uuid::Uuid;

use super::{TRIES, assertion, key, store, subject};
use crate::{
    Identity,
    client::Granted,
    throttle::{self, Allowance, Count},
    ticket,
};

/// How often a device may look a booking up in vain: a family does it a few times, who guesses all day long.
const LOOKUPS: Allowance = Allowance {
    tries: 20,
    window: TimeDelta::minutes(15),
};

/// What became of asking for a token.
#[derive(Clone, Debug)]
pub enum DeviceGrant {
    /// It is granted.
    Granted(Granted),
    /// There is no such device, or it is revoked, or the assertion does not hold, or was used before. Nobody hears which.
    Wrong,
    /// It was tried wrongly too often; not before so long.
    TooMany(TimeDelta),
}

/// Grants a device a token, by an assertion that it signed with its key (RFC 7523).
///
/// # Errors
/// When the database fails.
pub async fn grant(
    identity: &Identity,
    session: &Session,
    text: &str,
    audience: &str,
    address: &str,
) -> Result<DeviceGrant> {
    let (database, now) = (identity.database(), session.now());
    let tries = Count::Device { whose: address };
    if let Some(wait) = throttle::is_over(database, now, tries, TRIES).await? {
        return Ok(DeviceGrant::TooMany(wait));
    }
    match shown(identity, session, text, audience).await? {
        Some(device) => {
            store::touch(database.writer(), device.id, now).await?;
            Ok(granted(identity, &device).map_or(DeviceGrant::Wrong, DeviceGrant::Granted))
        }
        None => {
            let wait = throttle::count(database, now, &[(tries, TRIES)]).await?;
            tracing::info!("a device was refused");
            Ok(wait.map_or(DeviceGrant::Wrong, DeviceGrant::TooMany))
        }
    }
}

/// The device that has signed this, where it holds and was not used before.
async fn shown(
    identity: &Identity,
    session: &Session,
    text: &str,
    audience: &str,
) -> Result<Option<Model>> {
    let writer = identity.database().writer();
    let said = assertion::said_of(text);
    let Some(id) = said.as_deref().and_then(|id| Uuid::try_parse(id).ok()) else {
        return Ok(None);
    };
    let device = store::by_id(writer, DeviceId::from(id)).await?;
    let Some(device) = device.filter(|device| device.revoked_at.is_none()) else {
        return Ok(None);
    };
    let key = device.public_key.as_ref().and_then(key::read);
    let name = device.id.to_string();
    let jti = key.and_then(|key| assertion::check(&key, text, &name, audience, session.now()));
    let Some(jti) = jti else {
        return Ok(None);
    };
    // Two devices may call theirs the same.
    let once = format!("{name}\n{jti}");
    let is_new = ticket::once(writer, session, Purpose::DeviceChallenge, &once).await?;
    Ok(is_new.then_some(device))
}

fn granted(identity: &Identity, device: &Model) -> Option<Granted> {
    let standing = identity.standing().current();
    let role = standing.role(&device.role)?;
    Some(Granted {
        subject: subject(device.id),
        role: device.role.clone(),
        scopes: role.scopes.clone(),
        family: None,
        refresh_token: None,
    })
}

/// What a device that shows a token of its own is granted anew, for a journey at hand; `None` where it is none that is
/// known, or is revoked.
///
/// # Errors
/// When the database fails.
pub async fn assume(identity: &Identity, actor: &Actor) -> Result<Option<Granted>> {
    let id = actor.id().strip_prefix("device-");
    let Some(id) = id.and_then(|id| Uuid::try_parse(id).ok()) else {
        return Ok(None);
    };
    let device = store::by_id(identity.database().writer(), DeviceId::from(id)).await?;
    let device = device.filter(|device| device.revoked_at.is_none());
    Ok(device.and_then(|device| granted(identity, &device)))
}

/// How long a device has to wait before it may look another booking up.
///
/// # Errors
/// When the database fails, so that nobody guesses where nobody counts.
pub async fn lookup_allowed(
    identity: &Identity,
    session: &Session,
    device: &str,
) -> Result<Option<TimeDelta>> {
    let count = Count::Lookup { device };
    throttle::is_over(identity.database(), session.now(), count, LOOKUPS).await
}

/// Counts a booking that was not found.
///
/// # Errors
/// When the database fails.
pub async fn lookup_failed(identity: &Identity, session: &Session, device: &str) -> Result<()> {
    let tries = [(Count::Lookup { device }, LOOKUPS)];
    throttle::count(identity.database(), session.now(), &tries).await?;
    Ok(())
}
