//! Users in the database.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    id::{CustomerId, UserId},
    identity::user::{Column, Entity, Model, State},
};
use schema_kernel::{Error, Page, Reader, Result, database::violated_constraint};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, Order, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::Reach;

/// A user by id, as the asker reaches them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UserKey {
    pub(crate) id: UserId,
    pub(crate) reach: Reach,
}

/// Which users.
#[derive(Clone, Debug, Default)]
pub(super) struct Criteria {
    pub(super) role: Option<String>,
    pub(super) state: Option<State>,
    pub(super) email: Option<String>,
}

/// What stands in the way of a new user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Somebody has this address.
    Email,
    /// Somebody is this customer.
    Customer,
}

fn reached(reach: Reach) -> Condition {
    match reach {
        Reach::All => Condition::all(),
        Reach::User(own) => Condition::all().add(Column::Id.eq(own)),
        Reach::Customer(own) => Condition::all().add(Column::CustomerId.eq(own)),
        Reach::Nobody => Condition::any().add(Column::Id.is_null()),
    }
}

/// The user with this address.
pub(crate) async fn by_email(
    connection: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::Email.eq(email))
        .one(connection)
        .await?)
}

/// The user with this id.
pub(crate) async fn by_id(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// The one user that is reached.
pub(crate) async fn own(connection: &impl ConnectionTrait, own: Reach) -> Result<Option<Model>> {
    Ok(Entity::find().filter(reached(own)).one(connection).await?)
}

/// The user with this id, held until the transaction ends.
pub(crate) async fn hold(transaction: &DatabaseTransaction, id: UserId) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// Writes a new user, or says what stands in the way.
pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    user: &Model,
) -> Result<Result<(), Taken>> {
    // Looked for first: on PostgreSQL a violated constraint ends the transaction.
    if by_email(transaction, &user.email).await?.is_some() {
        return Ok(Err(Taken::Email));
    }
    if let Some(customer) = user.customer_id
        && is_known(transaction, customer).await?
    {
        return Ok(Err(Taken::Customer));
    }
    let inserted = Entity::insert(user.clone().into_active_model())
        .exec_without_returning(transaction)
        .await;
    match inserted {
        Ok(_) => Ok(Ok(())),
        Err(error) => match violated_constraint(&error) {
            Some(name) if name.contains("customer") => Ok(Err(Taken::Customer)),
            Some(name) if name.contains("email") => Ok(Err(Taken::Email)),
            _ => Err(error.into()),
        },
    }
}

async fn is_known(connection: &impl ConnectionTrait, customer: CustomerId) -> Result<bool> {
    let users = Entity::find().filter(Column::CustomerId.eq(customer));
    Ok(users.count(connection).await? > 0)
}

/// Writes a user who is held.
pub(crate) async fn write(transaction: &DatabaseTransaction, user: &Model) -> Result<()> {
    Entity::update(user.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(())
}

/// How many users with this role can sign in, besides this one.
pub(super) async fn others_with_role(
    transaction: &DatabaseTransaction,
    role: &str,
    user: UserId,
) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::Role.eq(role))
        .filter(Column::State.eq(State::Active))
        .filter(Column::Id.ne(user))
        .count(transaction)
        .await?)
}

/// One page of the users that fit, the newest first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    criteria: &Criteria,
    page: &Page,
) -> Result<Vec<Model>> {
    let all = Condition::all()
        .add_option(criteria.role.as_ref().map(|role| Column::Role.eq(role)))
        .add_option(criteria.state.map(|state| Column::State.eq(state)))
        .add_option(criteria.email.as_ref().map(|email| Column::Email.eq(email)));
    let select = Entity::find().filter(all);
    Ok(page
        .apply(select, Column::CreatedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}

impl Loader<UserKey> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[UserKey]) -> Result<HashMap<UserKey, Model>> {
        let users = Entity::find()
            .filter(Column::Id.is_in(keys.iter().map(|key| key.id)))
            .all(self.database.reader())
            .await?;
        let users: HashMap<UserId, Model> = users.into_iter().map(|user| (user.id, user)).collect();
        Ok(keys
            .iter()
            .filter_map(|key| Some((*key, users.get(&key.id)?)))
            .filter(|(key, user)| key.reach.includes(user))
            .map(|(key, user)| (key, user.clone()))
            .collect())
    }
}
