use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[http]`: the door.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The longest a request may take.
    #[serde(deserialize_with = "unit::read_duration")]
    pub timeout: Duration,
    /// The largest body, in bytes, after it was unpacked.
    #[serde(deserialize_with = "unit::read_size")]
    pub body_limit: usize,
    /// The largest head of a request, in bytes: its line and its headers.
    #[serde(deserialize_with = "unit::read_size")]
    pub header_limit: usize,
    /// How long the process says that it is not ready before it stops listening.
    #[serde(deserialize_with = "unit::read_duration")]
    pub drain_delay: Duration,
    /// How long running requests may take to end when the process is asked to stop.
    #[serde(deserialize_with = "unit::read_duration")]
    pub drain_deadline: Duration,
    /// Where people find this process.
    #[serde(deserialize_with = "unit::read_optional")]
    pub public_url: Option<String>,
    /// Proxies that are believed where a request comes from.
    pub trusted_proxies: Vec<IpAddr>,
}

impl HttpConfig {
    /// Where people find this process, without a slash at the end.
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.body_limit == 0 {
            return Err(ConfigError::at(
                "http.body_limit",
                "it must be more than nothing",
            ));
        }
        // What is read at once; less is too little to read with.
        if self.header_limit < 8_192 {
            return Err(ConfigError::at(
                "http.header_limit",
                "it must be at least 8KiB",
            ));
        }
        let is_url = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if self.public_url.as_ref().is_some_and(|url| !is_url(url)) {
            return Err(ConfigError::at(
                "http.public_url",
                "it begins with https:// (or http:// on one's own machine)",
            ));
        }
        if self.timeout.is_zero() {
            return Err(ConfigError::at(
                "http.timeout",
                "it must be more than nothing",
            ));
        }
        Ok(())
    }
}
