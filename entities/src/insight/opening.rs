//! `insight_opening`: which noisy cubes each partner has seen, and what that cost them.

use sea_orm::entity::prelude::*;

/// The first time that a partner asked a cube of a month.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_opening")]
pub struct Model {
    /// Who asked, as actors are named.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner: String,
    /// The cube.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cube: String,
    /// The month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// When.
    pub opened_at: DateTimeUtc,
    /// What it cost of the year's privacy budget.
    pub epsilon: f64,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
