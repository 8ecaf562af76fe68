use chrono::{DateTime, Utc};
use entities::{
    id::DataRequestId,
    profile::{
        data_request::{self, Entity, Kind, Model, State},
        restriction,
    },
};
use schema_kernel::{Page, Permit, Result, Rows, id::CustomerId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, Order, QueryFilter, QuerySelect, Select, sea_query::OnConflict,
};

fn visible_to(select: Select<Entity>, rows: Rows) -> Select<Entity> {
    match rows {
        Rows::All => select,
        Rows::Of(own) => select.filter(data_request::Column::CustomerId.eq(own)),
        Rows::None => select.filter(data_request::Column::Id.is_null()),
    }
}

/// The request with this id, among those the asker sees.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    rows: Rows,
    id: DataRequestId,
) -> Result<Option<Model>> {
    Ok(visible_to(Entity::find_by_id(id), rows)
        .one(connection)
        .await?)
}

/// One page of the requests that fit, the newest first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    rows: Rows,
    customer: Option<CustomerId>,
    state: Option<State>,
    page: &Page,
) -> Result<Vec<Model>> {
    let mut select = visible_to(Entity::find(), rows);
    if let Some(customer) = customer {
        select = select.filter(data_request::Column::CustomerId.eq(customer));
    }
    if let Some(state) = state {
        select = select.filter(data_request::Column::State.eq(state));
    }
    let select = page.apply(
        select,
        data_request::Column::RequestedAt,
        data_request::Column::Id,
        &Order::Desc,
    );
    Ok(select.all(connection).await?)
}

/// The request with this id, held against other writers until the transaction ends.
pub(super) async fn lock(
    transaction: &DatabaseTransaction,
    id: DataRequestId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    row: Model,
) -> Result<Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(transaction)
        .await?)
}

/// Writes a changed request.
pub(super) async fn replace(transaction: &DatabaseTransaction, row: Model) -> Result<Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .update(transaction)
        .await?)
}

/// Notes that the data of a customer is not to be used.
pub(super) async fn restrict(
    transaction: &DatabaseTransaction,
    customer_id: CustomerId,
    kind: Kind,
    since: DateTime<Utc>,
) -> Result<()> {
    let row = restriction::Model {
        customer_id,
        kind,
        since,
    };
    let again = OnConflict::columns([restriction::Column::CustomerId, restriction::Column::Kind])
        .do_nothing()
        .to_owned();
    restriction::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
