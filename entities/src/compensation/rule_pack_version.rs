//! One version of a body of law as it was written: the table `compensation_rule_pack_version`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::RulePackVersionId;

/// The text of a version never changes once it is submitted; what changes is its status and the days it answers for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_rule_pack_version")]
pub struct Model {
    /// The version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RulePackVersionId,
    /// The pack: `EU261`.
    pub pack_id: String,
    /// Rises by one with every version of the pack.
    pub version: i32,
    /// What people call the pack.
    pub title: String,
    /// The file, to the byte.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// SHA-256 of the text in hexadecimal.
    pub sha256: String,
    /// Where it stands between draft and retirement.
    pub status: RulePackStatus,
    /// First day of incidents for which it answers; open at the start.
    pub active_from: Option<Date>,
    /// Last day of incidents for which it answers; open at the end.
    pub active_to: Option<Date>,
    /// Who wrote it.
    pub author: String,
    /// Who approved it; never the author.
    pub approver: Option<String>,
    /// Why it was made.
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
    /// When it was stored.
    pub created_at: DateTimeUtc,
    /// When the author gave it up for approval.
    pub submitted_at: Option<DateTimeUtc>,
    /// When it was approved.
    pub approved_at: Option<DateTimeUtc>,
    /// When it came to answer.
    pub activated_at: Option<DateTimeUtc>,
    /// When it was taken back or replaced for good.
    pub retired_at: Option<DateTimeUtc>,
    /// Rises with every change of the row.
    pub row_version: i32,
}

/// No relations: a pack is a name and has no row of its own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a version stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RulePackStatus {
    /// It can still be changed.
    #[sea_orm(string_value = "DRAFT")]
    Draft,
    /// It waits for another person's approval.
    #[sea_orm(string_value = "SUBMITTED")]
    Submitted,
    /// It may be activated.
    #[sea_orm(string_value = "APPROVED")]
    Approved,
    /// It answers for incidents of its days.
    #[sea_orm(string_value = "ACTIVE")]
    Active,
    /// It answered once, and may be needed to replay what it decided.
    #[sea_orm(string_value = "RETIRED")]
    Retired,
    /// It is kept and never answers.
    #[sea_orm(string_value = "DISABLED")]
    Disabled,
}
