//! `case_agent`: who works on cases.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::AgentId;

/// Codes in a list: skills or languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Codes(pub Vec<String>);

/// An agent: a person who works on cases. Which queues they work is in `case_agent_queue`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_agent")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AgentId,
    /// What colleagues call them.
    pub name: String,
    /// What they can deal with: `"EU261"`, `"BAGGAGE"`.
    #[sea_orm(column_type = "Json")]
    pub skills: Codes,
    /// What they speak, as BCP 47 tags: `"en"`, `"ar"`.
    #[sea_orm(column_type = "Json")]
    pub languages: Codes,
    /// Whether they work here now.
    pub is_active: bool,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
