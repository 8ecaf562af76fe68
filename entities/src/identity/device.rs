//! `identity_device`: kiosks, and other devices that sign in by themselves.

use sea_orm::entity::prelude::*;

use crate::id::{DeviceId, UserId};

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_device")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeviceId,
    /// What people call it: `"DXB T3 12"`.
    pub name: String,
    /// The airport it stands at: an IATA code.
    pub station: Option<String>,
    /// What it is to the airline: the name of a role.
    pub role: String,
    /// Its public key as a JSON Web Key; none until it was enrolled.
    #[sea_orm(column_type = "Json", nullable)]
    pub public_key: Option<Json>,
    /// Who made it, where that was a user.
    pub created_by: Option<UserId>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was enrolled.
    pub enrolled_at: Option<DateTimeUtc>,
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
