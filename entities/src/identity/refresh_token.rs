//! `identity_refresh_token`: tokens that get new tokens, each once.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use super::role::Scopes;
use crate::id::{ApiClientId, RefreshTokenId};

/// A refresh token. Those that were got by one another are a family; when one is used twice, somebody has stolen it, and
/// the whole family ends.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_refresh_token")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefreshTokenId,
    /// SHA-256 of what its holder has, in hexadecimal. Unique.
    pub token_hash: String,
    /// The family.
    pub family: Uuid,
    /// Whose it is.
    pub client_id: ApiClientId,
    /// What its tokens may do.
    #[sea_orm(column_type = "Json")]
    pub scopes: Scopes,
    /// When it was issued.
    pub created_at: DateTimeUtc,
    /// Until when it works.
    pub expires_at: DateTimeUtc,
    /// When it was used.
    pub used_at: Option<DateTimeUtc>,
    /// When its family was ended.
    pub revoked_at: Option<DateTimeUtc>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
