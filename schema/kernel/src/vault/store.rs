//! Data keys in storage.

use chrono::{DateTime, Utc};
use entities::vault::data_key::{self, Column};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};

use super::{Class, Owner, Wrapped};
use crate::{Database, Result};

/// Owners in one statement.
const OWNERS: usize = 5_000;
/// Rows in one statement.
const ROWS: usize = 2_000;

/// A new row.
pub(super) fn row(
    (owner, class): (Owner, Class),
    wrapped: Wrapped,
    now: DateTime<Utc>,
) -> data_key::Model {
    data_key::Model {
        owner_id: owner.0,
        class: class.as_str().to_owned(),
        master: wrapped.master,
        wrapped: Some(wrapped.text),
        created_at: now,
        destroyed_at: None,
    }
}

/// The wrapped key of a row; `None` where it was destroyed.
pub(super) fn wrapped(row: &data_key::Model) -> Option<Wrapped> {
    let text = row.wrapped.clone()?;
    Some(Wrapped {
        master: row.master.clone(),
        text,
    })
}

/// Every row of these owners.
pub(super) async fn of_owners(
    connection: &impl ConnectionTrait,
    owners: &[Owner],
) -> Result<Vec<data_key::Model>> {
    let mut rows = Vec::new();
    for owners in owners.chunks(OWNERS) {
        let ids = owners.iter().map(|owner| owner.0);
        let select = data_key::Entity::find().filter(Column::OwnerId.is_in(ids));
        rows.extend(select.all(connection).await?);
    }
    Ok(rows)
}

/// Writes the rows that are not there yet, and says how many there were.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    rows: &[data_key::Model],
) -> Result<u64> {
    let mut inserted = 0;
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
        let insert = data_key::Entity::insert_many(rows).on_conflict(
            OnConflict::columns([Column::OwnerId, Column::Class])
                .do_nothing()
                .to_owned(),
        );
        inserted += insert.exec_without_returning(connection).await?;
    }
    Ok(inserted)
}

/// Leaves nothing of an owner's keys but that they were destroyed, for every class there is, and says how many there were.
pub(super) async fn destroy(database: &Database, owner: Owner, now: DateTime<Utc>) -> Result<u64> {
    let destroyed = database
        .transaction(async |transaction| {
            let stones = Class::ALL.iter().map(|class| data_key::ActiveModel {
                owner_id: Set(owner.0),
                class: Set(class.as_str().to_owned()),
                master: Set(String::new()),
                wrapped: Set(None),
                created_at: Set(now),
                destroyed_at: Set(Some(now)),
            });
            let living = data_key::Entity::update_many()
                .col_expr(Column::Wrapped, Expr::value(None::<String>))
                .col_expr(Column::Master, Expr::value(""))
                .col_expr(Column::DestroyedAt, Expr::value(now))
                .filter(Column::OwnerId.eq(owner.0))
                .filter(Column::Wrapped.is_not_null());
            let before = living.exec(transaction).await?.rows_affected;
            // A key that is made at this moment is overwritten too, or finds the stone in its place.
            data_key::Entity::insert_many(stones)
                .on_conflict(
                    OnConflict::columns([Column::OwnerId, Column::Class])
                        .value(Column::Wrapped, Expr::value(None::<String>))
                        .value(Column::Master, Expr::value(""))
                        .value(
                            Column::DestroyedAt,
                            Expr::col((data_key::Entity, Column::DestroyedAt)).if_null(now),
                        )
                        .to_owned(),
                )
                .exec_without_returning(transaction)
                .await?;
            Ok(before)
        })
        .await?;
    if database.backend() == DbBackend::Sqlite {
        // What was overwritten lies in the log until it is written back.
        let pragma = "PRAGMA wal_checkpoint(TRUNCATE)";
        database.writer().execute_unprepared(pragma).await?;
    }
    Ok(destroyed)
}

/// Whether an owner's keys were destroyed.
pub(super) async fn is_destroyed(connection: &impl ConnectionTrait, owner: Owner) -> Result<bool> {
    let stone = data_key::Entity::find()
        .filter(Column::OwnerId.eq(owner.0))
        .filter(Column::Wrapped.is_null());
    Ok(stone.count(connection).await? > 0)
}

/// How many keys there are under each master key, and how many were destroyed (under no name).
pub(super) async fn count_by_master(
    connection: &impl ConnectionTrait,
) -> Result<Vec<(String, i64)>> {
    let select = data_key::Entity::find()
        .select_only()
        .column(Column::Master)
        .column_as(Column::OwnerId.count(), "keys")
        .group_by(Column::Master)
        .order_by_asc(Column::Master);
    Ok(select.into_tuple().all(connection).await?)
}

/// Where a rotation stands: the last row it has looked at.
pub(super) type Mark = (uuid::Uuid, String);

/// The next rows behind `after` that are not under `master`, in the order of the primary key.
pub(super) async fn under_others(
    connection: &impl ConnectionTrait,
    master: &str,
    after: Option<&Mark>,
    count: u64,
) -> Result<Vec<data_key::Model>> {
    let behind = after.map(|(owner, class)| {
        Condition::any().add(Column::OwnerId.gt(*owner)).add(
            Column::OwnerId
                .eq(*owner)
                .and(Column::Class.gt(class.as_str())),
        )
    });
    let select = data_key::Entity::find()
        .filter(Column::Wrapped.is_not_null())
        .filter(Column::Master.ne(master))
        .filter(Condition::all().add_option(behind));
    Ok(select
        .order_by_asc(Column::OwnerId)
        .order_by_asc(Column::Class)
        .limit(count)
        .all(connection)
        .await?)
}

/// Puts rewrapped keys in the place of the same keys, where they were not destroyed meanwhile.
pub(super) async fn rewrap(
    connection: &impl ConnectionTrait,
    rows: Vec<data_key::Model>,
) -> Result<u64> {
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    Ok(data_key::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::OwnerId, Column::Class])
                .update_columns([Column::Wrapped, Column::Master])
                .action_and_where(Expr::col((data_key::Entity, Column::Wrapped)).is_not_null())
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?)
}
