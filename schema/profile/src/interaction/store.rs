//! Interactions in storage.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::interaction::{self, Column};
use schema_kernel::{
    Error, Page, Permit, Reader, Result,
    id::{CustomerId, InteractionId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Order,
    QueryFilter,
};

use crate::batch::{self, PageOf};

/// One page of a customer's interactions, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct InteractionPage(pub(super) PageOf<Page>);

impl Loader<InteractionPage> for Reader {
    type Value = Vec<interaction::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[InteractionPage],
    ) -> Result<HashMap<InteractionPage, Vec<interaction::Model>>> {
        let keys: Vec<PageOf<Page>> = keys.iter().map(|key| key.0.clone()).collect();
        let select = |customer: CustomerId, page: &Page| {
            let select = interaction::Entity::find().filter(Column::CustomerId.eq(customer));
            page.apply(select, Column::OccurredAt, Column::Id, &Order::Desc)
        };
        let pages = batch::pages(self, &keys, select, |row: &interaction::Model| {
            row.customer_id
        })
        .await?;
        Ok(pages
            .into_iter()
            .map(|(key, rows)| (InteractionPage(key), rows))
            .collect())
    }
}

/// One interaction of the customer.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    id: InteractionId,
) -> Result<Option<interaction::Model>> {
    let select =
        interaction::Entity::find_by_id(id).filter(Column::CustomerId.eq(*permit.subject()));
    Ok(select.one(connection).await?)
}

/// Writes a new interaction.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    _: &Permit<CustomerId>,
    row: interaction::Model,
) -> Result<interaction::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}
