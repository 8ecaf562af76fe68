use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use super::{ConfigError, unit};

/// Section `[telemetry]`: what operators see.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelemetryConfig {
    /// What is logged, in the syntax of tracing's `EnvFilter`.
    pub log: String,
    /// How it is written.
    pub log_format: LogFormat,
    /// Where traces are sent.
    #[serde(deserialize_with = "unit::read_optional")]
    pub otlp_endpoint: Option<String>,
    /// The name of this process in traces.
    pub service_name: String,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text in development, JSON in production.
    Profile,
    /// One line of text for people.
    Text,
    /// One JSON object a line.
    Json,
}

impl TelemetryConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        EnvFilter::try_new(&self.log).map_err(|error| ConfigError::at("telemetry.log", error))?;
        if let Some(endpoint) = &self.otlp_endpoint
            && !endpoint.starts_with("http://")
        {
            return Err(ConfigError::at(
                "telemetry.otlp_endpoint",
                "it must begin with http://, like \"http://localhost:4318/v1/traces\"; a collector beside the process speaks TLS to the rest",
            ));
        }
        Ok(())
    }
}
