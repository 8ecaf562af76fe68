//! Counts of tries in the database.

use chrono::{DateTime, Utc};
use entities::identity::throttle::{ActiveModel, Column, Entity, Model};
use schema_kernel::{Error, Result};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryTrait, Set,
    sea_query::{Alias, Expr, OnConflict, Query},
};

const TABLE: &str = "identity_throttle";

/// Counts one more, in one statement, so that tries at the same moment are all counted; anew where the window is over.
pub(super) async fn one_more(
    connection: &impl ConnectionTrait,
    bucket: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Model> {
    let own = |name: &'static str| Expr::col((Alias::new(TABLE), Alias::new(name)));
    let anew = |then: Expr, otherwise: Expr| -> Expr {
        Expr::case(own("resets_at").lte(now), then)
            .finally(otherwise)
            .into()
    };
    let conflict = OnConflict::column(Column::Bucket)
        .value(Column::Tries, anew(Expr::val(1), own("tries").add(1)))
        .value(Column::ResetsAt, anew(Expr::val(until), own("resets_at")))
        .to_owned();
    let first = ActiveModel {
        bucket: Set(bucket.to_owned()),
        tries: Set(1),
        resets_at: Set(until),
    };
    let mut insert = Entity::insert(first).on_conflict(conflict).into_query();
    insert.returning(Query::returning().columns([Column::Bucket, Column::Tries, Column::ResetsAt]));
    let statement = connection.get_database_backend().build(&insert);
    let counted = Entity::find()
        .from_raw_sql(statement)
        .one(connection)
        .await?;
    counted.ok_or_else(|| Error::internal(anyhow::anyhow!("a try was not counted")))
}

/// What was counted in a window that is not over.
pub(super) async fn counted(
    connection: &impl ConnectionTrait,
    bucket: &str,
    now: DateTime<Utc>,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(bucket)
        .filter(Column::ResetsAt.gt(now))
        .one(connection)
        .await?)
}

pub(super) async fn forget(connection: &impl ConnectionTrait, buckets: Vec<String>) -> Result<()> {
    Entity::delete_many()
        .filter(Column::Bucket.is_in(buckets))
        .exec(connection)
        .await?;
    Ok(())
}

/// Forgets what was counted in windows that are over.
pub(crate) async fn sweep(connection: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    Entity::delete_many()
        .filter(Column::ResetsAt.lte(now))
        .exec(connection)
        .await?;
    Ok(())
}
