//! `identity_throttle`: how often something was tried lately.

use sea_orm::entity::prelude::*;

/// Tries of one kind, by or against somebody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_throttle")]
pub struct Model {
    /// What is counted, and a hash of for whom: no address can be read from it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: String,
    /// How many since the window began.
    pub tries: i32,
    /// When the window ends, and counting begins anew.
    pub resets_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
