//! Pages of what customers have, for many customers in one statement.

use std::{collections::HashMap, hash::Hash};

use async_graphql::dataloader::Loader;
use chrono::TimeDelta;
use entities::{
    id::CustomerId,
    order::{journey, order, purchase},
};
use schema_kernel::{
    Database, Error, Page, Reader, Result, Rows, keyset::union_of, scalar::DateTime,
};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, Select};

use super::JourneyPeriod;
use crate::{order::store as orders, purchase::store as purchases};

// No journey takes longer; it lets the index by departure find the journeys that have not ended.
const LONGEST_JOURNEY: TimeDelta = TimeDelta::days(7);

/// Asks for a page of the orders of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OrdersOfCustomer {
    pub(super) customer: CustomerId,
    pub(super) rows: Rows,
    pub(super) page: Page,
}

/// Asks for a page of the journeys of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct JourneysOfCustomer {
    pub(super) customer: CustomerId,
    pub(super) rows: Rows,
    pub(super) period: JourneyPeriod,
    pub(super) now: DateTime,
    pub(super) page: Page,
}

/// Asks for a page of the purchases of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PurchasesOfCustomer {
    pub(super) customer: CustomerId,
    pub(super) rows: Rows,
    pub(super) page: Page,
}

/// A question about one customer, which can be put for many at once.
trait OfCustomer: Clone + Eq + Hash {
    type Entity: EntityTrait;

    fn customer(&self) -> CustomerId;
    /// The page of this one customer.
    fn select(&self) -> Select<Self::Entity>;
    /// The same question about another customer.
    fn about(&self, customer: CustomerId) -> Self;
}

type Row<Key> = <<Key as OfCustomer>::Entity as EntityTrait>::Model;

/// One statement for each different question, whatever the number of customers it is put for.
async fn pages<Key: OfCustomer>(
    database: &Database,
    keys: &[Key],
    owner: fn(&Row<Key>) -> CustomerId,
) -> Result<HashMap<Key, Vec<Row<Key>>>> {
    let mut questions: Vec<(Key, Vec<&Key>)> = Vec::new();
    for key in keys {
        match questions
            .iter_mut()
            .find(|(question, _)| question.about(key.customer()) == *key)
        {
            Some((_, same)) => same.push(key),
            None => questions.push((key.clone(), vec![key])),
        }
    }
    let mut found = HashMap::new();
    for (question, same) in questions {
        let arms = same.into_iter().map(OfCustomer::select);
        let Some(statement) = union_of(database.backend(), arms) else {
            continue;
        };
        for row in Key::Entity::find()
            .from_raw_sql(statement)
            .all(database.reader())
            .await?
        {
            found
                .entry(question.about(owner(&row)))
                .or_insert_with(Vec::new)
                .push(row);
        }
    }
    Ok(found)
}

impl OfCustomer for OrdersOfCustomer {
    type Entity = order::Entity;

    fn customer(&self) -> CustomerId {
        self.customer
    }

    fn select(&self) -> Select<order::Entity> {
        let select =
            orders::visible_to(self.rows).filter(order::Column::CustomerId.eq(self.customer));
        self.page.apply(
            select,
            order::Column::PlacedAt,
            order::Column::Id,
            &Order::Desc,
        )
    }

    fn about(&self, customer: CustomerId) -> Self {
        Self {
            customer,
            ..self.clone()
        }
    }
}

impl OfCustomer for JourneysOfCustomer {
    type Entity = journey::Entity;

    fn customer(&self) -> CustomerId {
        self.customer
    }

    fn select(&self) -> Select<journey::Entity> {
        let own = journey::Entity::find().filter(journey::Column::CustomerId.eq(self.customer));
        let visible = if self.rows.include(Some(self.customer)) {
            own
        } else {
            own.filter(journey::Column::Id.is_null())
        };
        let (select, order) = match self.period {
            JourneyPeriod::Upcoming => {
                let ahead = visible
                    .filter(journey::Column::DepartsAt.gt(self.now - LONGEST_JOURNEY))
                    .filter(journey::Column::ArrivesAt.gte(self.now));
                (ahead, Order::Asc)
            }
            JourneyPeriod::Past => (
                visible.filter(journey::Column::ArrivesAt.lt(self.now)),
                Order::Desc,
            ),
            JourneyPeriod::All => (visible, Order::Desc),
        };
        self.page.apply(
            select,
            journey::Column::DepartsAt,
            journey::Column::Id,
            &order,
        )
    }

    fn about(&self, customer: CustomerId) -> Self {
        Self {
            customer,
            ..self.clone()
        }
    }
}

impl OfCustomer for PurchasesOfCustomer {
    type Entity = purchase::Entity;

    fn customer(&self) -> CustomerId {
        self.customer
    }

    fn select(&self) -> Select<purchase::Entity> {
        let select =
            purchases::visible_to(self.rows).filter(purchase::Column::CustomerId.eq(self.customer));
        self.page.apply(
            select,
            purchase::Column::PurchasedAt,
            purchase::Column::Id,
            &Order::Desc,
        )
    }

    fn about(&self, customer: CustomerId) -> Self {
        Self {
            customer,
            ..self.clone()
        }
    }
}

macro_rules! loads {
    ($($key:ident => $table:ident),*) => {$(
        impl Loader<$key> for Reader {
            type Value = Vec<$table::Model>;
            type Error = Error;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Vec<$table::Model>>> {
                pages(&self.database, keys, |row| row.customer_id).await
            }
        }
    )*};
}

loads!(OrdersOfCustomer => order, JourneysOfCustomer => journey, PurchasesOfCustomer => purchase);
