//! Channel preferences in the database.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    engagement::channel_preference::{Column, Entity, Model},
    id::CustomerId,
};
use schema_kernel::{Error, Permit, Reader, Result, loader::Visible};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect,
};

use super::usual;
use crate::notification::store::by_rows;

/// What a customer has stated, as the asker sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PreferenceOf(pub(super) Visible<CustomerId>);

/// What holds for a customer: what they have stated, or what everybody gets.
pub(crate) async fn of(connection: &impl ConnectionTrait, customer: CustomerId) -> Result<Model> {
    let stated = Entity::find_by_id(customer).one(connection).await?;
    Ok(stated.unwrap_or_else(|| usual(customer)))
}

/// What a customer has stated, held until the transaction ends.
pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    customer: CustomerId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(customer)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// Writes what a customer states, for the first time or anew.
pub(super) async fn write(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    preference: &Model,
) -> Result<()> {
    let row = preference.clone().into_active_model().reset_all();
    if preference.version == 1 {
        Entity::insert(row)
            .exec_without_returning(transaction)
            .await?;
    } else {
        Entity::update(row).exec(transaction).await?;
    }
    Ok(())
}

impl Loader<PreferenceOf> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[PreferenceOf]) -> Result<HashMap<PreferenceOf, Model>> {
        let mut found = HashMap::new();
        for (rows, customers) in by_rows(keys.iter().map(|key| key.0)) {
            let reached = customers
                .into_iter()
                .filter(|customer| rows.include(Some(*customer)));
            let models = Entity::find()
                .filter(Column::CustomerId.is_in(reached))
                .all(self.database.reader())
                .await?;
            found.extend(models.into_iter().map(|model| {
                let key = Visible {
                    key: model.customer_id,
                    rows,
                };
                (PreferenceOf(key), model)
            }));
        }
        Ok(found)
    }
}
