//! The whole way of a request, from text to response.

mod subscribe;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Instant,
};

use async_graphql::{Value, Variables};

pub use self::subscribe::ResponseStream;
use crate::{
    coerce,
    document::{Conditions, Document},
    error::ErrorCode,
    execute::Execution,
    introspect::introspect,
    limit::{Cost, Limits, Refusal},
    plan::{Plan, PlanCache},
    request::{GraphQlRequest, RequestContext},
    response::{GraphQlError, GraphQlResponse},
    subgraph::{OperationKind, Subgraph},
    supergraph::Supergraph,
};

/// How many documents are kept with their plans, where the host does not say.
const DEFAULT_CACHE_CAPACITY: u64 = 1_000;

/// A federation gateway over one supergraph. Cheap to clone; clones share their cache.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    supergraph: Arc<Supergraph>,
    /// In the order of [`Supergraph::subgraphs`].
    subgraphs: Vec<Arc<dyn Subgraph>>,
    plans: PlanCache,
    limits: Limits,
}

/// Why a gateway cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The supergraph names subgraphs that were not given.
    #[error("the supergraph names subgraphs that are not here: {}", .0.join(", "))]
    MissingSubgraphs(Vec<String>),
    /// A subgraph was given that the supergraph does not name.
    #[error("the supergraph does not name these subgraphs: {}", .0.join(", "))]
    UnknownSubgraphs(Vec<String>),
}

/// Collects what a [`Gateway`] needs.
pub struct GatewayBuilder {
    supergraph: Supergraph,
    subgraphs: HashMap<String, Arc<dyn Subgraph>>,
    cache_capacity: u64,
    limits: Limits,
}

impl GatewayBuilder {
    /// Says who answers for the subgraph of this name.
    #[must_use]
    pub fn subgraph(mut self, name: impl Into<String>, subgraph: impl Subgraph) -> Self {
        self.subgraphs.insert(name.into(), Arc::new(subgraph));
        self
    }

    /// How many documents to keep with their plans; 1,000 where nothing is said.
    #[must_use]
    pub fn cache_capacity(mut self, documents: u64) -> Self {
        self.cache_capacity = documents;
        self
    }

    /// What one request may ask for at most; [`Limits::default`] where nothing is said.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The gateway, if the supergraph and the subgraphs belong together.
    pub fn build(mut self) -> Result<Gateway, GatewayError> {
        let mut subgraphs = Vec::new();
        let mut missing = Vec::new();
        for name in self.supergraph.subgraphs() {
            match self.subgraphs.remove(name) {
                Some(subgraph) => subgraphs.push(subgraph),
                None => missing.push(name.clone()),
            }
        }
        if !missing.is_empty() {
            return Err(GatewayError::MissingSubgraphs(missing));
        }
        if !self.subgraphs.is_empty() {
            let mut unknown = self.subgraphs.into_keys().collect::<Vec<_>>();
            unknown.sort();
            return Err(GatewayError::UnknownSubgraphs(unknown));
        }
        Ok(Gateway {
            inner: Arc::new(Inner {
                supergraph: Arc::new(self.supergraph),
                subgraphs,
                plans: PlanCache::new(self.cache_capacity, self.limits),
                limits: self.limits,
            }),
        })
    }
}

/// A request that has passed everything there is to pass before its first fetch.
struct Prepared {
    document: Arc<Document>,
    plan: Arc<Plan>,
    variables: Variables,
    cost: Cost,
}

impl Prepared {
    /// The same, if it is not a subscription.
    fn answered_once(self) -> Result<Self, Refusal> {
        if self.document.kind == OperationKind::Subscription {
            return refuse(
                ErrorCode::BadUserInput,
                "Subscriptions are not answered by a single response.",
            );
        }
        Ok(self)
    }
}

impl Gateway {
    /// Begins a gateway over a supergraph.
    pub fn builder(supergraph: Supergraph) -> GatewayBuilder {
        GatewayBuilder {
            supergraph,
            subgraphs: HashMap::new(),
            cache_capacity: DEFAULT_CACHE_CAPACITY,
            limits: Limits::default(),
        }
    }

    /// The supergraph that is served.
    pub fn supergraph(&self) -> &Supergraph {
        &self.inner.supergraph
    }

    /// What one request may ask for at most.
    pub fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// Answers a query or a mutation. Every failure is part of the response.
    pub async fn execute(
        &self,
        mut request: GraphQlRequest,
        context: RequestContext,
    ) -> GraphQlResponse {
        let start = Instant::now();
        let prepared = self.prepare(&mut request, &context);
        match prepared.and_then(Prepared::answered_once) {
            Ok(prepared) => self.answer(&prepared, &context, start).await,
            Err(refusal) => refused(refusal, start),
        }
    }

    async fn answer(
        &self,
        prepared: &Prepared,
        context: &RequestContext,
        start: Instant,
    ) -> GraphQlResponse {
        let response = self.run(prepared, context).await;
        measure(prepared.document.kind.as_str(), start);
        response
    }

    /// Reads, validates, coerces, weighs and plans: everything that can refuse a request.
    fn prepare(
        &self,
        request: &mut GraphQlRequest,
        context: &RequestContext,
    ) -> Result<Prepared, Refusal> {
        let supergraph = &self.inner.supergraph;
        let planned = self.inner.plans.document(supergraph, request)?;
        let document = &planned.document;
        if document.introspects && !context.introspection_allowed {
            return refuse(
                ErrorCode::Forbidden,
                "Introspection (`__schema`, `__type`) is not open to this request.",
            );
        }

        let given = std::mem::take(&mut request.variables);
        let variables = coerce::variables(&supergraph.api, &document.operation, given)?;
        let conditions = Conditions::of(document, &variables).or_else(|name| {
            refuse(
                ErrorCode::BadUserInput,
                format!("variable `${name}`: null cannot decide `@skip` or `@include`"),
            )
        })?;
        // Before the plan, which takes the longest of what comes before the first fetch.
        let cost = document.estimate.check(
            &supergraph.weights,
            &variables,
            &conditions,
            context.cost_limit.unwrap_or(self.inner.limits.cost),
        )?;
        let plan = planned.plan(supergraph, &conditions).map_err(|error| {
            tracing::error!(request_id = context.request_id, %error, "no plan");
            vec![GraphQlError::internal(&context.request_id)]
        })?;
        Ok(Prepared {
            document: Arc::clone(document),
            plan,
            variables,
            cost,
        })
    }

    fn execution<'a>(
        &'a self,
        prepared: &'a Prepared,
        context: &'a RequestContext,
    ) -> Execution<'a> {
        Execution::new(
            &self.inner.supergraph.types,
            &self.inner.subgraphs,
            context,
            &prepared.variables,
        )
    }

    async fn run(&self, prepared: &Prepared, context: &RequestContext) -> GraphQlResponse {
        let Prepared {
            document,
            plan,
            variables,
            cost,
        } = prepared;
        let supergraph = &self.inner.supergraph;
        let mut execution = self.execution(prepared, context);
        if document.introspects {
            match introspect(supergraph, document, variables) {
                Ok(fields) => execution.data = Value::Object(fields),
                Err(errors) => return GraphQlResponse::refused(errors),
            }
        }
        execution.run(&plan.waves).await;
        let (data, errors) = execution.finish(plan);
        GraphQlResponse {
            errors,
            data: Some(data),
            extensions: BTreeMap::from([("cost".to_owned(), cost.to_value())]),
            refusal: None,
        }
    }
}

fn refused(refusal: Refusal, start: Instant) -> GraphQlResponse {
    refusal.reason.count();
    measure("refused", start);
    GraphQlResponse::refused(refusal)
}

fn measure(kind: &'static str, start: Instant) {
    metrics::histogram!("jetbridge_gateway_operation_duration_seconds", "kind" => kind)
        .record(start.elapsed());
}

fn refuse<T>(code: ErrorCode, message: impl Into<String>) -> Result<T, Refusal> {
    Err(vec![GraphQlError::new(code, message)].into())
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Gateway")
            .field("supergraph", &self.inner.supergraph)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for GatewayBuilder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("GatewayBuilder")
            .field("supergraph", &self.supergraph)
            .field("subgraphs", &self.subgraphs.keys())
            .finish_non_exhaustive()
    }
}
