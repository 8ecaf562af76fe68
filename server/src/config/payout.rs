use std::{path::PathBuf, time::Duration};

use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[payout]`: how claims are paid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayoutConfig {
    /// Who pays.
    pub provider: PayoutProvider,
    /// The folder of the payment files; empty for `payments` in the data folder.
    #[serde(deserialize_with = "unit::read_optional")]
    pub folder: Option<PathBuf>,
    /// Where the payment service answers.
    pub url: String,
    /// A file with the bearer token for it.
    #[serde(deserialize_with = "unit::read_optional")]
    pub token_file: Option<PathBuf>,
    /// How long one answer of it may take.
    #[serde(deserialize_with = "unit::read_duration")]
    pub timeout: Duration,
    /// How often it is asked what became of a payment that it accepted.
    #[serde(deserialize_with = "unit::read_duration")]
    pub poll: Duration,
    /// How often payouts are looked for that wait, and last days that come near.
    #[serde(deserialize_with = "unit::read_duration")]
    pub interval: Duration,
    /// How long nobody else takes up a payout that a process has taken.
    #[serde(deserialize_with = "unit::read_duration")]
    pub lease: Duration,
    /// The pause before a provider is asked again whose answer is not known.
    #[serde(deserialize_with = "unit::read_duration")]
    pub pause: Duration,
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PayoutProvider {
    /// Files for a batch run.
    File,
    /// A payment service over HTTP.
    Http,
}

impl PayoutConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let nothing = [
            ("timeout", self.timeout),
            ("poll", self.poll),
            ("interval", self.interval),
            ("pause", self.pause),
        ];
        if let Some((key, _)) = nothing.into_iter().find(|(_, value)| value.is_zero()) {
            let key = format!("payout.{key}");
            return Err(ConfigError::at(&key, "it must be more than nothing"));
        }
        if self.lease < self.timeout * 2 {
            return Err(ConfigError::at(
                "payout.lease",
                "it must be at least twice payout.timeout, so that nobody takes up what is still being asked",
            ));
        }
        let is_url = ["http://", "https://"]
            .iter()
            .any(|scheme| self.url.starts_with(scheme));
        if self.provider == PayoutProvider::Http && !is_url {
            return Err(ConfigError::at(
                "payout.url",
                "the payment service needs a URL that begins with http:// or https://",
            ));
        }
        Ok(())
    }
}
