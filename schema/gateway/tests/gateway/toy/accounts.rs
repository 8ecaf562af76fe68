//! Who people are.

use std::sync::{Arc, Mutex};

use async_graphql::{EmptySubscription, ID, MergedObject, Object, Result, Schema};

use super::data::{self, Address};

pub(crate) struct User(pub String);

/// A person with an account.
#[Object]
impl User {
    /// Identifies the person.
    async fn id(&self) -> ID {
        data::id(&self.0)
    }

    #[graphql(shareable)]
    async fn name(&self) -> String {
        data::user_name(&self.0)
    }

    #[graphql(deprecation = "Use `name`; goes on 2027-01-01.")]
    async fn nickname(&self) -> Option<Result<String>> {
        data::user_nickname(&self.0)
    }

    #[graphql(requires_scopes = "user:email")]
    async fn email(&self) -> Result<String> {
        data::user_email(&self.0)
    }

    async fn address(&self) -> Option<Address> {
        data::user_address(&self.0)
    }

    async fn friends(&self, #[graphql(default = 2)] first: i32) -> Vec<User> {
        let others = data::USERS.iter().filter(|id| **id != self.0);
        others
            .take(usize::try_from(first).unwrap())
            .map(|id| User((*id).to_owned()))
            .collect()
    }

    #[graphql(inaccessible)]
    async fn secret(&self) -> String {
        "hidden".to_owned()
    }
}

#[derive(Default)]
pub(crate) struct UserQuery;

#[Object]
impl UserQuery {
    #[graphql(entity)]
    async fn user_by_id(&self, id: ID) -> Option<Result<User>> {
        match id.as_str() {
            "broken" => Some(data::fail("BAD_USER_INPUT", "that is no id")),
            known if data::USERS.contains(&known) => Some(Ok(User(id.0))),
            _ => None,
        }
    }

    /// Everybody.
    async fn users(&self) -> Vec<User> {
        data::USERS
            .iter()
            .map(|id| User((*id).to_owned()))
            .collect()
    }

    async fn user(&self, #[graphql(desc = "Whose account.")] id: ID) -> Option<User> {
        data::USERS.contains(&id.as_str()).then_some(User(id.0))
    }

    /// Fails always, and must not be null.
    async fn doom(&self) -> Result<String> {
        data::fail("CONFLICT", "doom")
    }

    async fn ids(&self, of: Vec<Option<i32>>) -> Vec<Option<i32>> {
        of
    }
}

#[derive(Default)]
pub(crate) struct ServiceQuery;

#[Object]
impl ServiceQuery {
    #[graphql(shareable)]
    async fn version(&self) -> i32 {
        1
    }
}

#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub(crate) struct Query(UserQuery, ServiceQuery);

/// What mutations did, in order.
#[derive(Clone, Default)]
pub(crate) struct Journal(pub Arc<Mutex<Vec<String>>>);

pub(crate) struct Mutation(pub Journal);

#[Object]
impl Mutation {
    async fn rename(&self, id: ID, name: String) -> Result<User> {
        self.0
            .0
            .lock()
            .unwrap()
            .push(format!("rename {} {name}", id.as_str()));
        if id.as_str() == "0" {
            return data::fail("NOT_FOUND", "nobody has this id");
        }
        Ok(User(id.0))
    }

    async fn forget(&self, id: ID) -> Option<Result<bool>> {
        self.0
            .0
            .lock()
            .unwrap()
            .push(format!("forget {}", id.as_str()));
        Some(if id.as_str() == "0" {
            data::fail("NOT_FOUND", "nobody has this id")
        } else {
            Ok(true)
        })
    }
}

pub(crate) fn schema() -> Schema<Query, Mutation, EmptySubscription> {
    with_journal(Journal::default())
}

pub(crate) fn with_journal(journal: Journal) -> Schema<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation(journal), EmptySubscription).finish()
}
