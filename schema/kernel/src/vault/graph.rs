//! Opening values in resolvers: those of one answer with one statement.

use std::collections::HashMap;

use async_graphql::{Context, dataloader::Loader};

use super::{Class, DataKey, Owner, Place, text};
use crate::{ContextExt, Error, Reader, Result};

/// The data key of a class of an owner's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyOf(pub Owner, pub Class);

impl Loader<KeyOf> for Reader {
    type Value = DataKey;
    type Error = Error;

    async fn load(&self, keys: &[KeyOf]) -> Result<HashMap<KeyOf, DataKey>> {
        let wanted: Vec<(Owner, Class)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = self.database.vault()?.keys(&wanted).await?;
        Ok(keys
            .iter()
            .filter_map(|key| Some((*key, found.get((key.0, key.1))?.clone())))
            .collect())
    }
}

/// Opens a value in a resolver; `None` where its key was destroyed. Whether the caller may see it was decided before.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when somebody has changed the value or moved it, or the vault does not answer.
pub async fn reveal(context: &Context<'_>, place: &Place, sealed: &str) -> Result<Option<String>> {
    let (owner, class) = place.key();
    let kept = context.database()?.vault()?.kept((owner, class));
    let key = match kept {
        Some(key) => Some(key),
        None => context.loader()?.load_one(KeyOf(owner, class)).await?,
    };
    key.map(|key| text::open(&key, place, sealed)).transpose()
}
