//! `identity_ticket`: secrets that work once, for a short time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{SignInTicketId, UserId};

/// What a ticket is for. One for something else does not fit.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    /// To show that an address is one's own, and so make the account that was asked for.
    Registration,
    /// To choose a first password.
    Invitation,
    /// To choose another password.
    PasswordReset,
    /// To show a second factor, after the password.
    SecondFactor,
    /// To enrol a device.
    DeviceEnrolment,
    /// What a device has to sign.
    DeviceChallenge,
    /// A sign-in that is under way at an identity provider.
    ProviderLogin,
}

/// A ticket. What its holder has is not here, only its hash.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_ticket")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SignInTicketId,
    /// SHA-256 of what its holder has, in hexadecimal. Unique.
    pub token_hash: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is, where it is somebody's.
    pub user_id: Option<UserId>,
    /// What has to be known when it is used.
    #[sea_orm(column_type = "Json", nullable)]
    pub data: Option<Json>,
    /// How often it was used wrongly.
    pub attempts: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Until when it works.
    pub expires_at: DateTimeUtc,
    /// When it was used.
    pub used_at: Option<DateTimeUtc>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
