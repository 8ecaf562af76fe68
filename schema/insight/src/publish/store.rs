//! What is published, in the database.

use entities::insight::{block, release};
use schema_kernel::Result;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use crate::cube::{Block, CohortCube};

/// Rows in one statement.
const ROWS: usize = 500;

/// Every month that is published, in order.
pub(crate) async fn releases(connection: &impl ConnectionTrait) -> Result<Vec<release::Model>> {
    Ok(release::Entity::find()
        .order_by_asc(release::Column::Month)
        .all(connection)
        .await?)
}

pub(super) async fn is_published(connection: &impl ConnectionTrait, month: &str) -> Result<bool> {
    let found = release::Entity::find_by_id(month.to_owned())
        .one(connection)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    release: release::Model,
    blocks: Vec<block::Model>,
) -> Result<()> {
    release::Entity::insert(release.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    for chunk in blocks.chunks(ROWS) {
        let rows = chunk
            .iter()
            .cloned()
            .map(IntoActiveModel::into_active_model);
        block::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// The blocks of a cube in these months, each with its month.
pub(crate) async fn blocks_of(
    connection: &impl ConnectionTrait,
    cube: CohortCube,
    months: &[String],
) -> Result<Vec<(String, Block)>> {
    let rows = block::Entity::find()
        .filter(block::Column::Cube.eq(cube.name()))
        .filter(block::Column::Month.is_in(months.iter().cloned()))
        .order_by_asc(block::Column::Month)
        .order_by_asc(block::Column::Place)
        .all(connection)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.month, serde_json::from_value(row.content)?)))
        .collect()
}
