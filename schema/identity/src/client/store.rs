//! API clients and their refresh tokens in the database.

use chrono::{DateTime, Utc};
use entities::{
    id::{ApiClientId, RefreshTokenId},
    identity::{
        api_client::{Column, Entity, Model},
        refresh_token, revoked_token,
    },
};
use schema_kernel::{Page, Result};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, Order, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

pub(super) async fn insert(connection: &impl ConnectionTrait, client: &Model) -> Result<()> {
    Entity::insert(client.clone().into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub(super) async fn by_id(
    connection: &impl ConnectionTrait,
    id: ApiClientId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    id: ApiClientId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

pub(super) async fn write(transaction: &DatabaseTransaction, client: &Model) -> Result<()> {
    Entity::update(client.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(())
}

pub(super) async fn touch(
    connection: &impl ConnectionTrait,
    id: ApiClientId,
    now: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::val(now))
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// One page of the clients, the newest first.
pub(super) async fn list(connection: &impl ConnectionTrait, page: &Page) -> Result<Vec<Model>> {
    Ok(page
        .apply(Entity::find(), Column::CreatedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}

pub(super) async fn insert_refresh(
    connection: &impl ConnectionTrait,
    token: refresh_token::Model,
) -> Result<()> {
    refresh_token::Entity::insert(token.into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub(super) async fn refresh_by_hash(
    connection: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find()
        .filter(refresh_token::Column::TokenHash.eq(hash))
        .one(connection)
        .await?)
}

/// Uses a refresh token up. Says whether it was there to be used: of two who use it at the same moment, one hears no.
pub(super) async fn take_refresh(
    connection: &impl ConnectionTrait,
    id: RefreshTokenId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let taken = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::val(now))
        .filter(refresh_token::Column::Id.eq(id))
        .filter(refresh_token::Column::UsedAt.is_null())
        .filter(refresh_token::Column::RevokedAt.is_null())
        .exec(connection)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Ends a family of refresh tokens.
pub(super) async fn end_family(
    connection: &impl ConnectionTrait,
    family: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::RevokedAt, Expr::val(now))
        .filter(refresh_token::Column::Family.eq(family))
        .filter(refresh_token::Column::RevokedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// Ends every refresh token of a client.
pub(super) async fn end_tokens_of(
    connection: &impl ConnectionTrait,
    client: ApiClientId,
    now: DateTime<Utc>,
) -> Result<()> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::RevokedAt, Expr::val(now))
        .filter(refresh_token::Column::ClientId.eq(client))
        .filter(refresh_token::Column::RevokedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// From now on no token of this name that was issued up to now is believed.
pub(crate) async fn revoke(
    connection: &impl ConnectionTrait,
    name: String,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<()> {
    let row = revoked_token::Model {
        name,
        revoked_at: now,
        expires_at: until,
    };
    let again = OnConflict::column(revoked_token::Column::Name)
        .update_columns([
            revoked_token::Column::RevokedAt,
            revoked_token::Column::ExpiresAt,
        ])
        .to_owned();
    revoked_token::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Forgets tokens that have expired.
pub(crate) async fn sweep(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    revoked_token::Entity::delete_many()
        .filter(revoked_token::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    Ok(())
}
