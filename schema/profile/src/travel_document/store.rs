//! Travel documents in storage.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::travel_document::{self, Column};
use schema_kernel::{Error, Reader, Result, id::CustomerId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::batch;

/// The travel documents of a customer, the longest valid first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TravelDocumentsOf(pub(super) CustomerId);

impl Loader<TravelDocumentsOf> for Reader {
    type Value = Vec<travel_document::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[TravelDocumentsOf],
    ) -> Result<HashMap<TravelDocumentsOf, Vec<travel_document::Model>>> {
        let rows = travel_document::Entity::find()
            .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
            .order_by_desc(Column::ExpiresOn)
            .order_by_asc(Column::Id)
            .all(self.database.reader())
            .await?;
        let groups = batch::by_customer(rows, |row| row.customer_id);
        Ok(groups
            .into_iter()
            .map(|(customer, rows)| (TravelDocumentsOf(customer), rows))
            .collect())
    }
}
