//! Data keys, unwrapped: as briefly as may be.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;

use super::{Class, Owner, Place, text};
use crate::{Error, Result, seal::SealingKey};

/// A data key. Its bytes are overwritten when the last one who holds it lets go.
pub type DataKey = Arc<SealingKey>;

/// Which data key it is, for the seal around it.
pub(super) fn binding((owner, class): (Owner, Class)) -> Vec<u8> {
    format!("jetbridge data key v1\n{}\n{}", class.as_str(), owner.0).into_bytes()
}

/// Data keys that somebody has asked for.
#[derive(Debug, Default)]
pub struct Keys(HashMap<(Owner, Class), DataKey>);

impl Keys {
    pub(super) fn add(&mut self, id: (Owner, Class), key: DataKey) {
        self.0.insert(id, key);
    }

    /// One of them.
    pub fn get(&self, id: (Owner, Class)) -> Option<&DataKey> {
        self.0.get(&id)
    }

    /// Seals a value for its place.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the key of the place is not among them.
    pub fn seal(&self, place: &Place, value: &str) -> Result<String> {
        let key = self.get(place.key()).ok_or_else(|| {
            Error::internal(anyhow::anyhow!("the key of {place:?} was not asked for"))
        })?;
        text::seal(key, place, value)
    }

    /// Opens a value; `None` where its key is not among them, because it was destroyed.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when somebody has changed it or moved it.
    pub fn open(&self, place: &Place, sealed: &str) -> Result<Option<String>> {
        let key = self.get(place.key());
        key.map(|key| text::open(key, place, sealed)).transpose()
    }
}

/// The data keys that are kept for a while.
pub(super) struct Kept {
    cache: Cache<(Owner, Class), DataKey>,
    generation: AtomicU64,
}

impl Kept {
    pub(super) fn new(lifetime: Duration, capacity: u64) -> Self {
        let cache = Cache::builder()
            .time_to_live(lifetime)
            .max_capacity(capacity);
        Self {
            cache: cache.build(),
            generation: AtomicU64::new(0),
        }
    }

    pub(super) fn get(&self, id: (Owner, Class)) -> Option<DataKey> {
        self.cache.get(&id)
    }

    /// Those that are kept, and those that are not.
    pub(super) fn find(&self, wanted: &[(Owner, Class)]) -> (Keys, Vec<(Owner, Class)>) {
        let (mut keys, mut missing) = (Keys::default(), Vec::new());
        for id in wanted {
            match self.get(*id) {
                Some(key) => keys.add(*id, key),
                None => missing.push(*id),
            }
        }
        (keys, missing)
    }

    /// How often something was forgotten: a key that was read before must not be kept after.
    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    pub(super) fn keep(&self, id: (Owner, Class), key: &DataKey, read_in: u64) {
        if self.generation() == read_in {
            self.cache.insert(id, key.clone());
            if self.generation() != read_in {
                self.cache.invalidate(&id);
            }
        }
    }

    pub(super) fn forget(&self, owner: Owner) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        for class in Class::ALL {
            self.cache.invalidate(&(owner, *class));
        }
    }
}
