//! `audit_subject`: which records are about which customer.

use sea_orm::entity::prelude::*;

use crate::id::CustomerId;

/// One customer that one record is about.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_subject")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
    /// The record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
