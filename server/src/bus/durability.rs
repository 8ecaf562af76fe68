//! Whether the broker has on its disk what it acknowledges.

use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use crate::config::NatsConfig;

const PATIENCE: Duration = Duration::from_secs(3);

/// What can be known of when JetStream writes to its disk.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sync {
    Always,
    Every(String),
    Unknown,
}

/// Warns when what the broker acknowledges can be lost with its machine. Says nothing more than that it cannot be known where
/// no monitoring address is configured.
pub(super) async fn warn_of_loss(config: NatsConfig<'_>) {
    let Some(url) = config.monitor_url else {
        tracing::info!(
            "whether JetStream's sync_interval is `always` cannot be known without event.nats_monitor_url"
        );
        return;
    };
    let found = match ask(url).await {
        Ok(variables) => sync_of(&variables),
        Err(error) => {
            tracing::warn!(
                error = format!("{error:#}"),
                "event.nats_monitor_url does not answer"
            );
            return;
        }
    };
    match found {
        Sync::Always => {}
        Sync::Every(interval) => tracing::warn!(
            "JetStream writes to its disk every {interval} and acknowledges before that; set `sync_interval: always` in its configuration"
        ),
        Sync::Unknown => tracing::warn!(
            "JetStream acknowledges before its disk has a message; set `sync_interval: always` in its configuration (nats-server 2.10 or newer)"
        ),
    }
}

async fn ask(url: &str) -> anyhow::Result<Value> {
    let address = format!("{}/varz", url.trim_end_matches('/'));
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let answer = client.get(address).send().await?.error_for_status()?;
    answer.json().await.context("it answers no JSON")
}

fn sync_of(variables: &Value) -> Sync {
    let config = &variables["jetstream"]["config"];
    if config["sync_always"] == true {
        return Sync::Always;
    }
    match config["sync_interval"].as_u64() {
        Some(nanoseconds) => Sync::Every(format!("{:?}", Duration::from_nanos(nanoseconds))),
        None => Sync::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_broker_tells_is_understood() {
        let told = |config: Value| sync_of(&json!({ "jetstream": { "config": config } }));
        assert_eq!(told(json!({ "sync_always": true })), Sync::Always);
        assert_eq!(
            told(json!({ "sync_interval": 120_000_000_000_u64 })),
            Sync::Every("120s".to_owned())
        );
        assert_eq!(told(json!({ "max_memory": 1 })), Sync::Unknown);
        assert_eq!(sync_of(&json!({})), Sync::Unknown);
    }
}
