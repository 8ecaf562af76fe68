//! Memberships of loyalty programmes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, LoyaltyMembershipId};

/// One membership, unique by (`programme`, `number`).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_loyalty_membership")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LoyaltyMembershipId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Code of the programme, upper case: `SKYWARDS`.
    pub programme: String,
    /// Number in the programme: upper-case letters and digits, without separators.
    pub number: String,
    /// Tier reached.
    pub tier: Tier,
    /// First day on which the tier holds.
    pub valid_from: Date,
    /// Last day on which the tier holds; none without an end.
    pub valid_to: Option<Date>,
    /// Miles that count towards the next tier.
    pub qualifying_miles: i64,
    /// Miles that can be spent, as the programme last reported them.
    pub redeemable_miles: i64,
    /// When it was linked.
    pub created_at: DateTimeUtc,
}

/// Tiers, from lowest to highest, as alliances map them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))")]
pub enum Tier {
    /// Member.
    #[sea_orm(string_value = "BASE")]
    #[serde(rename = "BASE")]
    Base,
    /// oneworld Ruby, Star Alliance Silver, `SkyTeam` Elite.
    #[sea_orm(string_value = "SILVER")]
    #[serde(rename = "SILVER")]
    Silver,
    /// oneworld Sapphire, Star Alliance Gold, `SkyTeam` Elite Plus.
    #[sea_orm(string_value = "GOLD")]
    #[serde(rename = "GOLD")]
    Gold,
    /// oneworld Emerald, Star Alliance Gold, `SkyTeam` Elite Plus.
    #[sea_orm(string_value = "PLATINUM")]
    #[serde(rename = "PLATINUM")]
    Platinum,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
