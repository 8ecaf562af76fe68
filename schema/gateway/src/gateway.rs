//! The whole way of a request, from text to response.

mod builder;
mod measure;
mod subscribe;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{Value, Variables};

use self::measure::{Outcome, time_kind};
pub use self::{
    builder::{GatewayBuilder, GatewayError},
    measure::OperationNames,
    subscribe::ResponseStream,
};
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
    slow_after: Duration,
    names: Arc<OperationNames>,
}

/// A request that has passed everything there is to pass before its first fetch.
struct Prepared {
    document: Arc<Document>,
    plan: Arc<Plan>,
    variables: Variables,
    cost: Cost,
    shows_plan: bool,
}

impl Prepared {
    fn name(&self) -> Option<&str> {
        self.document.operation.name.as_deref()
    }

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

    /// What the gateway adds to each answer.
    fn extensions(&self) -> BTreeMap<String, Value> {
        let mut extensions = BTreeMap::from([("cost".to_owned(), self.cost.to_value())]);
        if self.shows_plan {
            extensions.insert("queryPlan".to_owned(), self.plan.describe());
        }
        extensions
    }

    /// Says in the log that a request took long, and where it went; not what it asked for, which may be personal.
    fn log_if_slow(&self, slow_after: Duration, context: &RequestContext, took: Duration) {
        if took < slow_after {
            return;
        }
        tracing::warn!(
            request.id = context.request_id,
            operation = self.name(),
            kind = self.document.kind.as_str(),
            duration_ms = took.as_millis(),
            cost = self.cost.requested,
            plan = self.plan.summary(),
            "slow operation"
        );
    }
}

impl Gateway {
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
        let name = request.operation_name.clone();
        let prepared = self.prepare(&mut request, &context);
        match prepared.and_then(Prepared::answered_once) {
            Ok(prepared) => self.answer(&prepared, &context, start).await,
            Err(refusal) => self.refuse(refusal, name.as_deref(), start),
        }
    }

    async fn answer(
        &self,
        prepared: &Prepared,
        context: &RequestContext,
        start: Instant,
    ) -> GraphQlResponse {
        let response = self.run(prepared, context).await;
        let took = start.elapsed();
        let (names, name) = (&self.inner.names, prepared.name());
        measure::count(names, name, Outcome::of(&response));
        measure::time(names, name, took);
        time_kind(Some(prepared.document.kind), start);
        prepared.log_if_slow(self.inner.slow_after, context, took);
        response
    }

    fn refuse(&self, refusal: Refusal, name: Option<&str>, start: Instant) -> GraphQlResponse {
        refusal.reason.count();
        measure::count(&self.inner.names, name, Outcome::Refused);
        time_kind(None, start);
        GraphQlResponse::refused(refusal)
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

        let shows_plan = request.asks_for_plan();
        if shows_plan && !context.query_plan_allowed {
            return refuse(
                ErrorCode::Forbidden,
                "The plan of a request (`extensions.queryPlan`) is not open to this caller.",
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
            shows_plan,
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
            ..
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
            extensions: prepared.extensions(),
            refusal: None,
        }
    }
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
