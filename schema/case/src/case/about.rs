//! Whom a decision about a case concerns, and as what somebody acts on it.

use entities::{
    case::{case::Model, comment::AuthorKind},
    id::CustomerId,
};
use schema_kernel::{Actor, ActorKind, Session, permit::Subject};

use super::state::{Mover, Part, Standing};
use crate::paging::Reach;

/// The customer a case is about, where one is known. A case about nobody is reached by staff alone.
#[derive(Clone, Copy, Debug)]
pub struct About(pub Option<CustomerId>);

impl Subject for About {
    fn customer(&self) -> Option<CustomerId> {
        self.0
    }
}

/// What the lifecycle asks of this case.
pub(crate) fn standing(case: &Model) -> Standing<'_> {
    Standing {
        status: case.status,
        resolved_at: case.resolved_at,
        closed_at: case.closed_at,
        approval_requested_by: case.approval_requested_by.as_deref(),
    }
}

/// Who moves a case in this session.
pub(crate) fn mover(session: &Session) -> Mover<'_> {
    let part = match author_kind(&session.actor) {
        AuthorKind::Customer => Part::Customer,
        AuthorKind::Staff | AuthorKind::Service if session.actor.has("case:supervise") => {
            Part::Supervisor
        }
        AuthorKind::Staff | AuthorKind::Service => Part::Staff,
    };
    Mover {
        actor: session.actor.id(),
        part,
    }
}

/// What kind of actor this is to a case.
pub(crate) fn author_kind(actor: &Actor) -> AuthorKind {
    match actor.kind() {
        ActorKind::Customer(_) => AuthorKind::Customer,
        ActorKind::Staff => AuthorKind::Staff,
        ActorKind::Service | ActorKind::Partner | ActorKind::Device | ActorKind::Anonymous => {
            AuthorKind::Service
        }
    }
}

/// How much of a case this actor reads.
pub(crate) fn reach(actor: &Actor) -> Reach {
    if actor.has("case:internal") {
        Reach::Internal
    } else {
        Reach::Public
    }
}
