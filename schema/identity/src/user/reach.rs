//! Which users somebody reaches: everybody, or oneself.

use entities::{
    id::{CustomerId, UserId},
    identity::user::Model,
};
use schema_kernel::{Actor, ActorKind, Rows, Scope};

/// The users that an actor reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reach {
    /// Everybody.
    All,
    /// This user.
    User(UserId),
    /// The user who is this customer.
    Customer(CustomerId),
    /// Nobody.
    Nobody,
}

impl Reach {
    /// Whom `actor` reaches: everybody with `scope`, and themselves without it.
    pub(crate) fn of(actor: &Actor, scope: Scope) -> Self {
        if actor.rows(scope) == Rows::All {
            return Self::All;
        }
        Self::own(actor)
    }

    /// Themselves.
    pub(crate) fn own(actor: &Actor) -> Self {
        match (actor.sign_in(), actor.kind()) {
            (Some(sign_in), _) => Self::User(sign_in.user),
            // Whose token was signed elsewhere.
            (None, ActorKind::Customer(own)) => Self::Customer(own),
            (None, _) => Self::Nobody,
        }
    }

    /// Whether this user is among them.
    pub(crate) fn includes(self, user: &Model) -> bool {
        match self {
            Self::All => true,
            Self::User(own) => user.id == own,
            Self::Customer(own) => user.customer_id == Some(own),
            Self::Nobody => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use schema_kernel::{SignIn, id::UserSessionId};
    use uuid::Uuid;

    use super::*;

    fn actor(kind: ActorKind, scopes: &[&str]) -> Actor {
        let scopes = scopes.iter().map(|&scope| scope.to_owned());
        Actor::new("someone", kind, "role", scopes)
    }

    #[test]
    fn who_may_not_see_everybody_sees_themselves() {
        let user = UserId(Uuid::from_u128(1));
        let sign_in = SignIn {
            user,
            session: UserSessionId(Uuid::from_u128(2)),
            stepped_up_until: None,
        };
        let staff = actor(ActorKind::Staff, &["account:read"]);
        assert_eq!(Reach::of(&staff, "user:read"), Reach::Nobody);
        let signed_in = staff.signed_in(sign_in);
        assert_eq!(Reach::of(&signed_in, "user:read"), Reach::User(user));
        let administrator = actor(ActorKind::Staff, &["user:read"]).signed_in(sign_in);
        assert_eq!(Reach::of(&administrator, "user:read"), Reach::All);
    }

    // A scope that was given to the wrong role by mistake still reaches no other person.
    #[test]
    fn a_customer_never_sees_everybody() {
        let own = CustomerId(Uuid::from_u128(1));
        let customer = actor(ActorKind::Customer(own), &["user:read"]);
        assert_eq!(Reach::of(&customer, "user:read"), Reach::Customer(own));
        for kind in [ActorKind::Partner, ActorKind::Device, ActorKind::Anonymous] {
            assert_eq!(
                Reach::of(&actor(kind, &["user:read"]), "user:read"),
                Reach::Nobody
            );
        }
    }
}
