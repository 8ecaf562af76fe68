//! Devices in the database.

use chrono::{DateTime, Utc};
use entities::{
    id::DeviceId,
    identity::device::{Column, Entity, Model},
};
use schema_kernel::{Page, Result};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, Order, QueryFilter, QuerySelect, sea_query::Expr,
};

pub(super) async fn insert(connection: &impl ConnectionTrait, device: &Model) -> Result<()> {
    Entity::insert(device.clone().into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub(super) async fn by_id(
    connection: &impl ConnectionTrait,
    id: DeviceId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// One page of the devices, the newest first.
pub(super) async fn list(connection: &impl ConnectionTrait, page: &Page) -> Result<Vec<Model>> {
    Ok(page
        .apply(Entity::find(), Column::CreatedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}

pub(super) async fn hold(transaction: &DatabaseTransaction, id: DeviceId) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

pub(super) async fn write(transaction: &DatabaseTransaction, device: &Model) -> Result<()> {
    Entity::update(device.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) async fn touch(
    connection: &impl ConnectionTrait,
    id: DeviceId,
    now: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::val(now).into())
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}
