//! `case_comment`: what people wrote on cases.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CaseId, CommentId, CustomerId};

/// Who may read something.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Visibility {
    /// The customer and staff.
    Public,
    /// Staff alone.
    Internal,
}

/// What kind of actor wrote or did something.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthorKind {
    /// The customer.
    Customer,
    /// A person who works for the airline.
    Staff,
    /// A program of the airline.
    Service,
}

/// A comment on a case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_comment")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommentId,
    /// The case.
    pub case_id: CaseId,
    /// The customer the case is about.
    pub customer_id: Option<CustomerId>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Who wrote it, as histories show actors: an id, never a name.
    pub author: String,
    /// What kind of actor that is.
    pub author_kind: AuthorKind,
    /// What was written. Card numbers are redacted before it is stored.
    pub text: String,
    /// When it was written.
    pub at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
