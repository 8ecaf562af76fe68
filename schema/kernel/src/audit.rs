//! The audit log: every read and write of personal data, every refusal, durable before the answer leaves.
//!
//! Records are chained: each holds SHA-256 over the one before it and its own content, so that none can be changed or taken
//! out unseen; anchors, written apart, show when the newest are missing. One writer for a process takes what all requests
//! have to record and commits it together, so that a hundred requests wait for one commit; the guard hands it what a
//! request has read while the rest of the request is still at work. What cannot be recorded is not answered.

mod anchor;
mod chain;
mod entry;
mod log;
mod purpose;
pub mod store;
mod trail;

pub use self::{
    anchor::{Anchor, Broken, Verified, newest, verify},
    chain::{GENESIS, hash_of},
    entry::{Entry, Written},
    log::{AuditLog, Ticket},
    purpose::Purpose,
    trail::Trail,
};
use crate::{Result, Session};
pub use entities::audit::record::{AuditKind, AuditResult, Model as AuditRecord};

/// Records what a verb does, and comes back when it is durable: for what the guard cannot see by itself, such as a value
/// that was revealed. Does nothing where no log is kept, as in tests of one domain.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when it cannot be recorded; then the value must not be shown.
pub async fn record(session: &Session, entry: Entry) -> Result<()> {
    match session.trail() {
        Some(trail) => trail.record(session, entry).await,
        None => Ok(()),
    }
}
