//! Sealed personal data: envelope encryption, blind indexes, destruction.
//!
//! Every owner of personal data has a data key for each [`Class`] of it, made when the first value is sealed. Data keys lie
//! in a database of their own, wrapped by a [`MasterKey`] that lies in neither. A [`Database`] carries the vault that its
//! values are sealed with, so a store that has the one has the other.
//!
//! A sealed value is bound to the column, the row and the owner it stands with: moved elsewhere it does not open. Where an
//! owner's keys are destroyed, nothing that was sealed with them opens again, in whatever copy it lies.

mod graph;
mod key;
mod master;
mod place;
mod ring;
mod rotation;
pub mod sealing;
mod store;
mod text;

use std::{collections::HashMap, fmt, sync::Arc, time::Duration};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};

pub use self::{
    graph::{KeyOf, reveal},
    key::{DataKey, Keys},
    master::{MasterKey, Wrapped},
    place::{Class, Owner, Place, SealedColumn},
    ring::LocalRing,
    rotation::{Rotated, Status},
    text::is_sealed,
};
use crate::{
    Code, Database, Error, Result,
    seal::{self, SealingKey},
};

/// How long an unwrapped data key is kept: a key that another process destroys is forgotten here after so long.
const KEEP: Duration = Duration::from_secs(60);

/// How many unwrapped data keys are kept at most.
const KEPT: u64 = 20_000;

/// The data keys of persons, and the key of the blind indexes. Cloning is cheap.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    database: Database,
    master: Arc<dyn MasterKey>,
    kept: key::Kept,
    index: hmac::Key,
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Vault")
    }
}

impl Vault {
    /// The vault in `database`, whose migrations have to be there, under this master key.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database does not answer, or was filled under a master key that is not known.
    pub async fn open(
        database: Database,
        master: Arc<dyn MasterKey>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let index = index_key(&database, master.as_ref(), now).await?;
        Ok(Self(Arc::new(Inner {
            database,
            master,
            kept: key::Kept::new(KEEP, KEPT),
            index,
        })))
    }

    /// Where the data keys lie.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// The data keys that there are of those that are wanted, with one statement at most.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database does not answer, or a key does not unwrap.
    pub async fn keys(&self, wanted: &[(Owner, Class)]) -> Result<Keys> {
        let (mut keys, missing) = self.0.kept.find(wanted);
        if missing.is_empty() {
            return Ok(keys);
        }
        let before = self.0.kept.generation();
        let mut owners: Vec<Owner> = missing.iter().map(|(owner, _)| *owner).collect();
        owners.sort_unstable();
        owners.dedup();
        for row in store::of_owners(self.0.database.reader(), &owners).await? {
            let Some((id, key)) = self.unwrapped(&row).await? else {
                continue;
            };
            self.0.kept.keep(id, &key, before);
            if missing.contains(&id) {
                keys.add(id, key);
            }
        }
        Ok(keys)
    }

    /// The data keys that are wanted; those that are missing are made, and are durable when this returns.
    ///
    /// # Errors
    /// `CONFLICT` where the keys of an owner were destroyed: nothing is sealed for them any more. As [`Vault::keys`]
    /// otherwise.
    pub async fn keys_to_seal(
        &self,
        wanted: &[(Owner, Class)],
        now: DateTime<Utc>,
    ) -> Result<Keys> {
        let mut keys = self.keys(wanted).await?;
        let mut missing: Vec<(Owner, Class)> = wanted.to_vec();
        missing.retain(|id| keys.get(*id).is_none());
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return Ok(keys);
        }
        let mut made = HashMap::with_capacity(missing.len());
        let mut rows = Vec::with_capacity(missing.len());
        for id in &missing {
            let bytes = seal::new_key()?;
            let wrapped = self.0.master.wrap(&bytes, &key::binding(*id)).await?;
            rows.push(store::row(*id, wrapped, now));
            made.insert(*id, SealingKey::new(&bytes)?);
        }
        if store::insert(self.0.database.writer(), &rows).await? == rows.len() as u64 {
            for (id, made) in made {
                keys.add(id, Arc::new(made));
            }
            return Ok(keys);
        }
        // Another process made some of them at the same moment, or they were destroyed.
        let found = self.keys(&missing).await?;
        for id in missing {
            let key = found.get(id).cloned().ok_or_else(destroyed)?;
            keys.add(id, key);
        }
        Ok(keys)
    }

    /// Seals one value, with a key that is made where there is none.
    ///
    /// # Errors
    /// As [`Vault::keys_to_seal`].
    pub async fn seal(&self, place: &Place, value: &str, now: DateTime<Utc>) -> Result<String> {
        let keys = self.keys_to_seal(&[place.key()], now).await?;
        keys.seal(place, value)
    }

    /// Opens one value; `None` where its key was destroyed.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when somebody has changed it or moved it. As [`Vault::keys`] otherwise.
    pub async fn open_one(&self, place: &Place, sealed: &str) -> Result<Option<String>> {
        let keys = self.keys(&[place.key()]).await?;
        keys.open(place, sealed)
    }

    /// The key of a place, where it is kept in memory.
    pub(crate) fn kept(&self, id: (Owner, Class)) -> Option<DataKey> {
        self.0.kept.get(id)
    }

    /// Destroys every data key of an owner, and forgets them here; other processes do within a minute. No key is made for
    /// them again. Returns how many there were; doing it twice is doing it once.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database does not answer. Nothing is destroyed then, or everything.
    pub async fn shred(&self, owner: impl Into<Owner>, now: DateTime<Utc>) -> Result<u64> {
        let owner = owner.into();
        let destroyed = store::destroy(&self.0.database, owner, now).await?;
        self.0.kept.forget(owner);
        Ok(destroyed)
    }

    /// Whether the keys of an owner were destroyed.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database does not answer.
    pub async fn is_shredded(&self, owner: impl Into<Owner>) -> Result<bool> {
        store::is_destroyed(self.0.database.reader(), owner.into()).await
    }

    /// What a value is looked up by: the same for the same `kind` and value, and nothing to whoever has not the key. `kind`
    /// keeps the indexes of two columns apart: `"profile.contact.email"`. The value is normalised before.
    pub fn blind(&self, kind: &str, normalised: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0.index);
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(normalised.as_bytes());
        URL_SAFE_NO_PAD.encode(context.sign())
    }

    async fn unwrapped(
        &self,
        row: &entities::vault::data_key::Model,
    ) -> Result<Option<((Owner, Class), DataKey)>> {
        let Some((class, wrapped)) = Class::named(&row.class).zip(store::wrapped(row)) else {
            return Ok(None);
        };
        let id = (Owner(row.owner_id), class);
        let bytes = self.0.master.unwrap(&wrapped, &key::binding(id)).await?;
        Ok(Some((id, Arc::new(SealingKey::new(&bytes)?))))
    }
}

/// The key of the blind indexes: a data key of the installation itself. It is not derived from the master key, so that a
/// new master key leaves every index as it is.
async fn index_key(
    database: &Database,
    master: &dyn MasterKey,
    now: DateTime<Utc>,
) -> Result<hmac::Key> {
    let id = (Owner::INSTALLATION, Class::Index);
    let find = || store::of_owners(database.writer(), &[Owner::INSTALLATION]);
    if find().await?.is_empty() {
        let wrapped = master.wrap(&seal::new_key()?, &key::binding(id)).await?;
        store::insert(database.writer(), &[store::row(id, wrapped, now)]).await?;
    }
    let rows = find().await?;
    let wrapped = rows.first().and_then(store::wrapped).ok_or_else(|| {
        Error::internal(anyhow::anyhow!(
            "the key of the blind indexes is not in the vault"
        ))
    })?;
    let bytes = master.unwrap(&wrapped, &key::binding(id)).await?;
    Ok(hmac::Key::new(hmac::HMAC_SHA256, bytes.as_slice()))
}

fn destroyed() -> Error {
    Error::client(
        Code::Conflict,
        "The data of this person was erased, and nothing is stored about them any more.",
    )
}
