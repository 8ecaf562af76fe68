//! What every process knows by heart, in the database.

use chrono::{DateTime, Utc};
use entities::{
    id::UserSessionId,
    identity::{revoked_token, role, session},
};
use schema_kernel::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{RoleRights, Snapshot, by_name};

/// What is stored now: roles, sessions that were ended since, and what is revoked.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Snapshot> {
    let roles = role::Entity::find().all(connection).await?;
    let ended: Vec<UserSessionId> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::RevokedAt.gt(since))
        .into_tuple()
        .all(connection)
        .await?;
    let revoked = revoked_token::Entity::find()
        .filter(revoked_token::Column::ExpiresAt.gt(now))
        .all(connection)
        .await?;
    Ok(Snapshot {
        roles: by_name(roles.into_iter().map(RoleRights::from)),
        ended: ended.into_iter().collect(),
        revoked: revoked
            .into_iter()
            .map(|token| (token.name, token.revoked_at))
            .collect(),
    })
}
