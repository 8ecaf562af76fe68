//! `insight_stale`: customers whose facts are to be read anew.

use sea_orm::entity::prelude::*;

use crate::id::CustomerId;

/// A customer about whom something was told since their facts were read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_stale")]
pub struct Model {
    /// The customer. The row goes when their facts are read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
    /// When something was last told of them.
    pub marked_at: DateTimeUtc,
    /// Counted up by each mark, so that one that comes while facts are read is not lost.
    pub marks: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
