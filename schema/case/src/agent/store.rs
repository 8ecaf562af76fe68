use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    case::{
        agent::{Column, Entity, Model},
        agent_queue, queue,
    },
    id::AgentId,
};
use schema_kernel::{Error, Page, Reader, Result};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::{AgentKey, query::AgentFilter};

/// The queues that this agent works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct QueuesOf(pub(super) AgentId);

pub(super) async fn list(
    connection: &impl ConnectionTrait,
    filter: &AgentFilter,
    page: &Page,
) -> Result<Vec<Model>> {
    let members = filter.queue.as_ref().map(|code| {
        let members = agent_queue::Entity::find()
            .select_only()
            .column(agent_queue::Column::AgentId)
            .filter(agent_queue::Column::Queue.eq(code));
        Column::Id.in_subquery(members.into_query())
    });
    let condition = Condition::all().add_option(members).add_option(
        filter
            .is_active
            .map(|is_active| Column::IsActive.eq(is_active)),
    );
    let agents = Entity::find().filter(condition);
    Ok(page
        .apply(agents, Column::Name, Column::Id, &Order::Asc)
        .all(connection)
        .await?)
}

/// The agent with this id, and the codes of the queues they work.
pub(crate) async fn with_queues(
    transaction: &DatabaseTransaction,
    id: AgentId,
) -> Result<Option<(Model, Vec<String>)>> {
    let Some(agent) = Entity::find_by_id(id).one(transaction).await? else {
        return Ok(None);
    };
    let rows = agent_queue::Entity::find()
        .filter(agent_queue::Column::AgentId.eq(id))
        .all(transaction)
        .await?;
    Ok(Some((
        agent,
        rows.into_iter().map(|row| row.queue).collect(),
    )))
}

impl Loader<AgentKey> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[AgentKey]) -> Result<HashMap<AgentKey, Model>> {
        let ids = keys.iter().map(|key| key.0);
        let rows = Entity::find()
            .filter(Column::Id.is_in(ids))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|agent| (AgentKey(agent.id), agent))
            .collect())
    }
}

impl Loader<QueuesOf> for Reader {
    type Value = Vec<queue::Model>;
    type Error = Error;

    async fn load(&self, keys: &[QueuesOf]) -> Result<HashMap<QueuesOf, Vec<queue::Model>>> {
        let ids: Vec<AgentId> = keys.iter().map(|key| key.0).collect();
        let memberships = agent_queue::Entity::find()
            .filter(agent_queue::Column::AgentId.is_in(ids))
            .order_by_asc(agent_queue::Column::Queue)
            .all(self.database.reader())
            .await?;
        let codes = memberships
            .iter()
            .map(|membership| membership.queue.as_str());
        let queues = queue::Entity::find()
            .filter(queue::Column::Code.is_in(codes))
            .all(self.database.reader())
            .await?;
        let queues: HashMap<&str, &queue::Model> = queues
            .iter()
            .map(|queue| (queue.code.as_str(), queue))
            .collect();
        let mut of_agents: HashMap<QueuesOf, Vec<queue::Model>> = HashMap::new();
        for membership in &memberships {
            if let Some(queue) = queues.get(membership.queue.as_str()) {
                of_agents
                    .entry(QueuesOf(membership.agent_id))
                    .or_default()
                    .push((*queue).clone());
            }
        }
        Ok(of_agents)
    }
}
