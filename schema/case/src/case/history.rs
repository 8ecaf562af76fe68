use async_graphql::{ID, Object};
use entities::case::case_event::Model;
use schema_kernel::{id, scalar::DateTime};

use crate::kind::{CaseActorKind, CaseEventKind};

/// One entry in a case's history.
pub struct CaseEvent(pub(crate) Model);

/// One entry in a case's history. Entries are never changed.
#[Object]
impl CaseEvent {
    /// Unique for ever.
    #[graphql(requires_scopes = "case:read")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What happened.
    #[graphql(requires_scopes = "case:read")]
    async fn kind(&self) -> CaseEventKind {
        self.0.kind.into()
    }

    /// When it happened.
    #[graphql(requires_scopes = "case:read")]
    async fn at(&self) -> DateTime {
        self.0.at
    }

    /// What kind of actor did it.
    #[graphql(requires_scopes = "case:read")]
    async fn actor_kind(&self) -> CaseActorKind {
        self.0.actor_kind.into()
    }

    /// Who did it, as an actor's id.
    #[graphql(requires_scopes = "case:internal")]
    async fn actor(&self) -> Option<&str> {
        Some(&self.0.actor)
    }

    /// What it was before: a state, a priority, an id, as `kind` says. Example: `"NEW"`.
    #[graphql(requires_scopes = "case:read")]
    async fn old_value(&self) -> Option<&str> {
        self.0.old_value.as_deref()
    }

    /// What it is now: a state, a priority, an id, as `kind` says. Example: `"TRIAGED"`.
    #[graphql(requires_scopes = "case:read")]
    async fn new_value(&self) -> Option<&str> {
        self.0.new_value.as_deref()
    }

    /// Why, in the actor's words.
    #[graphql(requires_scopes = "case:internal")]
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}
