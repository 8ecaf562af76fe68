//! `case_agent_queue`: which queues an agent works.

use sea_orm::entity::prelude::*;

use crate::id::AgentId;

/// An agent's membership of a queue.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_agent_queue")]
pub struct Model {
    /// The agent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub agent_id: AgentId,
    /// The code of the queue.
    #[sea_orm(primary_key, auto_increment = false)]
    pub queue: String,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
