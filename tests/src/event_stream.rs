//! A client of GraphQL over server-sent events.

use std::time::Duration;

use reqwest::Response;
use serde_json::Value;
use tokio::time::timeout;

/// How long something that must come may take to.
const PATIENCE: Duration = Duration::from_secs(20);

/// A stream of events, seen from the client.
#[derive(Debug)]
pub struct EventStream {
    response: Response,
    text: String,
}

impl EventStream {
    /// The stream that an answer is.
    pub fn of(response: Response) -> Self {
        Self {
            response,
            text: String::new(),
        }
    }

    /// The answer, without its body.
    pub fn answer(&self) -> &Response {
        &self.response
    }

    /// The next event and its data, comments left out; nothing where the stream has ended.
    pub async fn event(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some(end) = self.text.find("\n\n") {
                let block: String = self.text.drain(..end + 2).collect();
                let field = |name: &str| {
                    block.lines().find_map(|line| {
                        let value = line.strip_prefix(name)?.strip_prefix(':')?;
                        Some(value.trim().to_owned())
                    })
                };
                if let Some(event) = field("event") {
                    let data = field("data").unwrap_or_default();
                    return Some((event, serde_json::from_str(&data).unwrap_or_default()));
                }
            }
            let chunk = timeout(PATIENCE, self.response.chunk())
                .await
                .expect("something comes");
            let Ok(Some(chunk)) = chunk else { return None };
            self.text
                .push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }

    /// The data of the next response, which must have no errors.
    pub async fn next(&mut self) -> Value {
        let (event, response) = self.event().await.expect("an event");
        assert_eq!(event, "next");
        assert!(response.get("errors").is_none(), "{response:#}");
        response["data"].clone()
    }
}
