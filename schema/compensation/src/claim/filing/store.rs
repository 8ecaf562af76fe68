use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    compensation::filing::{Column, Entity, Model},
    id::{ClaimId, CustomerId},
};
use schema_kernel::{Error, Permit, Reader, Result};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

/// What was said when this claim was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FilingOf(pub(crate) ClaimId);

pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    filing: Model,
) -> Result<()> {
    Entity::insert(filing.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// What was said when these claims were filed.
pub(crate) async fn of(
    transaction: &DatabaseTransaction,
    claims: impl IntoIterator<Item = ClaimId>,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ClaimId.is_in(claims))
        .all(transaction)
        .await?)
}

impl Loader<FilingOf> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[FilingOf]) -> Result<HashMap<FilingOf, Model>> {
        let rows = Entity::find()
            .filter(Column::ClaimId.is_in(keys.iter().map(|key| key.0)))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (FilingOf(row.claim_id), row))
            .collect())
    }
}
