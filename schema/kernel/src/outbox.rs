//! The transactional outbox: an event is written in the transaction that causes it, so that the two cannot part.
//!
//! Each domain has the tables `<domain>_outbox`, `<domain>_inbox` and `<domain>_dead_letter`. What is appended here is
//! delivered by [`crate::dispatcher`].

mod store;

use sea_orm::DatabaseTransaction;
use serde::Serialize;

pub(crate) use self::store::{caused_by, recent_sequences, since};
pub use self::store::{mark_dispatched, pending, rewind};
use crate::{NewEvent, Result, Session};

/// A domain, by the prefix of its tables: `Domain("order")`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Domain(pub &'static str);

impl Domain {
    pub(crate) fn table(self, name: &str) -> sea_orm::sea_query::Alias {
        sea_orm::sea_query::Alias::new(format!("{}_{name}", self.0))
    }
}

/// Appends events to the domain's outbox, in order, on the transaction that causes them.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails; the transaction is then lost as a whole.
pub async fn append<T: Serialize>(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    events: &[NewEvent<'_, T>],
) -> Result<()> {
    store::insert(transaction, domain, session, events).await
}
