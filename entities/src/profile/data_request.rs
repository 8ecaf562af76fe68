//! `profile_data_request`: what people asked for that is theirs by law.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, DataRequestId};

/// What was asked for.
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
    /// A copy of everything (article 15).
    Access,
    /// A copy, in a form for programs, of what they gave (article 20).
    Portability,
    /// Something is wrong and is to be put right (article 16).
    Rectify,
    /// What is kept is not to be used (article 18).
    Restrict,
    /// Direct marketing and profiling are to stop (article 21).
    Object,
    /// Everything is to go (article 17).
    Erase,
}

/// How far it has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Somebody has asked.
    Requested,
    /// It is known that it is the person who asked.
    IdentityVerified,
    /// Every domain has said that nothing stands in the way.
    Assessed,
    /// Something stands in the way, for now.
    PartialHold,
    /// It is being done.
    Executing,
    /// It is done.
    Completed,
    /// It was refused, with a reason.
    Refused,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile_data_request")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataRequestId,
    /// Whose data.
    pub customer_id: CustomerId,
    /// What was asked for.
    pub kind: Kind,
    /// How far it has come.
    pub state: State,
    /// Who wrote it down, as histories show actors.
    pub requested_by: String,
    /// Who looked at it first; somebody else has it carried out.
    pub verified_by: Option<String>,
    /// Who had it carried out, or refused it.
    pub decided_by: Option<String>,
    /// Why it was refused or extended.
    pub reason: Option<String>,
    /// When it was asked.
    pub requested_at: DateTimeUtc,
    /// When it has to be answered.
    pub due_at: DateTimeUtc,
    /// Whether that was put off, which the law allows once.
    pub is_extended: bool,
    /// When it was done or refused.
    pub completed_at: Option<DateTimeUtc>,
    /// What the domains answered: their names, with what holds them, and what they erased.
    pub answers: Json,
    /// The signed statement that it was done.
    pub certificate: Option<String>,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
