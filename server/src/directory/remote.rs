use std::{path::PathBuf, time::Duration};

use futures_util::future::BoxFuture;
use schema_engagement::courier::DirectoryError;
use serde_json::{Value, json};

use super::Ask;

/// Where the token comes from that a graph elsewhere is asked with.
pub enum TokenSource {
    /// A file, read anew each time: tokens are short-lived.
    File(PathBuf),
    /// One's own machine signs it.
    Signed(Box<dyn Fn() -> anyhow::Result<String> + Send + Sync>),
}

impl std::fmt::Debug for TokenSource {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::File(_) => "File",
            Self::Signed(_) => "Signed",
        })
    }
}

/// Asks a graph elsewhere over HTTP.
#[derive(Debug)]
pub struct Remote {
    client: reqwest::Client,
    url: String,
    token: TokenSource,
}

impl Remote {
    /// Asks at `url`, with tokens from `token`; a question takes no longer than `timeout`.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(url: String, token: TokenSource, timeout: Duration) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().timeout(timeout).build()?;
        Ok(Self { client, url, token })
    }

    async fn answer(&self, query: String, variables: Value) -> Result<Value, DirectoryError> {
        let token = self.token()?;
        let request = self
            .client
            .post(&self.url)
            .header("accept", "application/graphql-response+json")
            .bearer_auth(token)
            .json(&json!({ "query": query, "variables": variables }));
        // The address may be told, what was asked and answered may not.
        let away = |error: reqwest::Error| DirectoryError(error.to_string());
        let answer = request.send().await.map_err(away)?;
        let status = answer.status();
        let unread = |_| DirectoryError(format!("the graph answered {status} and no JSON"));
        let mut body: Value = answer.json().await.map_err(unread)?;
        if let Some(error) = body["errors"].get(0) {
            let code = error["extensions"]["code"].as_str().unwrap_or("an error");
            return Err(DirectoryError(format!("the graph answered {code}")));
        }
        if !body["data"].is_object() {
            return Err(DirectoryError(format!("the graph answered {status}")));
        }
        Ok(body["data"].take())
    }

    fn token(&self) -> Result<String, DirectoryError> {
        match &self.token {
            TokenSource::File(file) => match std::fs::read_to_string(file) {
                Ok(token) => Ok(token.trim().to_owned()),
                Err(error) => Err(DirectoryError(format!("{}: {error}", file.display()))),
            },
            TokenSource::Signed(sign) => sign().map_err(|error| DirectoryError(error.to_string())),
        }
    }
}

impl Ask for Remote {
    fn ask<'a>(
        &'a self,
        query: String,
        variables: Value,
    ) -> BoxFuture<'a, Result<Value, DirectoryError>> {
        Box::pin(self.answer(query, variables))
    }
}
