//! What every process knows by heart about who may do what: roles, and what was revoked lately.
//!
//! Bearer tokens are checked without a database, and sockets stay open for hours; both ask this. A process that revokes
//! something knows it at once, the others when they look the next time. A session in a cookie is looked up with each
//! request, so ending one is felt at once everywhere.

mod store;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use entities::{
    id::{CustomerId, UserSessionId},
    identity::role::{Kind, Model as RoleModel},
};
use schema_kernel::{Actor, ActorKind, Database, Result};
use tokio::sync::watch;

/// For how long an ended session is remembered here: as long as it can take a socket to hear of it, many times over.
const REMEMBERED: TimeDelta = TimeDelta::hours(1);

/// What a role lets its holders do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRights {
    /// The name.
    pub name: String,
    /// The kind of actor it is for.
    pub kind: Kind,
    /// What it lets them do.
    pub scopes: Vec<String>,
    /// Whether a password alone is not enough.
    pub is_second_factor_required: bool,
    /// Counted up by each change.
    pub version: i32,
}

impl RoleRights {
    /// The kind of actor, which decides the rows that the scopes reach. `None` for a customer without an id, who is nobody.
    pub fn actor_kind(&self, customer: Option<CustomerId>) -> Option<ActorKind> {
        match self.kind {
            Kind::Staff => Some(ActorKind::Staff),
            Kind::Customer => customer.map(ActorKind::Customer),
            Kind::Partner => Some(ActorKind::Partner),
            Kind::Device => Some(ActorKind::Device),
        }
    }

    /// An actor in this role with this name in logs; with those of `asked` alone where less is wanted. A role never gives
    /// more than it has.
    pub fn actor(
        &self,
        id: impl Into<String>,
        customer: Option<CustomerId>,
        asked: Option<&[String]>,
    ) -> Option<Actor> {
        let scopes = self
            .scopes
            .iter()
            .filter(|scope| asked.is_none_or(|asked| asked.contains(scope)));
        let kind = self.actor_kind(customer)?;
        Some(Actor::new(id, kind, self.name.clone(), scopes.cloned()))
    }
}

impl From<RoleModel> for RoleRights {
    fn from(role: RoleModel) -> Self {
        Self {
            name: role.name,
            kind: role.kind,
            scopes: role.scopes.0,
            is_second_factor_required: role.is_second_factor_required,
            version: role.version,
        }
    }
}

/// What is known at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    roles: BTreeMap<String, Arc<RoleRights>>,
    ended: HashSet<UserSessionId>,
    revoked: HashMap<String, DateTime<Utc>>,
}

impl Snapshot {
    /// These roles, and nothing revoked.
    pub fn of_roles(roles: impl IntoIterator<Item = RoleRights>) -> Self {
        Self {
            roles: by_name(roles),
            ..Self::default()
        }
    }

    /// The role of this name.
    pub fn role(&self, name: &str) -> Option<&Arc<RoleRights>> {
        self.roles.get(name)
    }

    /// All roles, by name.
    pub fn roles(&self) -> impl Iterator<Item = &RoleRights> {
        self.roles.values().map(AsRef::as_ref)
    }

    /// Whether this session was ended lately.
    pub fn has_ended(&self, session: UserSessionId) -> bool {
        self.ended.contains(&session)
    }

    /// Whether a token that was issued at this moment under this name is revoked: its own name (`jti`), that of its family,
    /// or that of whom it speaks of.
    pub fn is_revoked(&self, name: &str, issued_at: Option<DateTime<Utc>>) -> bool {
        self.revoked
            .get(name)
            .is_some_and(|revoked_at| issued_at.is_none_or(|issued_at| issued_at <= *revoked_at))
    }
}

fn by_name(roles: impl IntoIterator<Item = RoleRights>) -> BTreeMap<String, Arc<RoleRights>> {
    roles
        .into_iter()
        .map(|role| (role.name.clone(), Arc::new(role)))
        .collect()
}

/// What a process knows now, and hears of. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Standing(Arc<watch::Sender<Arc<Snapshot>>>);

impl Standing {
    /// For a process that knows nothing but these roles yet.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(Arc::new(watch::Sender::new(Arc::new(snapshot))))
    }

    /// What is known now.
    pub fn current(&self) -> Arc<Snapshot> {
        self.0.borrow().clone()
    }

    /// Hears of each change.
    pub fn subscribe(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.0.subscribe()
    }

    /// Looks at what is stored, and tells everybody who hears where it differs.
    ///
    /// # Errors
    /// When the database does not answer; what was known stays known.
    pub async fn refresh(&self, database: &Database, now: DateTime<Utc>) -> Result<()> {
        let read = Arc::new(store::read(database.writer(), now, now - REMEMBERED).await?);
        self.0.send_if_modified(|known| {
            let is_news = **known != *read;
            *known = read;
            is_news
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn role(kind: Kind) -> RoleRights {
        RoleRights {
            name: "role".to_owned(),
            kind,
            scopes: vec!["a:read".to_owned(), "a:write".to_owned()],
            is_second_factor_required: false,
            version: 1,
        }
    }

    #[test]
    fn nobody_gets_more_than_the_role_has() {
        let asked = ["a:read".to_owned(), "b:read".to_owned()];
        let actor = role(Kind::Staff).actor("x", None, Some(&asked)).unwrap();
        assert_eq!(actor.scopes().collect::<Vec<_>>(), ["a:read"]);
    }

    #[test]
    fn a_customer_is_somebody() {
        assert!(role(Kind::Customer).actor("x", None, None).is_none());
        let customer = CustomerId(Uuid::from_u128(1));
        let actor = role(Kind::Customer)
            .actor("x", Some(customer), None)
            .unwrap();
        assert_eq!(actor.kind(), ActorKind::Customer(customer));
    }

    #[test]
    fn what_was_issued_after_a_revocation_holds() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let mut snapshot = Snapshot::default();
        snapshot.revoked.insert("x".to_owned(), at(10).unwrap());
        assert!(snapshot.is_revoked("x", at(10)) && snapshot.is_revoked("x", None));
        assert!(!snapshot.is_revoked("x", at(11)) && !snapshot.is_revoked("y", at(1)));
    }
}
