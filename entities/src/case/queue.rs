//! `case_queue`: where cases wait.

use sea_orm::entity::prelude::*;

use crate::id::QueueId;

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_queue")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QueueId,
    /// What cases and programs call it: `"CustomerAffairs"`. Unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What people call it: `"Customer affairs"`.
    pub name: String,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
