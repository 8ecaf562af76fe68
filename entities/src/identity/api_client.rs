//! `identity_api_client`: programs that sign in by themselves.

use sea_orm::entity::prelude::*;

use super::role::Scopes;
use crate::id::{ApiClientId, UserId};

/// A program that signs in by itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_api_client")]
pub struct Model {
    /// Unique for ever; the `client_id` of OAuth 2.0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiClientId,
    /// Whose program it is, and which.
    pub name: String,
    /// What it is to the airline: the name of a role.
    pub role: String,
    /// Less than the role's scopes, where that is enough.
    #[sea_orm(column_type = "Json")]
    pub scopes: Scopes,
    /// SHA-256 of its secret, in hexadecimal. The secret is random, so it needs no slower hash.
    pub secret_hash: String,
    /// Who made it, where that was a user.
    pub created_by: Option<UserId>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last got a token.
    pub last_used_at: Option<DateTimeUtc>,
    /// When its tokens stopped being believed.
    pub revoked_at: Option<DateTimeUtc>,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
