//! Another master key: every data key is wrapped anew, and no value is touched.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Class, Owner, Vault, key, store};
use crate::{Error, Result};

/// Keys in one step.
const STEP: u64 = 500;

/// What the vault holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The master key that wraps from now on.
    pub current: String,
    /// How many data keys each master key wraps.
    pub keys: BTreeMap<String, u64>,
    /// How many data keys wait to be wrapped by the current one.
    pub waiting: u64,
    /// How many classes of owners were destroyed.
    pub destroyed: u64,
}

/// What a rotation did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// How many data keys were wrapped anew.
    pub keys: u64,
}

impl Vault {
    /// What there is.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database or the master key does not answer.
    pub async fn status(&self) -> Result<Status> {
        let current = self.0.master.current().await?;
        let mut status = Status {
            current,
            keys: BTreeMap::new(),
            waiting: 0,
            destroyed: 0,
        };
        for (master, count) in store::count_by_master(self.0.database.reader()).await? {
            let count = u64::try_from(count).unwrap_or_default();
            if master.is_empty() {
                status.destroyed = count;
                continue;
            }
            if master != status.current {
                status.waiting += count;
            }
            status.keys.insert(master, count);
        }
        Ok(status)
    }

    /// Wraps every data key with the current master key that is not yet, and tells `progress` how many were done. What was
    /// stopped half-way is gone on with; values can be sealed and opened all the while.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database or the master key does not answer, or a key does not unwrap. What was done
    /// stays done.
    pub async fn rotate(&self, mut progress: impl FnMut(u64)) -> Result<Rotated> {
        let current = self.0.master.current().await?;
        let (mut rotated, mut mark) = (Rotated::default(), None);
        loop {
            let connection = self.0.database.writer();
            let mut rows = store::under_others(connection, &current, mark.as_ref(), STEP).await?;
            let Some(last) = rows.last() else {
                return Ok(rotated);
            };
            mark = Some((last.owner_id, last.class.clone()));
            for row in &mut rows {
                let unknown = || Error::internal(anyhow::anyhow!("a data key of no known class"));
                let class = Class::named(&row.class).ok_or_else(unknown)?;
                let binding = key::binding((Owner(row.owner_id), class));
                let wrapped = store::wrapped(row).ok_or_else(unknown)?;
                let bytes = self.0.master.unwrap(&wrapped, &binding).await?;
                let wrapped = self.0.master.wrap(&bytes, &binding).await?;
                row.master = wrapped.master;
                row.wrapped = Some(wrapped.text);
            }
            rotated.keys += store::rewrap(connection, rows).await?;
            progress(rotated.keys);
        }
    }
}
