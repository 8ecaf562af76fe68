use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Serialize;

/// What flags say; each wins over every other source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Flags {
    #[serde(skip)]
    pub(super) quiet: bool,
    #[serde(skip)]
    pub(super) passes_tokens_on: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<HttpFlags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<DatabaseFlags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    graphql: Option<GraphQlFlags>,
}

#[derive(Clone, Debug, Serialize)]
struct HttpFlags {
    listen: String,
}

#[derive(Clone, Debug, Serialize)]
struct DatabaseFlags {
    migrate: bool,
}

#[derive(Clone, Debug, Serialize)]
struct GraphQlFlags {
    supergraph: PathBuf,
    remote: RemoteFlags,
}

#[derive(Clone, Debug, Serialize)]
struct RemoteFlags {
    url: BTreeMap<String, String>,
    headers: Vec<String>,
}

impl Flags {
    /// Log only what somebody has to do something about, unless a file or the environment says otherwise: for commands
    /// whose output is for people.
    #[must_use]
    pub fn quiet(mut self, quiet: bool) -> Self {
        self.quiet = quiet;
        self
    }

    /// The address to listen on.
    #[must_use]
    pub fn listen(mut self, listen: Option<String>) -> Self {
        self.http = listen.map(|listen| HttpFlags { listen });
        self
    }

    /// Apply pending migrations at start, wherever the database is.
    #[must_use]
    pub fn migrate(mut self, migrate: bool) -> Self {
        self.database = migrate.then_some(DatabaseFlags { migrate });
        self
    }

    /// Serve this supergraph over subgraphs elsewhere, at these URLs in place of its own, and pass these headers on to
    /// them besides those that are configured. Keys to check tokens with are not needed: the subgraphs have theirs.
    #[must_use]
    pub fn gateway(
        mut self,
        supergraph: &Path,
        urls: &[(String, String)],
        headers: &[String],
    ) -> Self {
        self.passes_tokens_on = true;
        self.graphql = Some(GraphQlFlags {
            supergraph: supergraph.to_owned(),
            remote: RemoteFlags {
                url: urls.iter().cloned().collect(),
                headers: headers.to_vec(),
            },
        });
        self
    }
}
