//! `identity_recovery_code`: codes for the day on which a second factor is lost.

use sea_orm::entity::prelude::*;

use crate::id::{RecoveryCodeId, UserId};

/// A code that works once in the place of a second factor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_recovery_code")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecoveryCodeId,
    /// Whose it is.
    pub user_id: UserId,
    /// SHA-256 of the code, in hexadecimal. Codes are random, so they need no slower hash.
    pub code_hash: String,
    /// When they were made.
    pub created_at: DateTimeUtc,
    /// When it was used.
    pub used_at: Option<DateTimeUtc>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
