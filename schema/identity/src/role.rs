//! Roles: what somebody is to the airline, and what that lets them do.

mod query;
pub(crate) mod store;
mod update;
mod view;

use schema_kernel::{Database, Result, Session};

use crate::standing::RoleRights;

pub use self::{
    query::RoleQuery,
    update::{RoleMutation, RoleUpdated, UpdateRoleInput, UpdateRoleOutcome},
    view::{Role, RoleKind},
};

/// The role that runs the platform. It holds every right, and nobody takes one from it.
pub const ADMINISTRATOR: &str = "administrator";

/// Brings the roles that come with the product up to date, where nobody has changed them, and says how many changed. The
/// administrator's always are.
///
/// # Errors
/// When the database fails.
pub async fn load(database: &Database, session: &Session, roles: &[RoleRights]) -> Result<u64> {
    database
        .transaction(async |transaction| {
            let mut changed = 0;
            for role in roles {
                if store::load(transaction, role, session.now()).await? {
                    changed += 1;
                }
            }
            Ok(changed)
        })
        .await
}
