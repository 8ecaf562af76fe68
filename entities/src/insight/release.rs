//! `insight_release`: months that are published. What is published never changes.

use sea_orm::entity::prelude::*;

/// A month that is published.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_release")]
pub struct Model {
    /// The month: `"2026-09"`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// When it was published.
    pub published_at: DateTimeUtc,
    /// SHA-256 of everything that is published of it, in hexadecimal.
    pub revision: String,
    /// The fewest people in a block.
    pub k: i32,
    /// What a cube of it costs of a partner's privacy budget; 0 where counts are without noise.
    pub epsilon: f64,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
