//! Loyalty memberships in storage.

use chrono::NaiveDate;
use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::loyalty_membership::{self, Column};
use schema_kernel::{
    Error, Permit, Reader, Result,
    id::{CustomerId, LoyaltyMembershipId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, TryInsertResult, sea_query::OnConflict,
};

use crate::batch;

/// The memberships of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct MembershipsOf(pub(super) CustomerId);

impl Loader<MembershipsOf> for Reader {
    type Value = Vec<loyalty_membership::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[MembershipsOf],
    ) -> Result<HashMap<MembershipsOf, Vec<loyalty_membership::Model>>> {
        let rows = loyalty_membership::Entity::find()
            .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
            .all(self.database.reader())
            .await?;
        let groups = batch::by_customer(rows, |row| row.customer_id);
        Ok(groups
            .into_iter()
            .map(|(customer, rows)| (MembershipsOf(customer), rows))
            .collect())
    }
}

/// Memberships whose tier holds on a day.
pub(crate) fn holds_on(day: NaiveDate) -> Condition {
    let open = Condition::any()
        .add(Column::ValidTo.is_null())
        .add(Column::ValidTo.gte(day));
    Condition::all().add(Column::ValidFrom.lte(day)).add(open)
}

/// Whether anybody has this number in this programme.
pub(crate) async fn is_known(
    connection: &impl ConnectionTrait,
    programme: &str,
    number: &str,
) -> Result<bool> {
    let select = loyalty_membership::Entity::find()
        .filter(Column::Number.eq(number))
        .filter(Column::Programme.eq(programme));
    Ok(select.one(connection).await?.is_some())
}

/// How many memberships the customer has.
pub(super) async fn count(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
) -> Result<u64> {
    let select =
        loyalty_membership::Entity::find().filter(Column::CustomerId.eq(*permit.subject()));
    Ok(select.count(connection).await?)
}

/// One membership of the customer.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    id: LoyaltyMembershipId,
) -> Result<Option<loyalty_membership::Model>> {
    let select =
        loyalty_membership::Entity::find_by_id(id).filter(Column::CustomerId.eq(*permit.subject()));
    Ok(select.one(connection).await?)
}

/// Writes a new membership; `false` when somebody has the number in the programme already.
pub(crate) async fn insert<Subject>(
    connection: &impl ConnectionTrait,
    _: &Permit<Subject>,
    row: loyalty_membership::Model,
) -> Result<bool> {
    let taken = OnConflict::columns([Column::Number, Column::Programme])
        .do_nothing()
        .to_owned();
    let inserted = loyalty_membership::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(taken)
        .try_insert()
        .exec_without_returning(connection)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}
