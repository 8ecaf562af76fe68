//! `identity_second_factor`: what users show besides their password.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{SecondFactorId, UserId};

/// The kinds of second factor.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// Codes that change with time (RFC 6238).
    Totp,
    /// A passkey (W3C Web Authentication).
    Passkey,
}

/// A second factor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_second_factor")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SecondFactorId,
    /// Whose it is.
    pub user_id: UserId,
    /// Its kind.
    pub kind: Kind,
    /// What its owner calls it.
    pub name: String,
    /// The shared secret, sealed with the key of this installation; or the credential of a passkey.
    pub secret: String,
    /// The last time step whose code was used, so that none is used twice.
    pub last_step: Option<i64>,
    /// When it was begun.
    pub created_at: DateTimeUtc,
    /// When it was shown for the first time; until then it counts for nothing.
    pub confirmed_at: Option<DateTimeUtc>,
    /// When it was shown last.
    pub last_used_at: Option<DateTimeUtc>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
