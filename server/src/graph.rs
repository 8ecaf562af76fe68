//! The graph behind the door: the supergraph by the gateway, or one subgraph alone.

pub mod assembly;
pub mod console;
pub mod endpoint;
pub mod follow;
pub mod graphiql;
pub mod live;
pub mod negotiation;
pub mod single;
pub mod subgraph;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use schema_gateway::{GraphQlRequest, GraphQlResponse, Limits, RequestContext, RequestHeaders};
use schema_kernel::Session;

use self::{live::Live, single::Single};

/// What `/graphql` answers with.
pub enum Graph {
    /// The supergraph over its subgraphs, in this process or elsewhere.
    Supergraph(Arc<Live>),
    /// One subgraph with its federation fields, for a router elsewhere.
    Subgraph(Single),
}

/// How one request may be answered.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// The longest it may take.
    pub timeout: Duration,
    /// Whether the schema may be read.
    pub introspection: bool,
    /// What it may cost.
    pub cost: u64,
}

impl Graph {
    /// What one document may ask for at most.
    pub fn limits(&self) -> Limits {
        match self {
            Self::Supergraph(live) => *live.current().limits(),
            Self::Subgraph(single) => *single.limits(),
        }
    }

    /// Answers a request on behalf of the session's actor. Every failure is part of the answer.
    pub async fn execute(
        &self,
        request: GraphQlRequest,
        session: Session,
        allowance: Allowance,
    ) -> GraphQlResponse {
        let headers = RequestHeaders::default();
        self.execute_with(request, session, headers, allowance)
            .await
    }

    /// The same for a request that came with headers, some of which subgraphs elsewhere get to see.
    pub async fn execute_with(
        &self,
        request: GraphQlRequest,
        session: Session,
        headers: RequestHeaders,
        allowance: Allowance,
    ) -> GraphQlResponse {
        match self {
            Self::Supergraph(live) => {
                let mut context = RequestContext::new(session.request_id.clone())
                    .with_deadline(Instant::now() + allowance.timeout)
                    .with_cost_limit(allowance.cost)
                    .with(session)
                    .with(headers);
                if allowance.introspection {
                    context = context.with_introspection();
                }
                live.current().execute(request, context).await
            }
            Self::Subgraph(single) => single.execute(request, session, allowance).await,
        }
    }
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Supergraph(_) => "Supergraph",
            Self::Subgraph(_) => "Subgraph",
        })
    }
}
