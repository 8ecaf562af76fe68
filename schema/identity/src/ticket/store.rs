//! Tickets in the database.

use chrono::{DateTime, Utc};
use entities::{
    id::{SignInTicketId, UserId},
    identity::ticket::{Column, Entity, Model, Purpose},
};
use schema_kernel::Result;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::secret::fingerprint;

pub(super) async fn insert(connection: &impl ConnectionTrait, ticket: Model) -> Result<()> {
    Entity::insert(ticket.into_active_model())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Writes a ticket where there is none of this secret, and says whether it did.
pub(super) async fn insert_new(connection: &impl ConnectionTrait, ticket: Model) -> Result<bool> {
    let conflict = OnConflict::column(Column::TokenHash)
        .do_nothing()
        .to_owned();
    let written = Entity::insert(ticket.into_active_model())
        .on_conflict(conflict)
        .exec_without_returning(connection)
        .await?;
    Ok(written == 1)
}

/// The ticket that this is the secret of, for this purpose, where it works still.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    purpose: Purpose,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::TokenHash.eq(fingerprint(secret)))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .one(connection)
        .await?)
}

/// Uses a ticket up. Says whether it was there to be used: of two who use it at the same moment, one hears no.
pub(crate) async fn take(
    connection: &impl ConnectionTrait,
    ticket: SignInTicketId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let taken = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::val(now))
        .filter(Column::Id.eq(ticket))
        .filter(Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Counts one more try at a ticket, and says whether there were no more than so many.
pub(crate) async fn try_again(
    connection: &impl ConnectionTrait,
    ticket: SignInTicketId,
    at_most: i32,
) -> Result<bool> {
    let counted = Entity::update_many()
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.eq(ticket))
        .filter(Column::Attempts.lt(at_most))
        .exec(connection)
        .await?;
    Ok(counted.rows_affected == 1)
}

/// Uses up every ticket of a user for these purposes.
pub(crate) async fn void(
    connection: &impl ConnectionTrait,
    user: UserId,
    purposes: &[Purpose],
    now: DateTime<Utc>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::val(now))
        .filter(Column::UserId.eq(user))
        .filter(Column::Purpose.is_in(purposes.iter().copied()))
        .filter(Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// Forgets tickets that do not work any more.
pub(crate) async fn sweep(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    Ok(())
}
