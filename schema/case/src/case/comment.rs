use async_graphql::{ID, Object};
use entities::case::comment::Model;
use schema_kernel::guard::Personal;
use schema_kernel::{id, scalar::DateTime};

use crate::kind::{CaseActorKind, CaseVisibility};

/// What somebody wrote on a case.
pub struct CaseComment(pub(crate) Model);

/// What somebody wrote on a case.
#[Object(requires_scopes = "case:read", directive = Personal::apply("CASE"))]
impl CaseComment {
    /// Unique for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Who may read it.
    async fn visibility(&self) -> CaseVisibility {
        self.0.visibility.into()
    }

    /// What was written. Card numbers were taken out before it was stored.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// What kind of actor wrote it.
    async fn author_kind(&self) -> CaseActorKind {
        self.0.author_kind.into()
    }

    /// Who wrote it, as an actor's id.
    #[graphql(requires_scopes = "case:internal")]
    async fn author(&self) -> Option<&str> {
        Some(&self.0.author)
    }

    /// When it was written.
    async fn at(&self) -> DateTime {
        self.0.at
    }
}
