//! `insight_query`: who asked what, and what they were answered.

use sea_orm::entity::prelude::*;

use crate::id::InsightQueryId;

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_query")]
pub struct Model {
    /// Unique for ever; the id of its receipt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InsightQueryId,
    /// Who asked, as actors are named.
    pub partner: String,
    /// Their role.
    pub role: String,
    /// When.
    pub asked_at: DateTimeUtc,
    /// The question in its canonical form; what could not be read as one is kept as it was understood.
    pub question: Json,
    /// SHA-256 of the canonical form, in hexadecimal.
    pub question_hash: String,
    /// Why it was refused; none where it was answered.
    pub refusal: Option<String>,
    /// How many cohorts were told.
    pub cohorts: i32,
    /// What it cost of the year's privacy budget.
    pub epsilon: f64,
    /// The receipt, where it was answered.
    pub receipt: Option<String>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
