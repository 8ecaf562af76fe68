use std::time::Duration;

use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[subscription]`: connections that stay.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionConfig {
    /// How often an outbox is looked at while somebody is subscribed.
    #[serde(deserialize_with = "unit::read_duration")]
    pub interval: Duration,
    /// How long a socket may take to say who it is.
    #[serde(deserialize_with = "unit::read_duration")]
    pub init_timeout: Duration,
    /// How often a connection on which nothing happens is shown to be alive.
    #[serde(deserialize_with = "unit::read_duration")]
    pub keep_alive: Duration,
    /// How many sockets and event streams there may be at a time.
    pub connections: usize,
    /// How many operations one socket may run at a time.
    pub operations: usize,
    /// Origins of pages, beside the process's own, that may open sockets.
    pub allowed_origins: Vec<String>,
}

impl SubscriptionConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let nothing = [
            ("interval", self.interval.is_zero()),
            ("init_timeout", self.init_timeout.is_zero()),
            ("keep_alive", self.keep_alive.is_zero()),
            ("connections", self.connections == 0),
            ("operations", self.operations == 0),
        ];
        if let Some((key, _)) = nothing.into_iter().find(|(_, is_nothing)| *is_nothing) {
            return Err(ConfigError::at(
                &format!("subscription.{key}"),
                "it must be more than nothing",
            ));
        }
        if let Some(origin) = self
            .allowed_origins
            .iter()
            .find(|origin| !is_origin(origin))
        {
            return Err(ConfigError::at(
                "subscription.allowed_origins",
                format!(
                    "\"{origin}\" is not an origin; write one like \"https://app.example\", without a path"
                ),
            ));
        }
        Ok(())
    }
}

fn is_origin(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, authority)| {
        matches!(scheme, "http" | "https")
            && !authority.is_empty()
            && !authority.contains(['/', '?', '#', '@', ' '])
    })
}
