//! `audit_record`: one act, chained to the one before it.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// What kind of act it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum AuditKind {
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

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
pub enum AuditResult {
    /// It is about to be done. What became of it stands in a record of its own.
    Begun,
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// It went wrong.
    Failed,
}

/// One record. Records are never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_record")]
pub struct Model {
    /// Counts from one without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// When.
    pub at: DateTimeUtc,
    /// What kind of act.
    pub kind: AuditKind,
    /// Where: the domain, or `server`.
    pub domain: String,
    /// Who, as histories show actors: an id, never a name.
    pub actor: String,
    /// Their role.
    pub role: String,
    /// What for: `CUSTOMER_CARE`.
    pub purpose: String,
    /// The act: an operation's name, a mutation, an endpoint.
    pub action: String,
    /// The customers it was about: a JSON list of ids, sorted.
    pub subjects: String,
    /// The fields that were asked for or changed: a JSON list, sorted.
    pub fields: String,
    /// The case, or the words, that justify it.
    pub justification: Option<String>,
    /// How it ended.
    pub result: AuditResult,
    /// The request.
    pub request_id: String,
    /// The hash of the record before it, in hexadecimal digits.
    pub previous: String,
    /// SHA-256 over `previous` and everything above, in hexadecimal digits.
    pub hash: String,
}

impl Model {
    /// The customers it was about.
    pub fn subject_ids(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.subjects).unwrap_or_default()
    }

    /// The fields that were asked for or changed.
    pub fn field_names(&self) -> Vec<String> {
        serde_json::from_str(&self.fields).unwrap_or_default()
    }
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
