//! `identity_user`: who can sign in.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, UserId};

/// Whether a user can sign in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// They were asked to choose a password, and have not yet.
    Invited,
    /// They can sign in.
    Active,
    /// They cannot, until somebody enables them again.
    Disabled,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_user")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The address they sign in with, in lower case. Unique.
    pub email: String,
    /// What colleagues call them, or they themselves.
    pub display_name: String,
    /// The language to write to them in, a BCP 47 tag.
    pub language: String,
    /// What they are to the airline: the name of a role.
    pub role: String,
    /// Which customer they are, where they are one. Unique.
    pub customer_id: Option<CustomerId>,
    /// Whether they can sign in.
    pub state: State,
    /// The Argon2id hash of their password, where they have one, as a PHC string.
    pub password_hash: Option<String>,
    /// When they chose it.
    pub password_changed_at: Option<DateTimeUtc>,
    /// When they signed in last.
    pub signed_in_at: Option<DateTimeUtc>,
    /// When they were made.
    pub created_at: DateTimeUtc,
    /// When they changed last.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
