//! Sessions in the database.

use chrono::{DateTime, TimeDelta, Utc};
use entities::{
    id::{UserId, UserSessionId},
    identity::session::{Column, Entity, Model},
};
use schema_kernel::{Page, Result};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, Order, QueryFilter,
    sea_query::Expr,
};

/// For how long an ended session stands in the list.
const KEPT: TimeDelta = TimeDelta::days(30);

pub(super) async fn insert(connection: &impl ConnectionTrait, session: &Model) -> Result<()> {
    Entity::insert(session.clone().into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// The session whose browser holds what this is a hash of.
pub(super) async fn by_token(
    connection: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .one(connection)
        .await?)
}

pub(super) async fn by_id(
    connection: &impl ConnectionTrait,
    id: UserSessionId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

pub(super) async fn touch(
    connection: &impl ConnectionTrait,
    id: UserSessionId,
    now: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::LastSeenAt, Expr::val(now))
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes that what somebody has shown counts until then as shown just now.
pub(crate) async fn step_up(
    connection: &impl ConnectionTrait,
    id: UserSessionId,
    until: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::SteppedUpUntil, Expr::val(until))
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Ends a session. Says whether it had not ended before.
pub(crate) async fn end(
    connection: &impl ConnectionTrait,
    id: UserSessionId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let ended = ending(now)
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Ends every session of a user, but one where one is to stay. Says how many there were.
pub(crate) async fn end_all(
    connection: &impl ConnectionTrait,
    user: UserId,
    except: Option<UserSessionId>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let others = Condition::all().add_option(except.map(|session| Column::Id.ne(session)));
    let ended = ending(now)
        .filter(Column::UserId.eq(user))
        .filter(others)
        .exec(connection)
        .await?;
    Ok(ended.rows_affected)
}

fn ending(now: DateTime<Utc>) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::val(now))
        .filter(Column::RevokedAt.is_null())
}

/// One page of the sessions of a user, the last sign-in first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    user: UserId,
    page: &Page,
) -> Result<Vec<Model>> {
    let select = Entity::find().filter(Column::UserId.eq(user));
    Ok(page
        .apply(select, Column::CreatedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}

/// Forgets sessions that ended long ago.
pub(crate) async fn sweep(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    let long_ago = Condition::any()
        .add(Column::ExpiresAt.lt(now - KEPT))
        .add(Column::RevokedAt.lt(now - KEPT));
    Entity::delete_many()
        .filter(long_ago)
        .exec(connection)
        .await?;
    Ok(())
}
