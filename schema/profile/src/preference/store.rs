//! Preferences in storage.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::preference::{self, Column, Kind};
use schema_kernel::{Error, Permit, Reader, Result, id::CustomerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};

use crate::batch;

/// The preferences of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PreferencesOf(pub(super) CustomerId);

impl Loader<PreferencesOf> for Reader {
    type Value = Vec<preference::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PreferencesOf],
    ) -> Result<HashMap<PreferencesOf, Vec<preference::Model>>> {
        let rows = preference::Entity::find()
            .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(Column::Kind)
            .all(self.database.reader())
            .await?;
        let groups = batch::by_customer(rows, |row| row.customer_id);
        Ok(groups
            .into_iter()
            .map(|(customer, rows)| (PreferencesOf(customer), rows))
            .collect())
    }
}

/// What the customer prefers in one respect.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    kind: Kind,
) -> Result<Option<preference::Model>> {
    let select = preference::Entity::find()
        .filter(Column::CustomerId.eq(*permit.subject()))
        .filter(Column::Kind.eq(kind));
    Ok(select.one(connection).await?)
}

/// Writes a preference over the one of its kind.
pub(super) async fn put(
    connection: &impl ConnectionTrait,
    _: &Permit<CustomerId>,
    row: preference::Model,
) -> Result<()> {
    let replaced = OnConflict::columns([Column::CustomerId, Column::Kind])
        .update_columns([Column::Value, Column::UpdatedAt])
        .to_owned();
    preference::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replaced)
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Removes the preference of one kind; `false` when there was none.
pub(super) async fn delete(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    kind: Kind,
) -> Result<bool> {
    let deleted = preference::Entity::delete_many()
        .filter(Column::CustomerId.eq(*permit.subject()))
        .filter(Column::Kind.eq(kind))
        .exec(connection)
        .await?;
    Ok(deleted.rows_affected > 0)
}
