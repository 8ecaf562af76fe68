use async_graphql::{Context, ID, InputObject, Object};
use schema_kernel::{ContextExt, PageArguments, Result, id, keyset::Cursor};

use super::{Agent, AgentKey, store};
use crate::paging::{List, SortedBy, page};

/// Which agents to list. Every part that is given has to fit.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AgentFilter {
    /// The code of a queue they work. Example: `"Refunds"`.
    pub queue: Option<String>,
    /// Whether they work here now.
    pub is_active: Option<bool>,
}

/// How agents are found.
#[derive(Default)]
pub struct AgentQuery;

#[Object]
impl AgentQuery {
    /// The agent with this id; `null` when there is none.
    #[graphql(requires_scopes = "case:internal")]
    async fn agent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the agent.")] id: ID,
    ) -> Option<Result<Agent>> {
        match id::read(&id) {
            Ok(id) => Agent::load(ctx, AgentKey(id)).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The agents that fit a filter, by name.
    #[graphql(requires_scopes = "case:internal")]
    async fn agents(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which agents; all when left out. Example: `{ queue: \"Refunds\", isActive: true }`."
        )]
        filter: Option<AgentFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Agent>> {
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            None,
            SortedBy::Text,
        )?;
        let rows =
            store::list(ctx.database()?.reader(), &filter.unwrap_or_default(), &page).await?;
        Ok(page.connection(
            rows,
            |agent| Cursor::by_text(agent.name.clone(), agent.id),
            Agent,
        ))
    }
}
