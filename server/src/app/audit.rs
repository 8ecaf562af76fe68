//! The audit log of this process.

use schema_kernel::{Actor, Clock, IdSource, Session, audit::AuditLog};

use super::database::Databases;

/// Starts it, where there is a database for it.
pub(super) fn start(databases: &Databases, clock: &Clock, ids: &IdSource) -> Option<AuditLog> {
    let database = databases.audit()?.clone();
    let session = Session::new(Actor::service("audit"), "audit", clock.clone(), ids.clone());
    Some(AuditLog::start(database, session))
}
