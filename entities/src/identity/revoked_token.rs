//! `identity_revoked_token`: access tokens that are not believed any more.

use sea_orm::entity::prelude::*;

/// A token, or everything that was issued to somebody up to a moment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_revoked_token")]
pub struct Model {
    /// The token's `jti`, or the family or the subject whose tokens they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// When it was revoked.
    pub revoked_at: DateTimeUtc,
    /// When the last token that this is about has expired, and the row can go.
    pub expires_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
