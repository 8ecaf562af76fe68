//! Reading orders and their parts.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    id::{CustomerId, OrderId},
    order::{
        ancillary, bag_tag, flight_segment, journey,
        order::{self, OrderStatus},
        order_item, passenger, service, ticket,
    },
};
use schema_kernel::{
    Database, Error, Page, Reader, Result, Rows, loader::Visible, scalar::DateTime,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

/// Orders that an actor reaches; every read of orders begins here.
pub(crate) fn visible_to(rows: Rows) -> Select<order::Entity> {
    let select = order::Entity::find();
    match rows {
        Rows::All => select,
        Rows::Of(customer) => select.filter(order::Column::CustomerId.eq(customer)),
        Rows::None => select.filter(order::Column::Id.is_null()),
    }
}

/// Asks for the order with this id, as an actor sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OrderById(pub(crate) Visible<OrderId>);

impl Loader<OrderById> for Reader {
    type Value = order::Model;
    type Error = Error;

    async fn load(&self, keys: &[OrderById]) -> Result<HashMap<OrderById, order::Model>> {
        let ids = keys.iter().map(|key| key.0.key);
        let found: HashMap<OrderId, order::Model> = order::Entity::find()
            .filter(order::Column::Id.is_in(ids))
            .all(self.database.reader())
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let seen = |key: &OrderById| {
            found
                .get(&key.0.key)
                .filter(|row| key.0.rows.include(Some(row.customer_id)))
                .cloned()
        };
        Ok(keys
            .iter()
            .filter_map(|key| Some((*key, seen(key)?)))
            .collect())
    }
}

macro_rules! parts_of_orders {
    ($($(#[$doc:meta])* $key:ident => $table:ident by $first:ident, $second:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) OrderId);

        impl Loader<$key> for Reader {
            type Value = Vec<$table::Model>;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$table::Model>>> {
                let rows = $table::Entity::find()
                    .filter($table::Column::OrderId.is_in(keys.iter().map(|key| key.0)))
                    .order_by_asc($table::Column::$first)
                    .order_by_asc($table::Column::$second)
                    .all(self.database.reader())
                    .await?;
                let mut parts: HashMap<$key, Vec<$table::Model>> = HashMap::new();
                for row in rows {
                    parts.entry($key(row.order_id)).or_default().push(row);
                }
                Ok(parts)
            }
        }
    )*};
}

parts_of_orders! {
    /// Asks for the items of an order. Like all parts, they are visible to whoever sees the order.
    ItemsOfOrder => order_item by Position, Id;
    /// Asks for the services of an order.
    ServicesOfOrder => service by Position, Id;
    /// Asks for the journeys of an order.
    JourneysOfOrder => journey by Position, Id;
    /// Asks for the passengers of an order.
    PassengersOfOrder => passenger by Position, Id;
    /// Asks for the flight segments of an order, in order of travel within each journey.
    SegmentsOfOrder => flight_segment by Sequence, Id;
    /// Asks for the tickets of an order.
    TicketsOfOrder => ticket by IssuedAt, Id;
    /// Asks for the ancillaries of an order.
    AncillariesOfOrder => ancillary by Position, Id;
    /// Asks for the bag tags of an order.
    BagTagsOfOrder => bag_tag by Number, Id;
}

/// Which orders a list holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) customer_id: Option<CustomerId>,
    pub(crate) status: Option<OrderStatus>,
    pub(crate) placed_from: Option<DateTime>,
    pub(crate) placed_before: Option<DateTime>,
}

/// A page of orders, newest first.
pub(super) async fn list(
    database: &Database,
    rows: Rows,
    wanted: &Wanted,
    page: &Page,
) -> Result<Vec<order::Model>> {
    let select = visible_to(rows)
        .apply_if(wanted.customer_id, |select, customer| {
            select.filter(order::Column::CustomerId.eq(customer))
        })
        .apply_if(wanted.status, |select, status| {
            select.filter(order::Column::Status.eq(status))
        })
        .apply_if(wanted.placed_from, |select, from| {
            select.filter(order::Column::PlacedAt.gte(from))
        })
        .apply_if(wanted.placed_before, |select, before| {
            select.filter(order::Column::PlacedAt.lt(before))
        });
    Ok(page
        .apply(
            select,
            order::Column::PlacedAt,
            order::Column::Id,
            &Order::Desc,
        )
        .all(database.reader())
        .await?)
}

/// The newest order with this locator on which somebody of this family name travels. Locators are used again, so the
/// newest is the one that is meant.
pub(crate) async fn by_locator(
    database: &Database,
    rows: Rows,
    locator: &str,
    family_name_key: &str,
) -> Result<Option<order::Model>> {
    let travellers = passenger::Entity::find()
        .filter(
            passenger::Column::OrderId
                .into_expr()
                .equals((order::Entity, order::Column::Id)),
        )
        .filter(passenger::Column::FamilyNameKey.eq(family_name_key))
        .select_only()
        .column(passenger::Column::Id)
        .into_query();
    Ok(visible_to(rows)
        .filter(order::Column::RecordLocator.eq(locator))
        .filter(sea_orm::sea_query::Expr::exists(travellers))
        .order_by_desc(order::Column::PlacedAt)
        .order_by_desc(order::Column::Id)
        .limit(1)
        .one(database.reader())
        .await?)
}

/// One order, if the actor reaches it.
pub(crate) async fn by_id(
    database: &Database,
    rows: Rows,
    id: OrderId,
) -> Result<Option<order::Model>> {
    Ok(visible_to(rows)
        .filter(order::Column::Id.eq(id))
        .one(database.reader())
        .await?)
}
