//! What a gateway is made of.

use std::{collections::HashMap, sync::Arc, time::Duration};

use super::{Gateway, Inner, OperationNames};
use crate::{limit::Limits, plan::PlanCache, subgraph::Subgraph, supergraph::Supergraph};

/// How many documents are kept with their plans, where the host does not say.
const DEFAULT_CACHE_CAPACITY: u64 = 1_000;
/// What counts as slow, where the host does not say.
const SLOW_AFTER: Duration = Duration::from_secs(1);

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
    slow_after: Duration,
    names: Arc<OperationNames>,
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

    /// From which duration on a query or a mutation is logged as slow; 1 s where nothing is said.
    #[must_use]
    pub fn slow_after(mut self, duration: Duration) -> Self {
        self.slow_after = duration;
        self
    }

    /// Which names of operations metrics tell apart; gateways that follow one another share them.
    #[must_use]
    pub fn operation_names(mut self, names: Arc<OperationNames>) -> Self {
        self.names = names;
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
                slow_after: self.slow_after,
                names: self.names,
            }),
        })
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
            slow_after: SLOW_AFTER,
            names: Arc::default(),
        }
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
