use std::time::Duration;

use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[event]`: how events travel.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventConfig {
    /// How often the outboxes are looked at.
    #[serde(deserialize_with = "unit::read_duration")]
    pub interval: Duration,
}

impl EventConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.interval.is_zero() {
            return Err(ConfigError::at(
                "event.interval",
                "it must be more than nothing",
            ));
        }
        Ok(())
    }
}
