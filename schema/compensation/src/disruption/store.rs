use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    compensation::disruption,
    id::{CustomerId, DisruptionId, JourneyId, PassengerId},
};
use schema_kernel::{Error, Permit, Reader, Result};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

/// The disruption with this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DisruptionById(pub(crate) DisruptionId);

/// Everything that was reported about a matter of a passenger's journey, held until the transaction ends, so that a report and
/// a person's decision about the same journey come one after the other.
pub(crate) async fn hold_of_matter(
    transaction: &DatabaseTransaction,
    passenger: PassengerId,
    journey: JourneyId,
    matter: &str,
) -> Result<Vec<disruption::Model>> {
    let select = disruption::Entity::find()
        .filter(disruption::Column::PassengerId.eq(passenger))
        .filter(disruption::Column::JourneyId.eq(journey))
        .filter(disruption::Column::Matter.eq(matter))
        .lock_exclusive();
    Ok(select.all(transaction).await?)
}

/// The disruption with this id, held until the transaction ends.
pub(crate) async fn hold_by_id(
    transaction: &DatabaseTransaction,
    id: DisruptionId,
) -> Result<disruption::Model> {
    disruption::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a claim has lost its disruption")))
}

/// The disruptions that were recorded last, before this one where one is given; the last one first.
pub(crate) async fn latest(
    connection: &impl ConnectionTrait,
    before: Option<DisruptionId>,
    limit: u64,
) -> Result<Vec<disruption::Model>> {
    let mut select = disruption::Entity::find().order_by_desc(disruption::Column::Id);
    if let Some(before) = before {
        select = select.filter(disruption::Column::Id.lt(before));
    }
    Ok(select.limit(limit).all(connection).await?)
}

pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    disruption: disruption::Model,
) -> Result<()> {
    disruption::Entity::insert(disruption.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Writes every column of a disruption that is held.
pub(crate) async fn update(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    disruption: disruption::Model,
) -> Result<()> {
    disruption::Entity::update_many()
        .set(disruption.clone().into_active_model().reset_all())
        .filter(disruption::Column::Id.eq(disruption.id))
        .exec(transaction)
        .await?;
    Ok(())
}

impl Loader<DisruptionById> for Reader {
    type Value = disruption::Model;
    type Error = Error;

    async fn load(
        &self,
        keys: &[DisruptionById],
    ) -> Result<HashMap<DisruptionById, disruption::Model>> {
        let rows = disruption::Entity::find()
            .filter(disruption::Column::Id.is_in(keys.iter().map(|key| key.0)))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (DisruptionById(row.id), row))
            .collect())
    }
}
