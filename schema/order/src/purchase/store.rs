//! Reading and writing purchases.

use entities::{
    id::{CustomerId, FlightId, PurchaseId},
    order::{flight, purchase},
};
use schema_kernel::{Database, Permit, Result, Rows};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    Select,
};

/// Purchases that an actor reaches; every read of purchases begins here.
pub(crate) fn visible_to(rows: Rows) -> Select<purchase::Entity> {
    let select = purchase::Entity::find();
    match rows {
        Rows::All => select,
        Rows::Of(customer) => select.filter(purchase::Column::CustomerId.eq(customer)),
        Rows::None => select.filter(purchase::Column::Id.is_null()),
    }
}

/// One purchase, if the actor reaches it.
pub(super) async fn by_id(
    database: &Database,
    rows: Rows,
    id: PurchaseId,
) -> Result<Option<purchase::Model>> {
    Ok(visible_to(rows)
        .filter(purchase::Column::Id.eq(id))
        .one(database.reader())
        .await?)
}

/// Whether there is a flight with this id.
pub(super) async fn has_flight(transaction: &DatabaseTransaction, id: FlightId) -> Result<bool> {
    Ok(flight::Entity::find_by_id(id)
        .one(transaction)
        .await?
        .is_some())
}

/// Writes a purchase.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    purchase: purchase::Model,
) -> Result<()> {
    purchase.into_active_model().insert(transaction).await?;
    Ok(())
}
