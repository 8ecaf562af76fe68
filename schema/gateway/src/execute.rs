//! Runs a plan: asks, merges, and completes the response.

mod absorb;
mod asked;
mod assignment;
mod failure;
mod fetch;
mod merge;
mod path;
mod project;
mod representation;

use std::sync::Arc;

use async_graphql::{Value, Variables};
use futures_util::future::join_all;

use self::{failure::Failures, fetch::PreparedFetch, project::Projection};
use crate::{
    plan::{FetchStep, Plan},
    request::RequestContext,
    response::GraphQlError,
    subgraph::{Subgraph, SubgraphResponse, SubgraphStream},
    supergraph::Types,
};

/// How many errors a response carries at most.
const MAX_ERRORS: usize = 20;

/// Everything one request needs while its plan runs.
pub(crate) struct Execution<'a> {
    pub(crate) types: &'a Types,
    /// In the order of [`crate::Supergraph::subgraphs`].
    pub(crate) subgraphs: &'a [Arc<dyn Subgraph>],
    pub(crate) context: &'a RequestContext,
    pub(crate) variables: &'a Variables,
    /// The response so far, with everything that later fetches need besides what the client asked for.
    pub(crate) data: Value,
    pub(crate) errors: Vec<GraphQlError>,
    failures: Failures,
}

impl<'a> Execution<'a> {
    pub(crate) fn new(
        types: &'a Types,
        subgraphs: &'a [Arc<dyn Subgraph>],
        context: &'a RequestContext,
        variables: &'a Variables,
    ) -> Self {
        Self {
            types,
            subgraphs,
            context,
            variables,
            data: Value::Object(indexmap::IndexMap::new()),
            errors: Vec::new(),
            failures: Failures::default(),
        }
    }

    /// Runs the waves one after another, the fetches of a wave side by side.
    pub(crate) async fn run(&mut self, waves: &[Vec<FetchStep>]) {
        for wave in waves {
            let prepared = wave
                .iter()
                .filter_map(|step| PreparedFetch::new(self, step))
                .collect::<Vec<_>>();
            let (context, subgraphs) = (self.context, self.subgraphs);
            let responses = join_all(
                prepared
                    .into_iter()
                    .map(|fetch| fetch.send(context, subgraphs)),
            );
            for (fetch, response) in responses.await {
                self.absorb(fetch, response);
            }
        }
    }

    /// Begins the subscription that `root` asks for.
    pub(crate) async fn subscribe(
        &self,
        root: &FetchStep,
    ) -> Result<SubgraphStream, Vec<GraphQlError>> {
        match PreparedFetch::new(self, root) {
            Some(fetch) => fetch.subscribe(self.context, self.subgraphs).await,
            None => Ok(Box::pin(futures_util::stream::empty())),
        }
    }

    /// Takes over what a subgraph says about one event of the subscription that `root` has begun.
    pub(crate) fn take_event(&mut self, root: &FetchStep, event: SubgraphResponse) {
        if let Some(fetch) = PreparedFetch::new(self, root) {
            self.absorb(fetch, event);
        }
    }

    /// Brings the response into the client's shape.
    pub(crate) fn finish(self, plan: &Plan) -> (Value, Vec<GraphQlError>) {
        let mut data = self.data;
        let mut projection = Projection::new(self.failures, self.errors, self.context);
        if !projection.root(&mut data, &plan.root) {
            data = Value::Null;
        }
        let mut errors = asked::shown(&data, &plan.root, projection.into_errors());
        errors.truncate(MAX_ERRORS);
        (data, errors)
    }
}
