use std::{path::PathBuf, time::Duration};

use serde::Deserialize;

use super::{ConfigError, DocumentConfig, LimitConfig, RemoteConfig, unit};

/// Section `[graphql]`: how the graph answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GraphQlConfig {
    /// The longest an operation may take; what is not there by then is a `TIMEOUT`.
    #[serde(deserialize_with = "unit::read_duration")]
    pub timeout: Duration,
    /// How long an operation takes that is logged as slow.
    #[serde(deserialize_with = "unit::read_duration")]
    pub slow_after: Duration,
    /// How many requests may be executed at the same time.
    pub in_flight: usize,
    /// How many query plans are kept.
    pub plan_cache: u64,
    /// Who may read the schema.
    pub introspection: Introspection,
    /// A composed supergraph to serve in place of the one that is compiled in.
    #[serde(deserialize_with = "unit::read_optional")]
    pub supergraph: Option<PathBuf>,
    /// How often that file is looked at for a change.
    #[serde(deserialize_with = "unit::read_duration")]
    pub supergraph_interval: Duration,
    /// Documents that clients of ours were built with.
    pub documents: DocumentConfig,
    /// How subgraphs elsewhere are asked.
    pub remote: RemoteConfig,
    /// What one request may ask for at most.
    pub limits: LimitConfig,
}

/// Who may read the schema by introspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Introspection {
    /// Everybody in development, administrators in production.
    Profile,
    /// Everybody.
    Everybody,
    /// Administrators.
    Administrators,
}

impl GraphQlConfig {
    pub(super) fn check(&self, http_timeout: Duration) -> Result<(), ConfigError> {
        if self.timeout.is_zero() || self.timeout >= http_timeout {
            return Err(ConfigError::at(
                "graphql.timeout",
                "it must be more than nothing and less than http.timeout, so that an operation can still say what it has",
            ));
        }
        if self.in_flight == 0 {
            return Err(ConfigError::at(
                "graphql.in_flight",
                "it must let at least one request in",
            ));
        }
        if self.plan_cache == 0 {
            return Err(ConfigError::at(
                "graphql.plan_cache",
                "it must hold at least one plan",
            ));
        }
        if self.supergraph_interval.is_zero() {
            return Err(ConfigError::at(
                "graphql.supergraph_interval",
                "it must be more than nothing",
            ));
        }
        self.remote.check()?;
        self.limits.check()
    }
}
