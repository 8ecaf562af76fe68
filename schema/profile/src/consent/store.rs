use chrono::{DateTime, Utc};
use entities::profile::{
    consent::{self, Entity, Model, Purpose},
    contact_point, restriction,
};
use schema_kernel::{Result, id::CustomerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

/// Everything that a customer said, the oldest first.
pub(super) async fn of_customer(
    connection: &impl ConnectionTrait,
    customer: CustomerId,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(consent::Column::CustomerId.eq(customer))
        .order_by_asc(consent::Column::At)
        .order_by_asc(consent::Column::Id)
        .all(connection)
        .await?)
}

/// Whether the customer had objected, or had their data restricted, at an instant.
pub(super) async fn is_restricted(
    connection: &impl ConnectionTrait,
    customer: CustomerId,
    instant: DateTime<Utc>,
) -> Result<bool> {
    let found = restriction::Entity::find()
        .filter(restriction::Column::CustomerId.eq(customer))
        .filter(restriction::Column::Since.lte(instant))
        .limit(1)
        .one(connection)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn insert(transaction: &DatabaseTransaction, row: Model) -> Result<Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(transaction)
        .await?)
}

/// The statement whose letter brought this secret.
pub(super) async fn by_token(
    connection: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(consent::Column::TokenHash.eq(hash))
        .one(connection)
        .await?)
}

/// Whether a customer said anything about a purpose after this statement.
pub(super) async fn is_last(connection: &impl ConnectionTrait, row: &Model) -> Result<bool> {
    let last = Entity::find()
        .filter(consent::Column::CustomerId.eq(row.customer_id))
        .filter(consent::Column::Purpose.eq(row.purpose))
        .order_by_desc(consent::Column::At)
        .order_by_desc(consent::Column::Id)
        .limit(1)
        .one(connection)
        .await?;
    Ok(last.is_some_and(|last| last.id == row.id))
}

/// The address to write to.
pub(super) async fn address(
    connection: &impl ConnectionTrait,
    customer: CustomerId,
) -> Result<Option<String>> {
    let point = contact_point::Entity::find()
        .filter(contact_point::Column::CustomerId.eq(customer))
        .filter(contact_point::Column::Kind.eq(contact_point::Kind::Email))
        .filter(contact_point::Column::IsPrimary.eq(true))
        .one(connection)
        .await?;
    Ok(point.map(|point| point.value))
}

/// Whether the person has to confirm by a letter that it was they.
pub(super) fn is_asked_by_letter(purpose: Purpose) -> bool {
    purpose == Purpose::MarketingEmail
}
