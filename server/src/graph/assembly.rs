//! From the text of a supergraph to a gateway: who answers in this process, who elsewhere.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use schema_gateway::{
    Gateway, GatewayError, HttpClient, HttpClientError, HttpOptions, HttpSubgraph, HttpUrlError,
    Limits, OperationNames, Subgraph, Supergraph, SupergraphError, check_agreement,
};

use super::subgraph::{SUPERGRAPH, SubgraphName};
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
    remote: Mutex<Remotes>,
}

/// Subgraphs elsewhere, by name and address.
type Remotes = BTreeMap<(String, String), Arc<HttpSubgraph>>;

/// What is served of a file, if it is.
#[derive(Debug)]
pub struct Examined {
    /// The subgraphs that it names.
    pub subgraphs: Vec<String>,
    /// What subgraphs of this process have and it does not say: not served.
    pub left_out: Vec<String>,
}

/// Says whether `jetbridge serve` would serve the supergraph in `file`. It needs no database and asks nobody.
///
/// # Errors
/// With what `jetbridge serve` would refuse.
pub fn examine(file: PathBuf, config: &GraphQlConfig) -> Result<Examined, AssemblyError> {
    let assembly = Assembly::new(file, OwnSubgraphs::new(), config)?;
    let own = SubgraphName::ALL.map(|name| name.to_string());
    let is_own = |name: &str| own.iter().any(|own| own == name);
    let text = assembly.read()?;
    let (supergraph, _) = assembly.examine(&text, is_own)?;
    assembly.check_named(&supergraph, is_own)?;
    Ok(Examined {
        subgraphs: supergraph.subgraphs().to_vec(),
        left_out: assembly.agree(&text, own.iter().map(String::as_str))?,
    })
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
    /// When the text breaks a rule, says of a subgraph of this process what it is not, or gives a subgraph no address.
    pub fn gateway(&self, text: &str) -> Result<Gateway, AssemblyError> {
        let (supergraph, remotes) = self.examine(text, |name| self.own.contains_key(name))?;
        let left_out = self.agree(text, self.own.keys().map(String::as_str))?;
        if let Some(first) = left_out.first() {
            let fields = left_out.len();
            tracing::warn!(
                first,
                fields,
                "the supergraph leaves out what this process has"
            );
        }
        let own: Vec<_> = supergraph
            .subgraphs()
            .iter()
            .filter_map(|name| Some((name.clone(), Arc::clone(self.own.get(name)?))))
            .collect();
        let mut builder = Gateway::builder(supergraph)
            .cache_capacity(self.plan_cache)
            .slow_after(self.slow_after)
            .limits(self.limits)
            .operation_names(Arc::clone(&self.names));
        for (name, subgraph) in own {
            builder = builder.subgraph(name, subgraph);
        }
        for ((name, _), subgraph) in &remotes {
            builder = builder.subgraph(name, Arc::clone(subgraph));
        }
        let gateway = builder.build()?;
        *self.remote.lock().unwrap_or_else(PoisonError::into_inner) = remotes;
        Ok(gateway)
    }

    /// The supergraph of a text, and those who answer elsewhere.
    fn examine(
        &self,
        text: &str,
        is_own: impl Fn(&str) -> bool,
    ) -> Result<(Supergraph, Remotes), AssemblyError> {
        let supergraph = Supergraph::parse_file(text, &self.file.display().to_string())?;
        let mut remotes = Remotes::new();
        for name in supergraph.subgraphs().iter().filter(|name| !is_own(name)) {
            let url = match self.urls.get(name) {
                Some(url) => url,
                None => supergraph.url(name)?,
            };
            remotes.insert((name.clone(), url.to_owned()), self.remote(name, url)?);
        }
        Ok((supergraph, remotes))
    }

    /// Whether the text says of our subgraphs what they are; gives back what it leaves out of them.
    fn agree<'s>(
        &self,
        text: &str,
        own: impl IntoIterator<Item = &'s str>,
    ) -> Result<Vec<String>, AssemblyError> {
        let file = self.file.display().to_string();
        Ok(check_agreement(text, &file, SUPERGRAPH, own)?)
    }

    /// Whether every address that was configured is that of a subgraph to be asked there.
    ///
    /// # Errors
    /// With the first that is not: most likely a slip of the pen.
    pub fn check_urls(&self, gateway: &Gateway) -> Result<(), AssemblyError> {
        self.check_named(gateway.supergraph(), |name| self.own.contains_key(name))
    }

    fn check_named(
        &self,
        supergraph: &Supergraph,
        is_own: impl Fn(&str) -> bool,
    ) -> Result<(), AssemblyError> {
        for subgraph in self.urls.keys() {
            let named = supergraph.subgraphs();
            let why = if !named.contains(subgraph) {
                format!(
                    "which the supergraph does not name; it names {}",
                    named.join(", ")
                )
            } else if is_own(subgraph) {
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
