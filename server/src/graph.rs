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

use futures_util::StreamExt;
use schema_gateway::{
    GraphQlError, GraphQlRequest, GraphQlResponse, Limits, RequestContext, RequestHeaders,
    ResponseStream,
};
use schema_kernel::{
    Session,
    audit::{AuditLog, Trail},
};

pub use self::connections::Connections;
use self::{endpoint::loggable, live::Live, single::Single};

/// What `/graphql` answers with, and where what is read and written by it is recorded.
pub struct Graph {
    shape: Shape,
    audit: Option<AuditLog>,
}

/// Who answers.
pub enum Shape {
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

impl From<Shape> for Graph {
    fn from(shape: Shape) -> Self {
        Self { shape, audit: None }
    }
}

impl Graph {
    /// The same, recorded in this log.
    #[must_use]
    pub fn audited_by(self, audit: Option<AuditLog>) -> Self {
        Self { audit, ..self }
    }

    /// Who answers.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The log; `None` where the subgraphs elsewhere keep their own.
    pub fn audit(&self) -> Option<&AuditLog> {
        self.audit.as_ref()
    }

    /// The session of a request whose operation has this name, recorded.
    fn recorded(&self, session: Session, operation: Option<&str>) -> (Session, Option<Trail>) {
        match &self.audit {
            Some(log) => {
                let name = operation.map(loggable);
                let trail = Trail::new(log.clone(), name);
                (session.audited(trail.clone()), Some(trail))
            }
            None => (session, None),
        }
    }

    /// What one document may ask for at most.
    pub fn limits(&self) -> Limits {
        match &self.shape {
            Shape::Supergraph(live) => *live.current().limits(),
            Shape::Subgraph(single) => *single.limits(),
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
        let (session, trail) = self.recorded(session, request.operation_name.as_deref());
        let answer = match &self.shape {
            Shape::Supergraph(live) => {
                let context = context(session, headers, allowance);
                live.current().execute(request, context).await
            }
            Shape::Subgraph(single) => single.execute(request, session, allowance).await,
        };
        durable(answer, trail).await
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
        let (session, trail) = self.recorded(session, request.operation_name.as_deref());
        let answers = match &self.shape {
            Shape::Supergraph(live) => {
                let context = context(session, headers, allowance);
                live.current().subscribe(request, context)
            }
            Shape::Subgraph(single) => single.subscribe(request, session, allowance),
        };
        answers
            .then(move |answer| durable(answer, trail.clone()))
            .boxed()
    }
}

/// The answer, once what it holds of persons is recorded for good; or else an answer that holds nothing.
async fn durable(answer: GraphQlResponse, trail: Option<Trail>) -> GraphQlResponse {
    let Some(trail) = trail else { return answer };
    let Err(error) = trail.durable().await else {
        return answer;
    };
    tracing::error!(error = error.report(), "an answer was withheld");
    let error = GraphQlError::with_code(error.code().as_str(), error.message());
    GraphQlResponse {
        data: Some(async_graphql::Value::Null),
        errors: vec![error],
        ..GraphQlResponse::default()
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
        formatter.write_str(match self.shape {
            Shape::Supergraph(_) => "Supergraph",
            Shape::Subgraph(_) => "Subgraph",
        })
    }
}
