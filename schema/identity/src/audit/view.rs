use async_graphql::{Enum, Object};
use schema_kernel::{
    audit::{AuditKind, AuditRecord as Model, AuditResult},
    scalar::DateTime,
};

use crate::reference::Customer;

/// What kind of act it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "AuditKind", remote = "AuditKind")]
pub enum Kind {
    /// Personal data was read.
    Read,
    /// Something was changed, or tried to be.
    Write,
    /// Somebody asked for what they have no right to.
    Refusal,
    /// Somebody signed in or out, or tried to.
    SignIn,
    /// A masked value was shown in full.
    Reveal,
    /// A right of a data subject was carried out: export, erasure.
    Privacy,
    /// The log itself was looked at, or its oldest part let go.
    Audit,
}

/// How an act ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "AuditResult", remote = "AuditResult")]
pub enum Outcome {
    /// It is about to be done. What became of it stands in a record of its own.
    Begun,
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// It went wrong.
    Failed,
}

/// One act upon personal data. Records are never changed, and each is chained to the one before it.
pub struct AuditRecord(pub(crate) Model);

/// One act upon personal data. Records are never changed, and each is chained to the one before it.
#[Object(requires_scopes = "customer:read")]
impl AuditRecord {
    /// Its number: counts from one without a gap. Example: `"4711"`.
    async fn sequence(&self) -> String {
        self.0.sequence.to_string()
    }

    /// When it was done.
    async fn at(&self) -> DateTime {
        self.0.at
    }

    /// What kind of act it was.
    async fn kind(&self) -> Kind {
        self.0.kind.into()
    }

    /// The part of the product that did it. Example: `"profile"`.
    async fn domain(&self) -> &str {
        &self.0.domain
    }

    /// Who did it: an id, never a name. `null` for whoever may not know it. Example: `"01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f"`.
    #[graphql(requires_scopes = "audit:read")]
    async fn actor(&self) -> Option<&str> {
        Some(&self.0.actor)
    }

    /// The role in which they did it. Example: `"contact-centre-agent"`.
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// What the data was used for. Example: `"CUSTOMER_CARE"`.
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }

    /// The act: the name of an operation or a mutation. Example: `"CustomerPage"`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The customers it was about. `null` for whoever may not know of the others.
    #[graphql(requires_scopes = "audit:read")]
    async fn customers(&self) -> Option<Vec<Customer>> {
        let ids = self.0.subject_ids().into_iter();
        Some(ids.map(|id| Customer::of(id.into())).collect())
    }

    /// The fields that were asked for or changed; never what they held. Example: `["Customer.birthDate"]`.
    async fn fields(&self) -> Vec<String> {
        self.0.field_names()
    }

    /// The id of the case, or the words, that justify it; `null` where nothing was said.
    async fn justification(&self) -> Option<&str> {
        self.0.justification.as_deref()
    }

    /// How it ended.
    async fn result(&self) -> Outcome {
        self.0.result.into()
    }

    /// The request it was part of, as log lines and events name it. `null` for whoever may not know it.
    #[graphql(requires_scopes = "audit:read")]
    async fn request_id(&self) -> Option<&str> {
        Some(&self.0.request_id)
    }

    /// SHA-256 over the record and the one before it, in hexadecimal digits. `null` for whoever may not know it.
    #[graphql(requires_scopes = "audit:read")]
    async fn hash(&self) -> Option<&str> {
        Some(&self.0.hash)
    }
}
