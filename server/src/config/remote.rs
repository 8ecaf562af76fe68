use std::{collections::BTreeMap, time::Duration};

use schema_gateway::{BreakerOptions, HeaderRules, HttpOptions, RetryOptions};
use serde::Deserialize;

use super::{ConfigError, unit};
use crate::telemetry;

/// Section `[graphql.remote]`: how subgraphs elsewhere are asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteConfig {
    /// Where subgraphs answer, by name, in place of what the supergraph says.
    pub url: BTreeMap<String, String>,
    /// Headers that are passed on besides those that always are.
    pub headers: Vec<String>,
    /// The longest a connection may take to be there.
    #[serde(deserialize_with = "unit::read_duration")]
    pub connect_timeout: Duration,
    /// The longest a fetch may take, retries included.
    #[serde(deserialize_with = "unit::read_duration")]
    pub timeout: Duration,
    /// The largest answer in bytes, after it was unpacked.
    #[serde(deserialize_with = "unit::read_size")]
    pub response_limit: usize,
    /// How long a subscription may be silent.
    #[serde(deserialize_with = "unit::read_duration")]
    pub silence: Duration,
    /// How often one query is asked at most.
    pub attempts: u32,
    /// How many retries a hundred requests pay for.
    pub retry_percent: u32,
    /// How many requests of a hundred have to fail before a subgraph is left in peace.
    pub breaker_percent: u32,
    /// For how long it is left in peace.
    #[serde(deserialize_with = "unit::read_duration")]
    pub breaker_pause: Duration,
    /// Whether identical queries of one caller are asked once.
    pub share_identical: bool,
    /// Whether answers may come packed.
    pub compression: bool,
}

impl RemoteConfig {
    /// The same for the client.
    pub fn options(&self) -> Result<HttpOptions, ConfigError> {
        let mut headers = HeaderRules::default();
        for name in &self.headers {
            headers = headers
                .pass(name)
                .map_err(|error| ConfigError::at("graphql.remote.headers", error))?;
        }
        Ok(HttpOptions {
            timeout: self.timeout,
            response_limit: self.response_limit,
            silence: self.silence,
            breaker: BreakerOptions {
                failure_percent: self.breaker_percent,
                pause: self.breaker_pause,
                ..BreakerOptions::default()
            },
            retry: RetryOptions {
                attempts: self.attempts,
                percent: self.retry_percent,
                ..RetryOptions::default()
            },
            share_identical: self.share_identical,
            compression: self.compression,
            headers,
            propagate: Some(telemetry::propagate_trace),
        })
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.options()?;
        for (key, is_nothing) in [
            ("connect_timeout", self.connect_timeout.is_zero()),
            ("timeout", self.timeout.is_zero()),
            ("response_limit", self.response_limit == 0),
            ("silence", self.silence.is_zero()),
            ("attempts", self.attempts == 0),
            ("breaker_pause", self.breaker_pause.is_zero()),
        ] {
            if is_nothing {
                let key = format!("graphql.remote.{key}");
                return Err(ConfigError::at(&key, "it must be more than nothing"));
            }
        }
        if !(1..=100).contains(&self.breaker_percent) || self.retry_percent > 100 {
            return Err(ConfigError::at(
                "graphql.remote.breaker_percent, graphql.remote.retry_percent",
                "of a hundred there are at most 100, and the first must be at least 1",
            ));
        }
        Ok(())
    }
}
