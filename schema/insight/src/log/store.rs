//! The log of questions in the database, and what they cost.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entities::insight::{
    opening,
    query::{Column, Entity, Model},
    receipt_key,
};
use schema_kernel::{Page, Result};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::OnConflict,
};
use serde_json::Value;

use super::InsightQueryFilter;
use crate::{Insight, cube::CohortCube, notary::Signed};

pub(crate) async fn insert(transaction: &DatabaseTransaction, query: Model) -> Result<()> {
    Entity::insert(query.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// How many questions somebody has asked since then, answered or not.
pub(crate) async fn asked_since(
    connection: &impl ConnectionTrait,
    partner: &str,
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::Partner.eq(partner))
        .filter(Column::AskedAt.gt(since))
        .count(connection)
        .await?)
}

/// How much ε somebody has spent since then.
pub(crate) async fn spent_since(
    connection: &impl ConnectionTrait,
    partner: &str,
    since: DateTime<Utc>,
) -> Result<f64> {
    let spent: Vec<f64> = opening::Entity::find()
        .select_only()
        .column(opening::Column::Epsilon)
        .filter(opening::Column::Partner.eq(partner))
        .filter(opening::Column::OpenedAt.gte(since))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(spent.iter().sum())
}

/// The months of a cube that somebody has paid for.
pub(crate) async fn opened(
    connection: &impl ConnectionTrait,
    partner: &str,
    cube: CohortCube,
) -> Result<BTreeSet<String>> {
    let months: Vec<String> = opening::Entity::find()
        .select_only()
        .column(opening::Column::Month)
        .filter(opening::Column::Partner.eq(partner))
        .filter(opening::Column::Cube.eq(cube.name()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(months.into_iter().collect())
}

pub(crate) async fn open(
    transaction: &DatabaseTransaction,
    openings: Vec<opening::Model>,
) -> Result<()> {
    for opening in openings {
        opening::Entity::insert(opening.into_active_model())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Keeps the public half of a key that has signed a receipt.
pub(crate) async fn keep_key(
    transaction: &DatabaseTransaction,
    signed: Signed,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = receipt_key::Model {
        id: signed.key_id,
        jwk: signed.jwk,
        first_used_at: now,
    };
    let known = OnConflict::column(receipt_key::Column::Id)
        .do_nothing()
        .to_owned();
    receipt_key::Entity::insert(row.into_active_model())
        .on_conflict(known)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// The public half of a key that has signed receipts, as a JSON Web Key; `None` where it never did.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn key_of(insight: &Insight, key_id: &str) -> Result<Option<Value>> {
    let row = receipt_key::Entity::find_by_id(key_id.to_owned())
        .one(insight.database().reader())
        .await?;
    Ok(row.map(|row| row.jwk))
}

/// The receipt that was given under this id, as it was given; `None` where none was.
///
/// # Errors
/// As [`key_of`].
pub async fn receipt_of(
    insight: &Insight,
    id: entities::id::InsightQueryId,
) -> Result<Option<String>> {
    let row = Entity::find_by_id(id)
        .one(insight.database().reader())
        .await?;
    Ok(row.and_then(|row| row.receipt))
}

/// One page of the questions, the last first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    filter: &InsightQueryFilter,
    page: &Page,
) -> Result<Vec<Model>> {
    let select = Entity::find()
        .apply_if(filter.partner.as_deref(), |select, partner| {
            select.filter(Column::Partner.eq(partner))
        })
        .apply_if(filter.is_refused, |select, is_refused| {
            select.filter(if is_refused {
                Column::Refusal.is_not_null()
            } else {
                Column::Refusal.is_null()
            })
        });
    Ok(page
        .apply(select, Column::AskedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}
