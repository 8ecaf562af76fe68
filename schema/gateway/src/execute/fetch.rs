//! One fetch: what to send, and sending it in time.

use std::{sync::Arc, time::Instant};

use async_graphql::{Value, Variables};
use indexmap::IndexMap;
use tracing::Instrument;

use super::{
    Execution,
    path::{Target, visit},
    representation::{Representation, build},
};
use crate::{
    error::ErrorCode,
    plan::{EntityInput, FetchStep},
    request::RequestContext,
    response::GraphQlError,
    subgraph::{Subgraph, SubgraphFetch, SubgraphResponse, SubgraphStream},
};

/// A fetch with its variables, and the objects that its entities belong to.
pub(super) struct PreparedFetch<'p> {
    pub(super) step: &'p FetchStep,
    variables: Variables,
    /// For each input, for each representation, where it came from.
    pub(super) targets: Vec<Vec<Vec<Target>>>,
}

impl<'p> PreparedFetch<'p> {
    /// Nothing where the fetch is about entities and there are none.
    pub(super) fn new(execution: &Execution<'_>, step: &'p FetchStep) -> Option<Self> {
        let mut variables = Variables::default();
        for name in &step.variables {
            if let Some(value) = execution.variables.get(name.as_str()) {
                variables.insert(name.clone(), value.clone());
            }
        }
        let mut targets = Vec::with_capacity(step.inputs.len());
        for input in &step.inputs {
            let (representations, places): (Vec<_>, Vec<_>) =
                gather(execution, input).into_iter().unzip();
            let values = representations
                .into_iter()
                .map(|one: Representation| one.0)
                .collect();
            variables.insert(input.variable.clone(), Value::List(values));
            targets.push(places);
        }
        let has_work = step.inputs.is_empty() || targets.iter().any(|places| !places.is_empty());
        has_work.then_some(Self {
            step,
            variables,
            targets,
        })
    }

    /// Asks the subgraph; what is not answered by the deadline has failed.
    pub(super) async fn send(
        mut self,
        context: &RequestContext,
        subgraphs: &[Arc<dyn Subgraph>],
    ) -> (Self, SubgraphResponse) {
        let operation = &self.step.operation;
        let entities = self.targets.iter().map(Vec::len).sum::<usize>();
        let span = tracing::info_span!(
            "subgraph fetch",
            subgraph = operation.subgraph,
            kind = operation.kind.as_str(),
            entities,
            errors = tracing::field::Empty,
            duration_ms = tracing::field::Empty,
        );
        let start = Instant::now();
        let fetch = SubgraphFetch {
            operation,
            variables: std::mem::take(&mut self.variables),
            context,
        };
        let response = in_time(context, subgraphs[self.step.subgraph].as_ref(), fetch)
            .instrument(span.clone())
            .await;

        let duration = start.elapsed();
        span.record("errors", response.errors.len());
        span.record("duration_ms", duration.as_secs_f64() * 1_000.0);
        metrics::histogram!(
            "jetbridge_subgraph_fetch_duration_seconds",
            "subgraph" => operation.subgraph.clone()
        )
        .record(duration);
        (self, response)
    }
}

impl PreparedFetch<'_> {
    /// Begins a subscription, where this is the root of one.
    pub(super) async fn subscribe(
        self,
        context: &RequestContext,
        subgraphs: &[Arc<dyn Subgraph>],
    ) -> Result<SubgraphStream, Vec<GraphQlError>> {
        let fetch = SubgraphFetch {
            operation: &self.step.operation,
            variables: self.variables,
            context,
        };
        let begun = subgraphs[self.step.subgraph].subscribe(fetch);
        let Some(deadline) = context.deadline else {
            return begun.await;
        };
        tokio::time::timeout_at(deadline.into(), begun)
            .await
            .unwrap_or_else(|_| Err(timed_out().errors))
    }
}

async fn in_time(
    context: &RequestContext,
    subgraph: &dyn Subgraph,
    fetch: SubgraphFetch<'_>,
) -> SubgraphResponse {
    let Some(deadline) = context.deadline else {
        return subgraph.fetch(fetch).await;
    };
    // A fetch that cannot be in time is not begun: a mutation would write what nobody hears of.
    if Instant::now() >= deadline {
        return timed_out();
    }
    tokio::time::timeout_at(deadline.into(), subgraph.fetch(fetch))
        .await
        .unwrap_or_else(|_| timed_out())
}

fn timed_out() -> SubgraphResponse {
    SubgraphResponse::failed(GraphQlError::new(
        ErrorCode::Timeout,
        "This part of the answer was not ready in time.",
    ))
}

/// The entities of an input, each once, with every place where it occurs.
fn gather(execution: &Execution<'_>, input: &EntityInput) -> IndexMap<Representation, Vec<Target>> {
    let mut entities = IndexMap::<Representation, Vec<Target>>::new();
    for (path, steps) in input.paths.iter().enumerate() {
        let mut found = |object, indices: &[usize]| {
            let types = execution.types;
            if let Some(representation) = build(types, object, &input.requires, &input.rewrites) {
                entities.entry(representation).or_default().push(Target {
                    path,
                    indices: indices.to_vec(),
                });
            }
        };
        visit(
            execution.types,
            &execution.data,
            steps,
            &mut Vec::new(),
            &mut found,
        );
    }
    entities
}
