use std::{path::PathBuf, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[event]`: how events travel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventConfig {
    /// How often the outboxes are looked at.
    #[serde(deserialize_with = "unit::read_duration")]
    pub interval: Duration,
    /// How long a report of flight operations waits for a flight that is not known yet.
    #[serde(deserialize_with = "unit::read_duration")]
    pub unknown_flight_patience: Duration,
    nats_url: SecretString,
    #[serde(deserialize_with = "unit::read_optional")]
    nats_url_file: Option<PathBuf>,
    #[serde(deserialize_with = "unit::read_optional")]
    nats_credentials_file: Option<PathBuf>,
    #[serde(deserialize_with = "unit::read_optional")]
    nats_user: Option<String>,
    #[serde(deserialize_with = "unit::read_optional")]
    nats_password: Option<SecretString>,
    nats_subject_prefix: String,
    #[serde(deserialize_with = "unit::read_optional")]
    nats_monitor_url: Option<String>,
}

/// The message broker that events travel by.
#[derive(Clone, Copy, Debug)]
pub struct NatsConfig<'a> {
    /// Its address, which may hold a password.
    pub url: &'a SecretString,
    /// A credentials file as `nsc` writes it.
    pub credentials_file: Option<&'a PathBuf>,
    /// The user, where it asks for one.
    pub user: Option<&'a str>,
    /// The user's password.
    pub password: Option<&'a SecretString>,
    /// What our subjects begin with.
    pub prefix: &'a str,
    /// Where it tells how it is configured.
    pub monitor_url: Option<&'a str>,
}

impl EventConfig {
    /// The message broker; `None` where events travel inside one process.
    pub fn nats(&self) -> Option<NatsConfig<'_>> {
        (!self.nats_url.expose_secret().is_empty()).then_some(NatsConfig {
            url: &self.nats_url,
            credentials_file: self.nats_credentials_file.as_ref(),
            user: self.nats_user.as_deref(),
            password: self.nats_password.as_ref(),
            prefix: &self.nats_subject_prefix,
            monitor_url: self.nats_monitor_url.as_deref(),
        })
    }

    pub(super) fn check(&mut self) -> Result<(), ConfigError> {
        for (key, time) in [
            ("event.interval", self.interval),
            (
                "event.unknown_flight_patience",
                self.unknown_flight_patience,
            ),
        ] {
            if time.is_zero() {
                return Err(ConfigError::at(key, "it must be more than nothing"));
            }
        }
        if let Some(file) = &self.nats_url_file {
            let url = std::fs::read_to_string(file).map_err(|error| {
                let why = format!("{} cannot be read: {error}", file.display());
                ConfigError::at("event.nats_url_file", why)
            })?;
            self.nats_url = url.trim().to_owned().into();
        }
        self.check_nats()
    }

    fn check_nats(&self) -> Result<(), ConfigError> {
        let url = self.nats_url.expose_secret();
        let known = ["nats://", "tls://"];
        // The URL itself is not repeated: it may hold a password.
        if !url.is_empty() && !known.iter().any(|scheme| url.starts_with(scheme)) {
            let why = "it must begin with nats:// or tls://";
            return Err(ConfigError::at("event.nats_url", why));
        }
        let prefix = &self.nats_subject_prefix;
        let is_token = |token: &str| {
            !token.is_empty()
                && token
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        if !prefix.split('.').all(is_token) {
            let why = "it has letters, digits, hyphens and underscores, in parts between dots";
            return Err(ConfigError::at("event.nats_subject_prefix", why));
        }
        if self.nats_user.is_some() != self.nats_password.is_some() {
            let why = "a user and a password go together";
            return Err(ConfigError::at("event.nats_user", why));
        }
        Ok(())
    }
}
