//! Customers in storage.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::profile::{contact_point, customer, loyalty_membership};
use schema_kernel::{
    Database, Error, Page, Permit, Reader, Result, Rows, id::CustomerId, loader::Visible,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, IntoActiveModel, Order, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::SimpleExpr,
};

use super::filter::{Criteria, CustomerSort, NamePattern};
use crate::{contact_point::ContactPointKind, loyalty};

/// The customer with an id, as its asker sees them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CustomerById(pub(crate) Visible<CustomerId>);

impl Loader<CustomerById> for Reader {
    type Value = customer::Model;
    type Error = Error;

    async fn load(&self, keys: &[CustomerById]) -> Result<HashMap<CustomerById, customer::Model>> {
        let ids = keys.iter().map(|key| key.0.key);
        let select = customer::Entity::find().filter(customer::Column::Id.is_in(ids));
        let rows: HashMap<CustomerId, customer::Model> = select
            .all(self.database.reader())
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let visible = keys
            .iter()
            .filter(|key| key.0.rows.include(Some(key.0.key)));
        Ok(visible
            .filter_map(|key| Some((key.clone(), rows.get(&key.0.key)?.clone())))
            .collect())
    }
}

fn visible_to(select: Select<customer::Entity>, rows: Rows) -> Select<customer::Entity> {
    match rows {
        Rows::All => select,
        Rows::Of(own) => select.filter(customer::Column::Id.eq(own)),
        Rows::None => select.filter(customer::Column::Id.is_null()),
    }
}

/// One page of the customers that match, among those the asker sees.
pub(crate) async fn search(
    database: &Database,
    rows: Rows,
    criteria: &Criteria,
    sort: CustomerSort,
    page: &Page,
) -> Result<Vec<customer::Model>> {
    let select = visible_to(customer::Entity::find(), rows).filter(condition(criteria));
    let select = match sort {
        CustomerSort::FamilyName => page.apply(
            select,
            customer::Column::FamilySearch,
            customer::Column::Id,
            &Order::Asc,
        ),
        CustomerSort::CreatedAt => page.apply(
            select,
            customer::Column::CreatedAt,
            customer::Column::Id,
            &Order::Desc,
        ),
    };
    Ok(select.all(database.reader()).await?)
}

fn condition(criteria: &Criteria) -> Condition {
    let mut all = Condition::all();
    if let Some(patterns) = &criteria.name {
        all = all.add(
            patterns
                .iter()
                .flat_map(named)
                .fold(Condition::any(), Condition::add),
        );
    }
    for (kind, value) in [
        (ContactPointKind::Email, &criteria.email),
        (ContactPointKind::Phone, &criteria.phone),
    ] {
        if let Some(value) = value {
            all = all.add(reached_by(kind, value));
        }
    }
    if let Some(number) = &criteria.loyalty_number {
        let members = members().filter(loyalty_membership::Column::Number.eq(number));
        all = all.add(customer::Column::Id.in_subquery(members.into_query()));
    }
    if let Some(tier) = criteria.tier {
        let members = members()
            .filter(loyalty_membership::Column::Tier.eq(loyalty_membership::Tier::from(tier)))
            .filter(loyalty::holds_on(criteria.today));
        all = all.add(customer::Column::Id.in_subquery(members.into_query()));
    }
    all
}

fn members() -> Select<loyalty_membership::Entity> {
    loyalty_membership::Entity::find()
        .select_only()
        .column(loyalty_membership::Column::CustomerId)
}

fn reached_by(kind: ContactPointKind, value: &str) -> SimpleExpr {
    let points = contact_point::Entity::find()
        .select_only()
        .column(contact_point::Column::CustomerId)
        .filter(contact_point::Column::Kind.eq(contact_point::Kind::from(kind)))
        .filter(contact_point::Column::NormalisedValue.eq(value));
    customer::Column::Id.in_subquery(points.into_query())
}

/// Each arm is a range of an index that begins with the name it asks for.
fn named(pattern: &NamePattern) -> Vec<Condition> {
    use customer::Column::{DocumentFamilyName, DocumentGivenName, FamilySearch, GivenSearch};

    let begins = |family, given, pattern: &NamePattern| {
        Condition::all()
            .add_option(begins_with(family, &pattern.family))
            .add_option(begins_with(given, &pattern.given))
    };
    let mut arms = vec![begins(FamilySearch, GivenSearch, pattern)];
    if pattern.given.is_ascii() && pattern.family.is_ascii() {
        let document = NamePattern {
            given: pattern.given.to_uppercase(),
            family: pattern.family.to_uppercase(),
        };
        arms.push(begins(DocumentFamilyName, DocumentGivenName, &document));
    }
    arms
}

fn begins_with(column: customer::Column, prefix: &str) -> Option<SimpleExpr> {
    // Nothing that begins with the prefix sorts behind the prefix and the last character there is.
    (!prefix.is_empty()).then(|| {
        column
            .gte(prefix)
            .and(column.lt(format!("{prefix}\u{10ffff}")))
    })
}

/// The customer with this id, held against other writers until the transaction ends, so that what a verb decides about
/// them still holds when it writes. SQLite has one writer anyway.
pub(crate) async fn lock(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
) -> Result<Option<customer::Model>> {
    Ok(customer::Entity::find_by_id(*permit.subject())
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The customer with this id.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
) -> Result<Option<customer::Model>> {
    Ok(customer::Entity::find_by_id(*permit.subject())
        .one(connection)
        .await?)
}

/// Writes a new customer.
pub(crate) async fn insert<Subject>(
    connection: &impl ConnectionTrait,
    _: &Permit<Subject>,
    row: customer::Model,
) -> Result<customer::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Writes a changed customer over the version before it; `false` when somebody else was faster.
pub(crate) async fn replace(
    connection: &impl ConnectionTrait,
    permit: &Permit<CustomerId>,
    row: customer::Model,
) -> Result<bool> {
    let before = row.version - 1;
    let written = customer::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(customer::Column::Id.eq(*permit.subject()))
        .filter(customer::Column::Version.eq(before))
        .exec(connection)
        .await?;
    Ok(written.rows_affected == 1)
}
