//! Second factors and recovery codes in the database.

use chrono::{DateTime, Utc};
use entities::{
    id::{SecondFactorId, UserId},
    identity::{
        recovery_code,
        second_factor::{Column, Entity, Kind, Model},
    },
};
use schema_kernel::Result;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

/// The factors of a user that were confirmed, the oldest first.
pub(crate) async fn confirmed(
    connection: &impl ConnectionTrait,
    user: UserId,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::ConfirmedAt.is_not_null())
        .order_by_asc(Column::CreatedAt)
        .all(connection)
        .await?)
}

/// The factor that a user has begun to add.
pub(super) async fn begun(
    connection: &impl ConnectionTrait,
    user: UserId,
    kind: Kind,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ConfirmedAt.is_null())
        .order_by_desc(Column::CreatedAt)
        .one(connection)
        .await?)
}

/// Writes a factor that a user begins to add, in the place of those they had begun before.
pub(super) async fn begin(transaction: &DatabaseTransaction, factor: Model) -> Result<()> {
    Entity::delete_many()
        .filter(Column::UserId.eq(factor.user_id))
        .filter(Column::Kind.eq(factor.kind))
        .filter(Column::ConfirmedAt.is_null())
        .exec(transaction)
        .await?;
    Entity::insert(factor.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Notes that a code of this step was used. Says whether none so late was used before: of two who use the same code at the
/// same moment, one hears no.
pub(super) async fn use_step(
    connection: &impl ConnectionTrait,
    factor: SecondFactorId,
    step: i64,
    now: DateTime<Utc>,
) -> Result<bool> {
    let earlier = Condition::any()
        .add(Column::LastStep.is_null())
        .add(Column::LastStep.lt(step));
    let used = Entity::update_many()
        .col_expr(Column::LastStep, Expr::val(step))
        .col_expr(Column::LastUsedAt, Expr::val(now))
        .filter(Column::Id.eq(factor))
        .filter(earlier)
        .exec(connection)
        .await?;
    Ok(used.rows_affected == 1)
}

pub(super) async fn confirm(
    connection: &impl ConnectionTrait,
    factor: SecondFactorId,
    now: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::val(now))
        .filter(Column::Id.eq(factor))
        .exec(connection)
        .await?;
    Ok(())
}

/// Takes away the confirmed factors of a kind: another one is about to take their place.
pub(super) async fn drop_confirmed(
    transaction: &DatabaseTransaction,
    user: UserId,
    kind: Kind,
) -> Result<()> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::Kind.eq(kind))
        .filter(Column::ConfirmedAt.is_not_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Takes away every factor and recovery code of a user. Says how many factors there were.
pub(crate) async fn remove(transaction: &DatabaseTransaction, user: UserId) -> Result<u64> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user))
        .exec(transaction)
        .await?;
    let removed = Entity::delete_many()
        .filter(Column::UserId.eq(user))
        .exec(transaction)
        .await?;
    Ok(removed.rows_affected)
}

/// Writes recovery codes in the place of those of before.
pub(super) async fn replace_codes(
    transaction: &DatabaseTransaction,
    user: UserId,
    codes: Vec<recovery_code::Model>,
) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user))
        .exec(transaction)
        .await?;
    let codes = codes.into_iter().map(IntoActiveModel::into_active_model);
    recovery_code::Entity::insert_many(codes)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Uses a recovery code up. Says whether there was such a one.
pub(super) async fn use_code(
    connection: &impl ConnectionTrait,
    user: UserId,
    code_hash: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let outcome = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::val(now))
        .filter(recovery_code::Column::UserId.eq(user))
        .filter(recovery_code::Column::CodeHash.eq(code_hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// How many recovery codes a user has left.
pub(super) async fn codes_left(connection: &impl ConnectionTrait, user: UserId) -> Result<u64> {
    Ok(recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(connection)
        .await?)
}
