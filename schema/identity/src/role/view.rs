use async_graphql::{Enum, Object};
use entities::identity::role::{Kind, Model};
use schema_kernel::scalar::DateTime;

/// The kinds of actor that roles are for. They decide which rows the scopes reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Kind")]
pub enum RoleKind {
    /// People who work for the airline. They reach every row that their scopes allow.
    Staff,
    /// Customers. They reach what is about themselves.
    Customer,
    /// Programs of other organisations. They reach no row about a person.
    Partner,
    /// Kiosks and other devices. They reach no row about a person.
    Device,
}

/// What somebody is to the airline, and what that lets them do.
pub struct Role(pub(crate) Model);

/// What somebody is to the airline, and what that lets them do.
#[Object(requires_scopes = "account:read")]
impl Role {
    /// The name, as tokens and logs write it. Example: `"contact-centre-agent"`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The kind of actor it is for.
    async fn kind(&self) -> RoleKind {
        self.0.kind.into()
    }

    /// What it lets its holders do, as the schema names it in `@requiresScopes`. Example: `["case:read", "case:write"]`.
    async fn scopes(&self) -> &[String] {
        &self.0.scopes.0
    }

    /// Whether a password alone is not enough to sign in.
    async fn is_second_factor_required(&self) -> bool {
        self.0.is_second_factor_required
    }

    /// Whether it comes with the product.
    async fn is_built_in(&self) -> bool {
        self.0.is_built_in
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }

    /// Counted up by each change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
