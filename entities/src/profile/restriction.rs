//! `profile_restriction`: whose data is kept and not used.

use sea_orm::entity::prelude::*;

use super::data_request::Kind;
use crate::id::CustomerId;

/// A customer whose data is not to be used, wholly (`RESTRICT`) or to sell (`OBJECT`).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile_restriction")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
    /// What they asked for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: Kind,
    /// Since when.
    pub since: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
