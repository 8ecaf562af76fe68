//! Contact points in storage.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::contact_point::{self, Column, Kind};
use schema_kernel::{
    Error, Permit, Reader, Result,
    id::{ContactPointId, CustomerId},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use super::ContactPointKind;
use crate::batch;

/// The contact points of a customer, primary ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ContactPointsOf(pub(super) CustomerId);

impl Loader<ContactPointsOf> for Reader {
    type Value = Vec<contact_point::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[ContactPointsOf],
    ) -> Result<HashMap<ContactPointsOf, Vec<contact_point::Model>>> {
        let rows = contact_point::Entity::find()
            .filter(Column::CustomerId.is_in(keys.iter().map(|key| key.0)))
            .order_by_desc(Column::IsPrimary)
            .order_by_asc(Column::Kind)
            .order_by_asc(Column::Id)
            .all(self.database.reader())
            .await?;
        let groups = batch::by_customer(rows, |row| row.customer_id);
        Ok(groups
            .into_iter()
            .map(|(customer, rows)| (ContactPointsOf(customer), rows))
            .collect())
    }
}

/// Whether any customer is reached by this value.
pub(crate) async fn is_known(
    connection: &impl ConnectionTrait,
    kind: ContactPointKind,
    value: &str,
) -> Result<bool> {
    let found = contact_point::Entity::find()
        .filter(Column::Kind.eq(Kind::from(kind)))
        .filter(Column::NormalisedValue.eq(super::normalised(value)))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// All contact points of the customer, oldest first.
pub(super) async fn all(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
) -> Result<Vec<contact_point::Model>> {
    let select = contact_point::Entity::find().filter(Column::CustomerId.eq(*permit.subject()));
    Ok(select
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?)
}

/// One contact point of the customer.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    id: ContactPointId,
) -> Result<Option<contact_point::Model>> {
    let select =
        contact_point::Entity::find_by_id(id).filter(Column::CustomerId.eq(*permit.subject()));
    Ok(select.one(connection).await?)
}

/// Writes a new contact point.
pub(crate) async fn insert<Subject>(
    connection: &impl ConnectionTrait,
    _: &Permit<Subject>,
    row: contact_point::Model,
) -> Result<contact_point::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Makes one contact point the primary one of its kind, and the others of the kind not.
pub(super) async fn set_primary(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    kind: Kind,
    primary: ContactPointId,
) -> Result<()> {
    for (is_primary, which) in [
        (false, Column::Id.ne(primary)),
        (true, Column::Id.eq(primary)),
    ] {
        contact_point::Entity::update_many()
            .col_expr(Column::IsPrimary, is_primary.into())
            .filter(Column::CustomerId.eq(*permit.subject()))
            .filter(Column::Kind.eq(kind))
            .filter(which)
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// Removes a contact point.
pub(super) async fn delete(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    id: ContactPointId,
) -> Result<()> {
    contact_point::Entity::delete_many()
        .filter(Column::CustomerId.eq(*permit.subject()))
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}
