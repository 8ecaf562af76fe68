//! On whose behalf something is done.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use entities::id::CustomerId;

/// The name of a right, as the schema declares it with `@requiresScopes`: `"case:write"`.
pub type Scope = &'static str;

/// The scope of everything that anybody may read: the shape of errors, of money, of pages.
pub const PUBLIC: Scope = "public";

/// Who acts, and what they may do.
///
/// An actor is made once, from a checked token, and is then only read. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Actor(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    id: String,
    kind: ActorKind,
    role: Cow<'static, str>,
    scopes: BTreeSet<String>,
}

/// The kinds of actor; they differ in which rows their scopes reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// Nobody has said who they are. Reaches only what is public.
    Anonymous,
    /// A person who works for the airline. Reaches every row their scopes allow.
    Staff,
    /// A customer. Reaches only rows about themselves.
    Customer(CustomerId),
    /// Another organisation's program. Reaches no rows about persons.
    Partner,
    /// A kiosk or another enrolled device.
    Device,
    /// A program of the airline: an import, a consumer of events.
    Service,
}

impl Actor {
    /// An actor with the given name in logs and histories, kind, role and scopes.
    pub fn new(
        id: impl Into<String>,
        kind: ActorKind,
        role: impl Into<Cow<'static, str>>,
        scopes: impl IntoIterator<Item = String>,
    ) -> Self {
        Self(Arc::new(Inner {
            id: id.into(),
            kind,
            role: role.into(),
            scopes: scopes.into_iter().collect(),
        }))
    }

    /// Nobody in particular.
    pub fn anonymous() -> Self {
        Self::new("anonymous", ActorKind::Anonymous, "anonymous", [])
    }

    /// A program of the airline, which may do everything; `name` is what histories show: `"import"`.
    pub fn service(name: &str) -> Self {
        Self::new(name, ActorKind::Service, "service", [])
    }

    /// What logs and histories show. Never personal data.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The kind of actor.
    pub fn kind(&self) -> ActorKind {
        self.0.kind
    }

    /// The role's name: `"contact-centre-agent"`.
    pub fn role(&self) -> &str {
        &self.0.role
    }

    /// Whether nobody has said who they are.
    pub fn is_anonymous(&self) -> bool {
        self.0.kind == ActorKind::Anonymous
    }

    /// Whether the actor holds `scope`.
    pub fn has(&self, scope: &str) -> bool {
        scope == PUBLIC || self.0.kind == ActorKind::Service || self.0.scopes.contains(scope)
    }

    /// The scopes the actor was given, in order.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.0.scopes.iter().map(String::as_str)
    }
}
