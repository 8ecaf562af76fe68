//! Everything the merged schema reads, with the statements that the subgraphs send.

use std::{collections::HashMap, hash::Hash};

use async_graphql::dataloader::Loader;
use entities::{
    case::case,
    compensation::claim,
    id::{CustomerId, FlightId, JourneyId},
    order::{airport, flight, flight_segment, journey},
    profile::{contact_point, customer, loyalty_membership, preference, timeline_entry},
};
use schema_kernel::{Database, Error, Page, Reader, Result, keyset::union_of};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};

/// One page of all customers, by family name.
pub(super) async fn customers(database: &Database, page: &Page) -> Result<Vec<customer::Model>> {
    let select = page.apply(
        customer::Entity::find(),
        customer::Column::FamilySearch,
        customer::Column::Id,
        &Order::Asc,
    );
    Ok(select.all(database.reader()).await?)
}

/// Loads single rows by a column that names them.
macro_rules! rows {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $table:ident by $column:ident, |$row:ident| $of:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub(super) struct $key(pub(super) $id);

        impl Loader<$key> for Reader {
            type Value = $table::Model;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $table::Model>> {
                let rows = $table::Entity::find()
                    .filter($table::Column::$column.is_in(keys.iter().map(|key| key.0.clone())))
                    .all(self.database.reader())
                    .await?;
                Ok(rows.into_iter().map(|$row| ($key($of), $row)).collect())
            }
        }
    )*};
}

rows! {
    /// A customer.
    CustomerById(CustomerId) => customer by Id, |row| row.id;
    /// A flight.
    FlightById(FlightId) => flight by Id, |row| row.id;
    /// An airport.
    AirportByCode(String) => airport by Iata, |row| row.iata.clone();
}

/// Loads all rows that hang on a parent, in an order.
macro_rules! groups {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $table:ident by $column:ident, |$row:ident| $of:expr, |$select:ident| $sorted:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) struct $key(pub(super) $id);

        impl Loader<$key> for Reader {
            type Value = Vec<$table::Model>;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$table::Model>>> {
                let $select = $table::Entity::find()
                    .filter($table::Column::$column.is_in(keys.iter().map(|key| key.0)));
                let mut groups: HashMap<$key, Vec<$table::Model>> = HashMap::new();
                for $row in $sorted.all(self.database.reader()).await? {
                    groups.entry($key($of)).or_default().push($row);
                }
                Ok(groups)
            }
        }
    )*};
}

groups! {
    /// The ways to reach a customer, primary ones first.
    ContactPointsOf(CustomerId) => contact_point by CustomerId, |row| row.customer_id, |select| select
        .order_by_desc(contact_point::Column::IsPrimary)
        .order_by_asc(contact_point::Column::Kind)
        .order_by_asc(contact_point::Column::Id);
    /// The loyalty memberships of a customer.
    MembershipsOf(CustomerId) => loyalty_membership by CustomerId, |row| row.customer_id, |select| select;
    /// The preferences of a customer.
    PreferencesOf(CustomerId) => preference by CustomerId, |row| row.customer_id, |select| select
        .order_by_asc(preference::Column::Kind);
    /// The places on flights of a journey, in order of travel.
    SegmentsOf(JourneyId) => flight_segment by JourneyId, |row| row.journey_id, |select| select
        .order_by_asc(flight_segment::Column::Sequence)
        .order_by_asc(flight_segment::Column::Id);
}

/// A list that hangs on a customer, sorted by an instant, newest first.
trait OfCustomer: Clone + Eq + Hash {
    type Entity: EntityTrait;

    fn page(&self) -> &Page;
    fn select(&self) -> Select<Self::Entity>;
    fn about(&self, customer: CustomerId) -> Self;
}

/// One statement for all customers that are asked for the same page.
async fn pages<Key: OfCustomer>(
    reader: &Reader,
    keys: &[Key],
    owner: fn(&<Key::Entity as EntityTrait>::Model) -> Option<CustomerId>,
) -> Result<HashMap<Key, Vec<<Key::Entity as EntityTrait>::Model>>> {
    let mut by_page: HashMap<&Page, Vec<&Key>> = HashMap::new();
    for key in keys {
        by_page.entry(key.page()).or_default().push(key);
    }
    let mut found: HashMap<Key, Vec<_>> = HashMap::new();
    for same in by_page.into_values() {
        let Some(first) = same.first().copied() else {
            continue;
        };
        let arms = same.iter().map(|key| key.select());
        let Some(statement) = union_of(reader.database.backend(), arms) else {
            continue;
        };
        let select = Key::Entity::find().from_raw_sql(statement);
        for row in select.all(reader.database.reader()).await? {
            if let Some(owner) = owner(&row) {
                found.entry(first.about(owner)).or_default().push(row);
            }
        }
    }
    Ok(found)
}

macro_rules! lists {
    ($($(#[$doc:meta])* $key:ident => $table:ident by $sorted:ident, |$row:ident| $owner:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub(super) struct $key {
            pub(super) customer: CustomerId,
            pub(super) page: Page,
        }

        impl OfCustomer for $key {
            type Entity = $table::Entity;

            fn page(&self) -> &Page {
                &self.page
            }

            fn select(&self) -> Select<$table::Entity> {
                let own = $table::Entity::find().filter($table::Column::CustomerId.eq(self.customer));
                self.page.apply(own, $table::Column::$sorted, $table::Column::Id, &Order::Desc)
            }

            fn about(&self, customer: CustomerId) -> Self {
                Self { customer, page: self.page.clone() }
            }
        }

        impl Loader<$key> for Reader {
            type Value = Vec<$table::Model>;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$table::Model>>> {
                pages(self, keys, |$row| $owner).await
            }
        }
    )*};
}

lists! {
    /// A page of a customer's timeline.
    TimelineOf => timeline_entry by OccurredAt, |row| Some(row.customer_id);
    /// A page of a customer's journeys.
    JourneysOf => journey by DepartsAt, |row| Some(row.customer_id);
    /// A page of a customer's cases.
    CasesOf => case by OpenedAt, |row| row.customer_id;
    /// A page of a customer's claims.
    ClaimsOf => claim by OpenedAt, |row| Some(row.customer_id);
}
