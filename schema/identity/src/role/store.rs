//! Roles in the database.

use chrono::{DateTime, Utc};
use entities::identity::role::{Column, Entity, Model, Scopes};
use schema_kernel::{Result, SteppedUp};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryOrder, QuerySelect,
};

use super::ADMINISTRATOR;
use crate::standing::RoleRights;

/// Every role, by name. There are few.
pub(super) async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .order_by_asc(Column::Name)
        .all(connection)
        .await?)
}

/// The role of this name, held until the transaction ends.
pub(super) async fn hold(transaction: &DatabaseTransaction, name: &str) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(name)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// Writes a role that is held.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    _: SteppedUp,
    role: &Model,
) -> Result<()> {
    Entity::update(role.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Writes a role as it comes with the product, where nobody has changed it. Says whether it is another one now.
pub(super) async fn load(
    transaction: &DatabaseTransaction,
    shipped: &RoleRights,
    now: DateTime<Utc>,
) -> Result<bool> {
    let fresh = Model {
        name: shipped.name.clone(),
        kind: shipped.kind,
        scopes: Scopes(shipped.scopes.clone()),
        is_second_factor_required: shipped.is_second_factor_required,
        is_built_in: true,
        updated_at: now,
        version: 1,
    };
    let Some(kept) = hold(transaction, &shipped.name).await? else {
        Entity::insert(fresh.into_active_model())
            .exec_without_returning(transaction)
            .await?;
        return Ok(true);
    };
    let is_own = kept.version > 1 && kept.name != ADMINISTRATOR;
    if is_own || kept.scopes == fresh.scopes {
        return Ok(false);
    }
    let renewed = Model {
        scopes: fresh.scopes,
        updated_at: now,
        ..kept
    };
    Entity::update(renewed.into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(true)
}
