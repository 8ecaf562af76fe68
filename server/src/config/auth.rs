use std::{path::PathBuf, time::Duration};

use serde::Deserialize;

use super::{ConfigError, Profile, unit};

/// Section `[auth]`: whose tokens are believed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    /// The only issuer that is believed (claim `iss`).
    pub issuer: String,
    /// For whom a token must be meant (claim `aud`).
    pub audience: String,
    /// How far two clocks may differ.
    #[serde(deserialize_with = "unit::read_duration")]
    pub leeway: Duration,
    /// A JSON Web Key Set of public keys.
    #[serde(deserialize_with = "unit::read_optional")]
    pub jwks_file: Option<PathBuf>,
    /// One public key as PEM.
    #[serde(deserialize_with = "unit::read_optional")]
    pub public_key_file: Option<PathBuf>,
    /// How long a development token is valid.
    #[serde(deserialize_with = "unit::read_duration")]
    pub development_token_lifetime: Duration,
}

/// RFC 8725 advises small; more would keep a revoked token alive.
const LARGEST_LEEWAY: Duration = Duration::from_secs(30);

impl AuthConfig {
    /// Whether somebody else's tokens can be checked. Without a key there are only development tokens.
    pub fn has_configured_key(&self) -> bool {
        self.jwks_file.is_some() || self.public_key_file.is_some()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.leeway > LARGEST_LEEWAY {
            return Err(ConfigError::at("auth.leeway", "it is at most 30s"));
        }
        if self.issuer.is_empty() || self.audience.is_empty() {
            return Err(ConfigError::at(
                "auth.issuer, auth.audience",
                "both must be named: a token of anybody for anything proves nothing",
            ));
        }
        if self.jwks_file.is_some() && self.public_key_file.is_some() {
            return Err(ConfigError::at(
                "auth.public_key_file",
                "give either this or auth.jwks_file, not both",
            ));
        }
        for (key, file) in [
            ("auth.jwks_file", &self.jwks_file),
            ("auth.public_key_file", &self.public_key_file),
        ] {
            if let Some(file) = file {
                std::fs::metadata(file).map_err(|error| {
                    ConfigError::at(key, format!("{} cannot be read: {error}", file.display()))
                })?;
            }
        }
        Ok(())
    }

    /// Whether there are keys where there have to be.
    pub(super) fn check_keys(&self, profile: Profile) -> Result<(), ConfigError> {
        if profile == Profile::Production && !self.has_configured_key() {
            return Err(ConfigError::at(
                "auth.jwks_file",
                "the production profile needs the keys that tokens are signed with, here or in auth.public_key_file",
            ));
        }
        Ok(())
    }
}
