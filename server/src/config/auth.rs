use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::TimeDelta;
use schema_identity::{
    Options,
    throttle::{Allowance, Throttles},
};
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
    /// How long somebody stays signed in at most.
    #[serde(deserialize_with = "unit::read_duration")]
    pub session_lifetime: Duration,
    /// How long somebody stays signed in without doing anything.
    #[serde(deserialize_with = "unit::read_duration")]
    pub session_idle: Duration,
    /// For how long what was shown counts as shown just now.
    #[serde(deserialize_with = "unit::read_duration")]
    pub step_up_window: Duration,
    /// Whether roles that ask for a second factor get one.
    pub second_factor: SecondFactorRule,
    /// The key that secrets of second factors are sealed with: 32 bytes.
    #[serde(deserialize_with = "unit::read_optional")]
    pub sealing_key_file: Option<PathBuf>,
    /// The keys that tokens for programs are signed with.
    #[serde(
        deserialize_with = "unit::read_optional",
        rename = "signing_keys_folder"
    )]
    pub(crate) signing_keys: Option<PathBuf>,
    /// How long a token for a program is valid.
    #[serde(deserialize_with = "unit::read_duration")]
    pub token_lifetime: Duration,
    /// The window in which sign-ins are counted.
    #[serde(deserialize_with = "unit::read_duration")]
    pub login_window: Duration,
    /// Tries for one account from one address.
    pub login_tries: i32,
    /// Tries for one account.
    pub login_tries_per_account: i32,
    /// Tries from one address.
    pub login_tries_per_address: i32,
    /// The window in which mails are counted.
    #[serde(deserialize_with = "unit::read_duration")]
    pub mail_window: Duration,
    /// Mails to one address, or asked for from one.
    pub mail_tries: i32,
    /// How often a process looks at what others have revoked.
    #[serde(deserialize_with = "unit::read_duration")]
    pub refresh_interval: Duration,
}

/// Whether roles that ask for a second factor get one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactorRule {
    /// They do in production, and nobody has to on one's own machine.
    Profile,
    /// They do.
    Roles,
    /// Nobody has to.
    Optional,
}

/// RFC 8725 advises small; more would keep a revoked token alive.
const LARGEST_LEEWAY: Duration = Duration::from_secs(30);

/// Tokens that live long are tokens that are stolen.
const LONGEST_TOKEN: Duration = Duration::from_hours(1);

/// Longer than a year nobody waits for anything.
const LONGEST_WINDOW: Duration = Duration::from_hours(8_760);

impl AuthConfig {
    /// Whether somebody else's tokens can be checked. Without a key there are only development tokens.
    pub fn has_configured_key(&self) -> bool {
        self.jwks_file.is_some() || self.public_key_file.is_some()
    }

    /// The same for the identity domain.
    pub fn options(&self, profile: Profile) -> Options {
        let delta = |duration| TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
        let (login, mail) = (delta(self.login_window), delta(self.mail_window));
        let allowance = |tries, window| Allowance { tries, window };
        Options {
            session_lifetime: delta(self.session_lifetime),
            session_idle: delta(self.session_idle),
            step_up_window: delta(self.step_up_window),
            is_second_factor_enforced: match self.second_factor {
                SecondFactorRule::Profile => profile == Profile::Production,
                SecondFactorRule::Roles => true,
                SecondFactorRule::Optional => false,
            },
            throttles: Throttles {
                login: allowance(self.login_tries, login),
                account: allowance(self.login_tries_per_account, login),
                address: allowance(self.login_tries_per_address, login),
                mail: allowance(self.mail_tries, mail),
            },
        }
    }

    /// The folder of the keys that tokens for programs are signed with.
    pub fn signing_keys_folder(&self, data_folder: &Path) -> PathBuf {
        let own = || data_folder.join("signing-keys");
        self.signing_keys.clone().unwrap_or_else(own)
    }

    fn check_sessions(&self) -> Result<(), ConfigError> {
        for (key, duration) in [
            ("auth.session_lifetime", self.session_lifetime),
            ("auth.session_idle", self.session_idle),
            ("auth.step_up_window", self.step_up_window),
            ("auth.login_window", self.login_window),
            ("auth.mail_window", self.mail_window),
            ("auth.refresh_interval", self.refresh_interval),
        ] {
            if duration.is_zero() || duration > LONGEST_WINDOW {
                return Err(ConfigError::at(
                    key,
                    "it is more than nothing, and at most 8760h",
                ));
            }
        }
        if self.token_lifetime.is_zero() || self.token_lifetime > LONGEST_TOKEN {
            return Err(ConfigError::at(
                "auth.token_lifetime",
                "it is more than nothing, and at most 1h: what is revoked is remembered for longer",
            ));
        }
        for (key, tries) in [
            ("auth.login_tries", self.login_tries),
            ("auth.login_tries_per_account", self.login_tries_per_account),
            ("auth.login_tries_per_address", self.login_tries_per_address),
            ("auth.mail_tries", self.mail_tries),
        ] {
            if tries < 1 {
                return Err(ConfigError::at(key, "it lets at least one through"));
            }
        }
        Ok(())
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.check_sessions()?;
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
            ("auth.sealing_key_file", &self.sealing_key_file),
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
