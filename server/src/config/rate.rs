use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ConfigError, Profile, unit};

/// Section `[rate]`: how much the graph may be asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateConfig {
    /// Whether requests are counted.
    pub limits: RateRule,
    /// The time in which they are counted, from the first of them.
    #[serde(deserialize_with = "unit::read_duration")]
    pub window: Duration,
    /// For each person who is signed in.
    pub user: u64,
    /// For each program or device.
    pub client: u64,
    /// For each address from which nobody in particular asks.
    pub anonymous: u64,
    /// What a request may cost that counts as one; one of more counts as several.
    pub cost: u64,
    /// Fields at the root of an operation that are asked for less often than everything else, by name.
    pub fields: BTreeMap<String, u64>,
    redis_url: SecretString,
    #[serde(deserialize_with = "unit::read_optional")]
    redis_url_file: Option<PathBuf>,
    /// The longest that one answer of the store may take.
    #[serde(deserialize_with = "unit::read_duration")]
    pub redis_timeout: Duration,
}

/// Whether requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RateRule {
    /// They are.
    On,
    /// They are not.
    Off,
    /// In production, and not on one's own machine.
    Profile,
}

impl RateConfig {
    /// Whether requests are counted in this profile.
    pub fn is_on(&self, profile: Profile) -> bool {
        match self.limits {
            RateRule::On => true,
            RateRule::Off => false,
            RateRule::Profile => profile == Profile::Production,
        }
    }

    /// Where several processes count together; `None` where each counts for itself.
    pub fn redis_url(&self) -> Option<&str> {
        Some(self.redis_url.expose_secret()).filter(|url| !url.is_empty())
    }

    pub(super) fn check(&mut self) -> Result<(), ConfigError> {
        if self.window < Duration::from_secs(1) {
            return Err(at("window", "it is at least a second"));
        }
        if self.redis_timeout.is_zero() {
            return Err(at("redis_timeout", "it must be more than nothing"));
        }
        let fields = self
            .fields
            .iter()
            .map(|(name, limit)| (name.as_str(), limit));
        let counts = [
            ("user", &self.user),
            ("client", &self.client),
            ("anonymous", &self.anonymous),
            ("cost", &self.cost),
        ];
        for (key, value) in counts.into_iter().chain(fields) {
            if *value == 0 {
                return Err(at(key, "it must be more than nothing"));
            }
        }
        if let Some(file) = &self.redis_url_file {
            let url = std::fs::read_to_string(file).map_err(|error| {
                at(
                    "redis_url_file",
                    &format!("{} cannot be read: {error}", file.display()),
                )
            })?;
            self.redis_url = url.trim().to_owned().into();
        }
        let is_known = |url: &str| url.starts_with("redis://") || url.starts_with("rediss://");
        // The URL itself is not repeated: it may hold a password.
        if self.redis_url().is_some_and(|url| !is_known(url)) {
            return Err(at("redis_url", "it must begin with redis:// or rediss://"));
        }
        Ok(())
    }
}

fn at(key: &str, why: &str) -> ConfigError {
    ConfigError::at(&format!("rate.{key}"), why)
}
