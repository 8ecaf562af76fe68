use std::{path::PathBuf, time::Duration};

use schema_engagement::{courier::CourierOptions, delivery::state::Patience};
use serde::Deserialize;

use super::{ConfigError, MailConfig, unit};

/// Section `[notification]`: how notifications are brought to customers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationConfig {
    /// How often deliveries are looked for that are due.
    #[serde(deserialize_with = "unit::read_duration")]
    pub interval: Duration,
    /// How many are taken at a time.
    pub batch: u32,
    /// How long whoever took them has for it.
    #[serde(deserialize_with = "unit::read_duration")]
    pub lease: Duration,
    /// The pause before the first retry.
    #[serde(deserialize_with = "unit::read_duration")]
    pub retry_pause: Duration,
    /// How long a delivery waits for a mail server that is away.
    #[serde(deserialize_with = "unit::read_duration")]
    pub give_up_after: Duration,
    /// How long looking up a customer may take.
    #[serde(deserialize_with = "unit::read_duration")]
    pub lookup_timeout: Duration,
    /// Where the graph answers, for a process that serves the engagement subgraph alone.
    #[serde(deserialize_with = "unit::read_optional")]
    pub graph_url: Option<String>,
    /// A file that holds the token to ask it with.
    #[serde(deserialize_with = "unit::read_optional")]
    pub graph_token_file: Option<PathBuf>,
}

impl NotificationConfig {
    /// The same for the courier.
    pub fn options(&self, mail: &MailConfig) -> CourierOptions {
        CourierOptions {
            batch: self.batch.into(),
            concurrency: usize::try_from(mail.connections).unwrap_or(1),
            lease: self.lease,
            patience: Patience {
                pause: self.retry_pause,
                give_up_after: self.give_up_after,
            },
        }
    }

    pub(super) fn check(&self, mail: &MailConfig) -> Result<(), ConfigError> {
        let nothing = [
            ("interval", self.interval.is_zero()),
            ("batch", self.batch == 0),
            ("retry_pause", self.retry_pause.is_zero()),
            ("give_up_after", self.give_up_after.is_zero()),
            ("lookup_timeout", self.lookup_timeout.is_zero()),
        ];
        if let Some((key, _)) = nothing.into_iter().find(|(_, is_nothing)| *is_nothing) {
            let key = format!("notification.{key}");
            return Err(ConfigError::at(&key, "it must be more than nothing"));
        }
        // Looking up, sending, and looking whether the server is there: all in turn, as often as a connection has its turn.
        let one = self.lookup_timeout.saturating_mul(2) + mail.timeout.saturating_mul(2);
        let turns = self.batch.div_ceil(mail.connections.max(1));
        let longest = one.saturating_mul(turns);
        if self.lease <= longest {
            let why = format!(
                "a batch can take {longest:?} by notification.batch, notification.lookup_timeout, mail.timeout and mail.connections; a lease is longer"
            );
            return Err(ConfigError::at("notification.lease", why));
        }
        Ok(())
    }
}
