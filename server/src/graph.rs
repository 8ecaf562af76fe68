//! The graph behind the door: the supergraph by the gateway, or one subgraph alone.

pub mod assembly;
mod connections;
pub mod console;
pub mod documents;
pub mod endpoint;
mod event_stream;
pub mod follow;
pub mod graphiql;
pub mod live;
pub mod negotiation;
mod operation;
pub mod single;
pub mod socket;
pub mod subgraph;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use schema_gateway::{
    GraphQlRequest, GraphQlResponse, Limits, RequestContext, RequestHeaders, ResponseStream,
};
use schema_kernel::Session;

pub use self::connections::Connections;
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
    /// Whether it may be told how it was planned.
    pub query_plan: bool,
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
                let context = context(session, headers, allowance);
                live.current().execute(request, context).await
            }
            Self::Subgraph(single) => single.execute(request, session, allowance).await,
        }
    }

    /// Answers any operation on behalf of the session's actor: a subscription with a response for each event, a query or
    /// a mutation with one. A response without data says that nothing was executed. Each event has the time of a request.
    pub fn subscribe(
        &self,
        request: GraphQlRequest,
        session: Session,
        headers: RequestHeaders,
        allowance: Allowance,
    ) -> ResponseStream {
        match self {
            Self::Supergraph(live) => {
                let context = context(session, headers, allowance);
                live.current().subscribe(request, context)
            }
            Self::Subgraph(single) => single.subscribe(request, session, allowance),
        }
    }
}

fn context(session: Session, headers: RequestHeaders, allowance: Allowance) -> RequestContext {
    let mut context = RequestContext::new(session.request_id.clone())
        .with_deadline(Instant::now() + allowance.timeout)
        .with_cost_limit(allowance.cost)
        .with(session)
        .with(headers);
    context.introspection_allowed = allowance.introspection;
    context.query_plan_allowed = allowance.query_plan;
    context
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Supergraph(_) => "Supergraph",
            Self::Subgraph(_) => "Subgraph",
        })
    }
}
