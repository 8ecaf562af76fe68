//! Which rows an actor reaches, and the proof that a write was allowed.

use entities::id::CustomerId;

use crate::{Actor, ActorKind, Scope};

/// The rows that a scope reaches for one actor; every `visible_to` filter in a store is made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rows {
    /// Every row.
    All,
    /// Rows about this customer.
    Of(CustomerId),
    /// No row.
    None,
}

impl Rows {
    /// Whether a row about `customer` is among them. A row about nobody is reached only by [`Rows::All`].
    pub fn include(self, customer: Option<CustomerId>) -> bool {
        match self {
            Self::All => true,
            Self::Of(own) => customer == Some(own),
            Self::None => false,
        }
    }
}

/// A record about which a decision can be made.
pub trait Subject {
    /// The customer it is about, if it is about one.
    fn customer(&self) -> Option<CustomerId>;
}

impl Subject for CustomerId {
    fn customer(&self) -> Option<CustomerId> {
        Some(*self)
    }
}

/// A record of the airline's own, about no customer: a flight, a queue.
#[derive(Clone, Copy, Debug)]
pub struct Operations;

impl Subject for Operations {
    fn customer(&self) -> Option<CustomerId> {
        None
    }
}

/// The proof that an actor may do something to a subject. Only [`Actor::permit`] makes one, and functions that write
/// ask for it, so that a write without a decision does not compile.
#[derive(Debug)]
pub struct Permit<T> {
    subject: T,
}

impl<T> Permit<T> {
    /// What the permit is for.
    pub fn subject(&self) -> &T {
        &self.subject
    }

    /// Gives the subject back, and the permit up.
    pub fn into_subject(self) -> T {
        self.subject
    }
}

impl Actor {
    /// The rows that `scope` reaches for this actor.
    pub fn rows(&self, scope: Scope) -> Rows {
        if !self.has(scope) {
            return Rows::None;
        }
        match self.kind() {
            ActorKind::Staff | ActorKind::Service => Rows::All,
            ActorKind::Customer(own) => Rows::Of(own),
            ActorKind::Anonymous | ActorKind::Partner | ActorKind::Device => Rows::None,
        }
    }

    /// A permit for `subject` under `scope`; `None` when the actor may not. The caller then answers as if the subject
    /// did not exist.
    pub fn permit<T: Subject>(&self, scope: Scope, subject: T) -> Option<Permit<T>> {
        self.rows(scope)
            .include(subject.customer())
            .then_some(Permit { subject })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn actor(kind: ActorKind) -> Actor {
        Actor::new("someone", kind, "role", ["case:write".to_owned()])
    }

    #[test]
    fn a_customer_reaches_only_their_own_rows() {
        let (own, other) = (
            CustomerId(Uuid::from_u128(1)),
            CustomerId(Uuid::from_u128(2)),
        );
        let customer = actor(ActorKind::Customer(own));
        assert!(customer.permit("case:write", own).is_some());
        assert!(customer.permit("case:write", other).is_none());
        assert!(customer.permit("case:write", Operations).is_none());
        assert!(customer.permit("order:write", own).is_none());
    }

    #[test]
    fn machines_of_others_reach_no_person() {
        let customer = CustomerId(Uuid::from_u128(1));
        for kind in [ActorKind::Anonymous, ActorKind::Partner, ActorKind::Device] {
            assert!(actor(kind).permit("case:write", customer).is_none());
        }
        assert!(
            actor(ActorKind::Staff)
                .permit("case:write", customer)
                .is_some()
        );
    }
}
