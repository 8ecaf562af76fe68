//! On whose behalf something is done.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use entities::id::{CustomerId, JourneyId, UserId, UserSessionId};

use crate::problem::StepUpRequired;

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
    sign_in: Option<SignIn>,
    at_hand: Option<JourneyId>,
}

/// How a user signed in here, in a browser. Who comes with a token has signed in elsewhere, or is a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The user.
    pub user: UserId,
    /// The session, by which it can be ended.
    pub session: UserSessionId,
    /// Until when what they have shown counts as shown just now.
    pub stepped_up_until: Option<DateTime<Utc>>,
}

/// The proof that an actor has shown lately who they are. Only [`Actor::stepped_up`] makes one; what is sensitive asks for
/// it.
#[derive(Clone, Copy, Debug)]
pub struct SteppedUp(());

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
            sign_in: None,
            at_hand: None,
        }))
    }

    /// The same actor, signed in here in this way.
    #[must_use]
    pub fn signed_in(self, sign_in: SignIn) -> Self {
        Self(Arc::new(Inner {
            id: self.0.id.clone(),
            kind: self.0.kind,
            role: self.0.role.clone(),
            scopes: self.0.scopes.clone(),
            sign_in: Some(sign_in),
            at_hand: self.0.at_hand,
        }))
    }

    /// The same actor, before whom somebody has named this journey: a device then reaches it, and nothing else of anybody.
    #[must_use]
    pub fn at_hand(self, journey: JourneyId) -> Self {
        Self(Arc::new(Inner {
            id: self.0.id.clone(),
            kind: self.0.kind,
            role: self.0.role.clone(),
            scopes: self.0.scopes.clone(),
            sign_in: self.0.sign_in,
            at_hand: Some(journey),
        }))
    }

    /// The one journey that a device reaches, where somebody before it has named one.
    pub fn journey_at_hand(&self) -> Option<JourneyId> {
        self.0.at_hand.filter(|_| self.0.kind == ActorKind::Device)
    }

    /// How the actor signed in here; `None` for who came with a token, and for programs.
    pub fn sign_in(&self) -> Option<&SignIn> {
        self.0.sign_in.as_ref()
    }

    /// The proof that the actor has shown lately who they are, for what a stolen session must not be enough for: rights,
    /// payments, secrets, erasure. Tokens prove that their bearer holds them now, and live briefly: who signs them answers
    /// for how they were got.
    ///
    /// # Errors
    /// [`StepUpRequired`], which a client answers with `POST /auth/step-up`.
    pub fn stepped_up(&self, now: DateTime<Utc>) -> Result<SteppedUp, StepUpRequired> {
        let is_fresh = self
            .0
            .sign_in
            .as_ref()
            .is_none_or(|sign_in| sign_in.stepped_up_until.is_some_and(|until| until > now));
        if is_fresh {
            Ok(SteppedUp(()))
        } else {
            Err(StepUpRequired::now())
        }
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_a_device_has_a_journey_at_hand() {
        let journey = JourneyId(Uuid::from_u128(1));
        for (kind, reached) in [
            (ActorKind::Device, Some(journey)),
            (ActorKind::Staff, None),
            (ActorKind::Customer(CustomerId(Uuid::nil())), None),
            (ActorKind::Partner, None),
            (ActorKind::Anonymous, None),
        ] {
            let actor = Actor::new("x", kind, "role", []).at_hand(journey);
            assert_eq!(actor.journey_at_hand(), reached, "{kind:?}");
        }
    }

    #[test]
    fn what_was_shown_long_ago_counts_no_more() {
        let now = DateTime::UNIX_EPOCH;
        let signed_in = |stepped_up_until| {
            Actor::anonymous().signed_in(SignIn {
                user: UserId(Uuid::nil()),
                session: UserSessionId(Uuid::nil()),
                stepped_up_until,
            })
        };
        assert!(signed_in(None).stepped_up(now).is_err());
        assert!(signed_in(Some(now)).stepped_up(now).is_err());
        let later = now + TimeDelta::seconds(1);
        assert!(signed_in(Some(later)).stepped_up(now).is_ok());
        assert!(Actor::service("test").stepped_up(now).is_ok());
    }
}
