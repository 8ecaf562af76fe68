use entities::audit::record::Model;
use sea_orm::ActiveEnum;
use sha2::{Digest, Sha256};

use super::Written;
use crate::Result;

/// What stands before the first record: no hash.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The newest record: its number and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) sequence: i64,
    pub(super) hash: String,
}

impl Head {
    /// Before the first record.
    pub(super) fn genesis() -> Self {
        Self {
            sequence: 0,
            hash: GENESIS.to_owned(),
        }
    }

    /// Gives a record its place behind this one, and moves on to it.
    pub(super) fn append(&mut self, written: &Written) -> Result<Model> {
        let mut record = Model {
            sequence: self.sequence + 1,
            at: written.at,
            kind: written.kind,
            domain: written.domain.clone(),
            actor: written.actor.clone(),
            role: written.role.clone(),
            purpose: written.purpose.clone(),
            action: written.action.clone(),
            subjects: serde_json::to_string(&written.subjects)?,
            fields: serde_json::to_string(&written.fields)?,
            justification: written.justification.clone(),
            result: written.result,
            request_id: written.request_id.clone(),
            previous: self.hash.clone(),
            hash: String::new(),
        };
        record.hash = hash_of(&record);
        self.sequence = record.sequence;
        self.hash.clone_from(&record.hash);
        Ok(record)
    }
}

/// The hash that a record has to have: SHA-256 over its content as a JSON list, in the order of the columns, with the
/// instant in milliseconds since 1970. Anybody can compute it from an export.
pub fn hash_of(record: &Model) -> String {
    let content = serde_json::json!([
        record.previous,
        record.sequence,
        record.at.timestamp_millis(),
        record.kind.to_value(),
        record.domain,
        record.actor,
        record.role,
        record.purpose,
        record.action,
        record.subjects,
        record.fields,
        record.justification,
        record.result.to_value(),
        record.request_id,
    ]);
    hex(&Sha256::digest(content.to_string()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
