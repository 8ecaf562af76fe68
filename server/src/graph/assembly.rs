//! From the text of a supergraph to a gateway: who answers in this process, who elsewhere.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use schema_gateway::{
    Gateway, GatewayError, HttpClient, HttpClientError, HttpOptions, HttpSubgraph, HttpUrlError,
    Limits, OperationNames, Subgraph, Supergraph, SupergraphError,
};

use crate::config::{ConfigError, GraphQlConfig};

/// Subgraphs of this process, by name.
pub type OwnSubgraphs = BTreeMap<String, Arc<dyn Subgraph>>;

/// Why a supergraph file is not served.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyError {
    /// It cannot be read.
    #[error("{}: the supergraph cannot be read: {error}", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// It breaks a rule.
    #[error(transparent)]
    Supergraph(#[from] SupergraphError),
    /// An address was configured that is none.
    #[error("the URL of subgraph \"{subgraph}\": {error}")]
    Url {
        /// The subgraph.
        subgraph: String,
        /// What is wrong with it.
        error: HttpUrlError,
    },
    /// An address was configured for a subgraph that is not to be asked.
    #[error("a URL is given for subgraph \"{subgraph}\", {why}")]
    NotRemote {
        /// The subgraph.
        subgraph: String,
        /// Why it is not to be asked.
        why: String,
    },
    /// The supergraph and the subgraphs do not belong together.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The settings for subgraphs elsewhere are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no way to ask anybody.
    #[error(transparent)]
    Client(#[from] HttpClientError),
}

/// Makes gateways out of a supergraph file. Subgraphs that it has made once are kept for as long as supergraphs name them
/// at the same address: with their connections, and what is known about how they are.
pub struct Assembly {
    file: PathBuf,
    own: OwnSubgraphs,
    client: HttpClient,
    options: HttpOptions,
    urls: BTreeMap<String, String>,
    plan_cache: u64,
    slow_after: Duration,
    limits: Limits,
    names: Arc<OperationNames>,
    remote: Mutex<BTreeMap<(String, String), Arc<HttpSubgraph>>>,
}

impl Assembly {
    /// For the supergraph in `file`. A subgraph of `own` answers in this process, every other one at its URL.
    ///
    /// # Errors
    /// When the settings are wrong, or TLS cannot be set up.
    pub fn new(
        file: PathBuf,
        own: OwnSubgraphs,
        config: &GraphQlConfig,
    ) -> Result<Self, AssemblyError> {
        Ok(Self {
            file,
            own,
            client: HttpClient::new(config.remote.connect_timeout)?,
            options: config.remote.options()?,
            urls: config.remote.url.clone(),
            plan_cache: config.plan_cache,
            slow_after: config.slow_after,
            limits: config.limits.limits(),
            names: Arc::default(),
            remote: Mutex::default(),
        })
    }

    /// The same with the names of operations that metrics tell apart.
    #[must_use]
    pub fn operation_names(mut self, names: Arc<OperationNames>) -> Self {
        self.names = names;
        self
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What the file says now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self) -> Result<String, AssemblyError> {
        std::fs::read_to_string(&self.file).map_err(|error| AssemblyError::Unreadable {
            file: self.file.clone(),
            error,
        })
    }

    /// A gateway for this text.
    ///
    /// # Errors
    /// When the text breaks a rule, or a subgraph has no address.
    pub fn gateway(&self, text: &str) -> Result<Gateway, AssemblyError> {
        let supergraph = Supergraph::parse_file(text, &self.file.display().to_string())?;
        let mut used = BTreeMap::new();
        let mut subgraphs: Vec<(String, Arc<dyn Subgraph>)> = Vec::new();
        for name in supergraph.subgraphs() {
            let subgraph: Arc<dyn Subgraph> = if let Some(own) = self.own.get(name) {
                Arc::clone(own)
            } else {
                let url = match self.urls.get(name) {
                    Some(url) => url,
                    None => supergraph.url(name)?,
                };
                let remote = self.remote(name, url)?;
                used.insert((name.clone(), url.to_owned()), Arc::clone(&remote));
                remote
            };
            subgraphs.push((name.clone(), subgraph));
        }
        let mut builder = Gateway::builder(supergraph)
            .cache_capacity(self.plan_cache)
            .slow_after(self.slow_after)
            .limits(self.limits)
            .operation_names(Arc::clone(&self.names));
        for (name, subgraph) in subgraphs {
            builder = builder.subgraph(name, subgraph);
        }
        let gateway = builder.build()?;
        *self.remote.lock().unwrap_or_else(PoisonError::into_inner) = used;
        Ok(gateway)
    }

    /// Whether every address that was configured is that of a subgraph to be asked there.
    ///
    /// # Errors
    /// With the first that is not: most likely a slip of the pen.
    pub fn check_urls(&self, gateway: &Gateway) -> Result<(), AssemblyError> {
        for subgraph in self.urls.keys() {
            let named = gateway.supergraph().subgraphs();
            let why = if !named.contains(subgraph) {
                format!(
                    "which the supergraph does not name; it names {}",
                    named.join(", ")
                )
            } else if self.own.contains_key(subgraph) {
                "which answers in this process".to_owned()
            } else {
                continue;
            };
            let subgraph = subgraph.clone();
            return Err(AssemblyError::NotRemote { subgraph, why });
        }
        Ok(())
    }

    fn remote(&self, name: &str, url: &str) -> Result<Arc<HttpSubgraph>, AssemblyError> {
        let known = self.remote.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&(name.to_owned(), url.to_owned())) {
            return Ok(Arc::clone(known));
        }
        let made = HttpSubgraph::new(name, url, self.client.clone(), self.options.clone());
        made.map(Arc::new).map_err(|error| AssemblyError::Url {
            subgraph: name.to_owned(),
            error,
        })
    }
}

impl std::fmt::Debug for Assembly {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Assembly")
            .field("file", &self.file)
            .field("own", &self.own.keys())
            .finish_non_exhaustive()
    }
}
