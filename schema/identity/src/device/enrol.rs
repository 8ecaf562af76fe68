use chrono::TimeDelta;
use entities::identity::{device::Model, ticket::Purpose};
use schema_kernel::{Result, Session};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{TRIES, assertion, code, create::Waiting, key, store};
use crate::{
    Identity,
    throttle::{self, Count},
    ticket,
};

/// What became of an enrolment.
#[derive(Clone, Debug)]
pub enum Enrolment {
    /// The device gets tokens by this key from now on.
    Done(Box<Model>),
    /// The key is none that is taken, or the code was not signed with it.
    InvalidKey,
    /// There is no such code, or not any more.
    Wrong,
    /// Wrong codes were tried too often; not before so long.
    TooMany(TimeDelta),
}

/// Enrols a device: it shows the code that staff read to it, and the public half of its key, with the code signed by it.
///
/// # Errors
/// When the database fails.
pub async fn enrol(
    identity: &Identity,
    session: &Session,
    typed: &SecretString,
    public_key: &Value,
    proof: &str,
    address: &str,
) -> Result<Enrolment> {
    let (database, now) = (identity.database(), session.now());
    let tries = Count::Device { whose: address };
    if let Some(wait) = throttle::is_over(database, now, tries, TRIES).await? {
        return Ok(Enrolment::TooMany(wait));
    }
    let kept = key::kept(public_key);
    let is_shown = kept
        .as_ref()
        .and_then(key::read)
        .is_some_and(|key| assertion::shows(&key, proof, typed.expose_secret(), now));
    let Some(kept) = kept.filter(|_| is_shown) else {
        return Ok(Enrolment::InvalidKey);
    };
    let plain = code::plain(typed.expose_secret());
    let enrolled = database
        .transaction(async |transaction| write(transaction, session, &plain, kept.clone()).await)
        .await?;
    match enrolled {
        Some(device) => {
            tracing::info!(device.id = %device.id, "a device was enrolled");
            Ok(Enrolment::Done(Box::new(device)))
        }
        None => {
            let wait = throttle::count(database, now, &[(tries, TRIES)]).await?;
            tracing::info!("a device was refused");
            Ok(wait.map_or(Enrolment::Wrong, Enrolment::TooMany))
        }
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    plain: &str,
    key: Value,
) -> Result<Option<Model>> {
    let now = session.now();
    let purpose = Purpose::DeviceEnrolment;
    let Some(found) = ticket::store::find(transaction, purpose, plain, now).await? else {
        return Ok(None);
    };
    let waiting = found.data.clone().map(serde_json::from_value::<Waiting>);
    let Some(waiting) = waiting.transpose()? else {
        return Ok(None);
    };
    let device = store::hold(transaction, waiting.device).await?;
    let waits = |device: &Model| device.enrolled_at.is_none() && device.revoked_at.is_none();
    let Some(device) = device.filter(waits) else {
        return Ok(None);
    };
    if !ticket::store::take(transaction, found.id, now).await? {
        return Ok(None);
    }
    let enrolled = Model {
        public_key: Some(key),
        enrolled_at: Some(now),
        version: device.version + 1,
        ..device
    };
    store::write(transaction, &enrolled).await?;
    Ok(Some(enrolled))
}
