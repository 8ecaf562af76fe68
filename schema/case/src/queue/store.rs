use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::case::{
    case,
    queue::{Column, Entity, Model},
};
use schema_kernel::{Error, Page, Reader, Result};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QuerySelect};

use super::QueueCode;

/// How many open cases wait in the queue with this code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OpenCases(pub(super) String);

pub(super) async fn list(connection: &impl ConnectionTrait, page: &Page) -> Result<Vec<Model>> {
    Ok(page
        .apply(Entity::find(), Column::Code, Column::Id, &Order::Asc)
        .all(connection)
        .await?)
}

impl Loader<QueueCode> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[QueueCode]) -> Result<HashMap<QueueCode, Model>> {
        let codes = keys.iter().map(|key| key.0.as_str());
        let rows = Entity::find()
            .filter(Column::Code.is_in(codes))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|queue| (QueueCode(queue.code.clone()), queue))
            .collect())
    }
}

impl Loader<OpenCases> for Reader {
    type Value = i32;
    type Error = Error;

    async fn load(&self, keys: &[OpenCases]) -> Result<HashMap<OpenCases, i32>> {
        let codes = keys.iter().map(|key| key.0.as_str());
        let counts: Vec<(String, i64)> = case::Entity::find()
            .select_only()
            .column(case::Column::Queue)
            .column_as(case::Column::Id.count(), "open_count")
            .filter(case::Column::Queue.is_in(codes))
            .filter(case::Column::IsOpen.eq(true))
            .group_by(case::Column::Queue)
            .into_tuple()
            .all(self.database.reader())
            .await?;
        Ok(counts
            .into_iter()
            .map(|(code, count)| (OpenCases(code), i32::try_from(count).unwrap_or(i32::MAX)))
            .collect())
    }
}
