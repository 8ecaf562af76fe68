//! `case_case_event`: the history of cases.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::comment::{AuthorKind, Visibility};
use crate::id::{CaseEventId, CaseId};

/// What happened to a case.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseEventKind {
    /// It was opened.
    Opened,
    /// It came to another state.
    StateChanged,
    /// It got another agent, or none.
    Assigned,
    /// Somebody wrote on it.
    Commented,
    /// It got another priority.
    PriorityChanged,
    /// A claim was linked to it.
    ClaimLinked,
    /// Another case was merged into it.
    Merged,
    /// The bag that it is about came to another state.
    BaggageChanged,
    /// A period of the Montreal Convention for that bag ended, or ends soon.
    BaggagePeriod,
}

/// One entry in a case's history. Entries are never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_case_event")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseEventId,
    /// The case.
    pub case_id: CaseId,
    /// What happened.
    pub kind: CaseEventKind,
    /// Who may read it.
    pub visibility: Visibility,
    /// Who did it, as histories show actors: an id, never a name.
    pub actor: String,
    /// What kind of actor that is.
    pub actor_kind: AuthorKind,
    /// What it was before: a state, a priority, an agent's id.
    pub old_value: Option<String>,
    /// What it is now: a state, a priority, an agent's, comment's, claim's or case's id.
    pub new_value: Option<String>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// When.
    pub at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
