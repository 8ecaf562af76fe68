//! `insight_block`: what is published of a month.

use sea_orm::entity::prelude::*;

/// A block of people, as it is published.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_block")]
pub struct Model {
    /// The month it is of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// The cube it is of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cube: String,
    /// Its place in the cube.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// Its values and counts, already rounded; with noise where there is noise.
    pub content: Json,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
