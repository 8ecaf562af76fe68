//! The graph behind the door: the supergraph by the gateway, or one subgraph alone.

pub mod console;
pub mod endpoint;
pub mod graphiql;
pub mod negotiation;
pub mod single;
pub mod subgraph;

use std::time::{Duration, Instant};

use schema_gateway::{Gateway, GraphQlRequest, GraphQlResponse, RequestContext};
use schema_kernel::Session;

use self::single::Single;

/// What `/graphql` answers with.
pub enum Graph {
    /// The supergraph over every subgraph in this process.
    Supergraph(Gateway),
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
}

impl Graph {
    /// Answers a request on behalf of the session's actor. Every failure is part of the answer.
    pub async fn execute(
        &self,
        request: GraphQlRequest,
        session: Session,
        allowance: Allowance,
    ) -> GraphQlResponse {
        match self {
            Self::Supergraph(gateway) => {
                let mut context = RequestContext::new(session.request_id.clone())
                    .with_deadline(Instant::now() + allowance.timeout)
                    .with(session);
                if allowance.introspection {
                    context = context.with_introspection();
                }
                gateway.execute(request, context).await
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
