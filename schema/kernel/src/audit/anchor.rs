use serde::{Deserialize, Serialize};

use super::{AuditRecord, chain::GENESIS, hash_of, store};
use crate::{Database, Result};

/// How many records are read at a time.
const CHUNK: u64 = 2_000;

/// What is known apart from the log about a moment of it: that it held so many records, and the hash of the newest. A log
/// whose newest records were taken away does not hold to its anchors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The number of the newest record.
    pub sequence: i64,
    /// Its hash.
    pub hash: String,
    /// When the anchor was made, in milliseconds since 1970.
    pub at_millis: i64,
    /// Whether the records up to this one were let go of after their time, so that the log begins behind it.
    #[serde(default)]
    pub is_beginning: bool,
}

impl Anchor {
    /// What is signed of it.
    pub fn content(&self) -> String {
        format!(
            "jetbridge.audit.anchor.v1\n{}\n{}\n{}\n{}",
            self.sequence, self.hash, self.at_millis, self.is_beginning
        )
    }
}

/// What a look over the whole chain found, when it found nothing wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many records were looked at.
    pub records: u64,
    /// The number of the oldest.
    pub first: i64,
    /// The number of the newest.
    pub last: i64,
    /// The hash of the newest.
    pub head: String,
    /// How many anchors it holds to.
    pub anchors: usize,
}

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Broken {
    /// A record is not what was written.
    #[error("record {sequence} was changed: its content does not have its hash")]
    Changed {
        /// The record.
        sequence: i64,
    },
    /// A record does not follow on the one before it.
    #[error(
        "record {sequence} does not follow on the one before it: records were changed or put in"
    )]
    Unchained {
        /// The record.
        sequence: i64,
    },
    /// Records are missing.
    #[error("records {from} to {to} are missing")]
    Missing {
        /// The first that is missing.
        from: i64,
        /// The last that is known to be missing.
        to: i64,
    },
    /// A record is not the one that an anchor knew.
    #[error("record {sequence} is not the one that was anchored: the log was written anew")]
    NotAnchored {
        /// The record.
        sequence: i64,
    },
}

/// Looks over the whole chain, and holds it against the anchors. `progress` hears how many records were looked at.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails. What is wrong with the chain is no error but an outcome.
pub async fn verify(
    database: &Database,
    anchors: &[Anchor],
    mut progress: impl FnMut(u64),
) -> Result<std::result::Result<Verified, Broken>> {
    let mut walk = Walk::beginning(anchors);
    loop {
        let records = store::after(
            database.reader(),
            &store::Criteria::default(),
            walk.last,
            CHUNK,
        )
        .await?;
        if records.is_empty() {
            return Ok(walk.end());
        }
        for record in &records {
            if let Err(broken) = walk.step(record) {
                return Ok(Err(broken));
            }
        }
        progress(walk.records);
    }
}

struct Walk<'a> {
    anchors: Vec<&'a Anchor>,
    first: i64,
    last: i64,
    hash: String,
    records: u64,
    held: usize,
}

impl<'a> Walk<'a> {
    /// Begins behind the latest anchor up to which records were let go of, or at the first record.
    fn beginning(anchors: &'a [Anchor]) -> Self {
        let base = anchors
            .iter()
            .filter(|anchor| anchor.is_beginning)
            .max_by_key(|anchor| anchor.sequence);
        let last = base.map_or(0, |base| base.sequence);
        let mut anchors: Vec<_> = anchors
            .iter()
            .filter(|anchor| anchor.sequence > last)
            .collect();
        anchors.sort_by_key(|anchor| std::cmp::Reverse(anchor.sequence));
        Self {
            anchors,
            first: last + 1,
            last,
            hash: base.map_or_else(|| GENESIS.to_owned(), |base| base.hash.clone()),
            records: 0,
            held: 0,
        }
    }

    fn step(&mut self, record: &AuditRecord) -> std::result::Result<(), Broken> {
        let sequence = record.sequence;
        if sequence != self.last + 1 {
            return Err(Broken::Missing {
                from: self.last + 1,
                to: sequence - 1,
            });
        }
        if hash_of(record) != record.hash {
            return Err(Broken::Changed { sequence });
        }
        if record.previous != self.hash {
            return Err(Broken::Unchained { sequence });
        }
        while let Some(anchor) = self.anchors.pop_if(|anchor| anchor.sequence == sequence) {
            if anchor.hash != record.hash {
                return Err(Broken::NotAnchored { sequence });
            }
            self.held += 1;
        }
        self.last = sequence;
        self.hash.clone_from(&record.hash);
        self.records += 1;
        Ok(())
    }

    fn end(self) -> std::result::Result<Verified, Broken> {
        // The first has the highest number.
        if let Some(anchor) = self.anchors.first() {
            return Err(Broken::Missing {
                from: self.last + 1,
                to: anchor.sequence,
            });
        }
        Ok(Verified {
            records: self.records,
            first: self.first,
            last: self.last,
            head: self.hash,
            anchors: self.held,
        })
    }
}

/// The newest record as an anchor; `None` while there is none.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn newest(database: &Database, at_millis: i64) -> Result<Option<Anchor>> {
    Ok(store::head(database.reader()).await?.map(|head| Anchor {
        sequence: head.sequence,
        hash: head.hash,
        at_millis,
        is_beginning: false,
    }))
}
