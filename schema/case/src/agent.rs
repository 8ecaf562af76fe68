//! Agents: who works on cases.

mod query;
mod store;

use async_graphql::{Context, ID, Object};
use entities::{case::agent::Model, id::AgentId};
use schema_kernel::{ContextExt, Result, id};

pub use self::query::{AgentFilter, AgentQuery};
use self::store::QueuesOf;
pub(crate) use self::store::with_queues;
use crate::queue::Queue;

/// A person who works on cases.
pub struct Agent(pub(crate) Model);

/// An agent by their id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AgentKey(pub(crate) AgentId);

/// A person who works on cases.
#[Object(requires_scopes = "case:internal")]
impl Agent {
    /// Unique for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What colleagues call them.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What they can deal with, as codes. Example: `["EU261", "BAGGAGE"]`.
    async fn skills(&self) -> &[String] {
        &self.0.skills.0
    }

    /// What they speak, as BCP 47 tags. Example: `["en", "ar"]`.
    async fn languages(&self) -> &[String] {
        &self.0.languages.0
    }

    /// The queues they work, by code.
    async fn queues(&self, ctx: &Context<'_>) -> Result<Vec<Queue>> {
        let rows = ctx.loader()?.load_one(QueuesOf(self.0.id)).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Queue).collect())
    }

    /// Whether they work here now. Cases are given to active agents alone.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
}

impl Agent {
    /// The agent with this id.
    pub(crate) async fn load(ctx: &Context<'_>, key: AgentKey) -> Result<Option<Self>> {
        Ok(ctx.loader()?.load_one(key).await?.map(Self))
    }
}
