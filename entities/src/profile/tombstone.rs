//! `profile_tombstone`: by what erased persons would be known again.

use sea_orm::entity::prelude::*;

/// A keyed hash of something that told a person from others. Nothing can be read from it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile_tombstone")]
pub struct Model {
    /// The hash, in hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// When the person was erased.
    pub erased_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
