//! The product without subgraphs of its own: a gateway for those elsewhere.

use std::{
    path::Path,
    sync::{Arc, RwLock},
};

use anyhow::Context;
use schema_gateway::OperationNames;
use schema_kernel::{Clock, IdSource};
use tokio::sync::Semaphore;

use super::{App, Inner, Readiness, database::Databases, keys};
use crate::{
    auth::Authenticator,
    config::Config,
    frontend::Frontends,
    graph::{
        Connections, Graph, Shape,
        assembly::{Assembly, AssemblyError, OwnSubgraphs},
        documents::Documents,
        follow::Follower,
        subgraph::Feeds,
    },
    rate::Rates,
};

impl App {
    /// Puts a gateway together that has no subgraph of its own, and so neither databases nor events. It checks tokens
    /// where keys are configured for that, and otherwise leaves it to the subgraphs that it passes them on to.
    ///
    /// # Errors
    /// When the supergraph of the configuration cannot be served, or the keys cannot be read.
    pub fn start_gateway(config: Config) -> anyhow::Result<Self> {
        Self::start_gateway_with(config, Clock::default(), IdSource::default())
    }

    /// The same with another clock and other identifiers.
    ///
    /// # Errors
    /// As [`App::start_gateway`].
    pub fn start_gateway_with(config: Config, clock: Clock, ids: IdSource) -> anyhow::Result<Self> {
        let file = config
            .graphql
            .supergraph
            .as_ref()
            .context("graphql.supergraph: a gateway needs one to serve")?;
        let authenticator = if config.auth.has_configured_key() {
            let (keys, _) = keys(&config)?;
            Some(Arc::new(Authenticator::new(
                keys,
                &config.auth,
                clock.clone(),
            )))
        } else {
            None
        };
        let frontends = Frontends::load(&config.frontend)?;
        let mut documents = Documents::load(&config.graphql.documents, config.profile)?;
        frontends.trust(&mut documents)?;
        let names = Arc::new(OperationNames::knowing(documents.operation_names()));
        let follower = follow(file, OwnSubgraphs::new(), &config, names)?;
        let databases = Databases::none();
        Ok(Self(Arc::new(Inner {
            feeds: Feeds::of(&databases, config.subscription.interval),
            connections: Connections::at_most(config.subscription.connections),
            databases,
            graph: Graph::from(Shape::Supergraph(follower.live())),
            authenticator,
            development_key: None,
            identity: None,
            signing_keys: RwLock::new(None),
            consumers: Vec::new(),
            dispatcher: None,
            courier: None,
            bus: None,
            payouts: None,
            follower: Some(follower),
            documents,
            frontends,
            rates: Rates::new(&config.rate, config.profile, clock.clone())?,
            in_flight: Semaphore::new(config.graphql.in_flight),
            readiness: Readiness::default(),
            clock,
            ids,
            config,
        })))
    }
}

/// Serves the supergraph in `file`, and what it becomes.
pub(super) fn follow(
    file: &Path,
    own: OwnSubgraphs,
    config: &Config,
    names: Arc<OperationNames>,
) -> Result<Follower, AssemblyError> {
    let assembly = Assembly::new(file.to_owned(), own, &config.graphql)?.operation_names(names);
    Follower::start(assembly, config.graphql.supergraph_interval)
}
