//! One exchange over HTTP: a body out, at most so many bytes in.

use std::time::Duration;

use http::{HeaderMap, StatusCode, header};
use reqwest::{Client, RequestBuilder, Url, redirect::Policy};

/// What is accepted: the media type whose status can be trusted first.
const ACCEPT: &str = "application/graphql-response+json, application/json;q=0.9";
const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";

/// What is accepted of a subscription, and nothing else: common servers compare the whole header.
const EVENT_STREAM: &str = "text/event-stream";

/// Who asks, for the logs of subgraphs.
const USER_AGENT: &str = concat!("jetbridge-gateway/", env!("CARGO_PKG_VERSION"));

/// How long a connection is kept for the next request. Shorter than servers commonly keep theirs (Node: 5 s), so that a
/// request is rarely sent into a connection that is being closed.
const IDLE: Duration = Duration::from_secs(4);

/// How long a connection may be quiet before it is asked whether anybody is there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Connections to subgraphs: pooled, HTTP/2 where TLS offers it, answers unpacked. Cloning is cheap; clones share the
/// pool, and one is enough for all subgraphs.
#[derive(Debug, Clone)]
pub struct HttpClient(Client);

/// No connections can be made at all.
#[derive(Debug, thiserror::Error)]
#[error("the client for subgraphs over HTTP cannot be made: {0}")]
pub struct HttpClientError(#[from] reqwest::Error);

impl HttpClient {
    /// A client that gives up a connection which is not there after `connect_timeout`. Redirects are not followed and
    /// proxies of the environment not used: what is asked carries the caller's token, and goes where it was configured
    /// to go. TLS trusts what the operating system trusts (`SSL_CERT_FILE` names another set); where that is nobody,
    /// subgraphs over `https` cannot be asked, and those over `http` can.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, HttpClientError> {
        let builder = || {
            Client::builder()
                .user_agent(USER_AGENT)
                .connect_timeout(connect_timeout)
                .pool_idle_timeout(IDLE)
                .redirect(Policy::none())
                .no_proxy()
                .tcp_nodelay(true)
                .tcp_keepalive(KEEP_ALIVE)
        };
        if let Ok(client) = builder().build() {
            return Ok(Self(client));
        }
        let client = builder().tls_certs_only([]).build()?;
        tracing::warn!("there are no root certificates; subgraphs over https cannot be asked");
        Ok(Self(client))
    }
}

/// One question, ready to be sent more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) body: bytes::Bytes,
    pub(super) headers: HeaderMap,
}

/// What came back, whole.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// Whether the media type says that this is a GraphQL response, whatever the status.
    pub(super) is_graphql: bool,
    /// Whether the subgraph said when to come back.
    pub(super) says_when: bool,
    pub(super) body: bytes::Bytes,
}

/// What came back of a subscription.
pub(super) enum Opening {
    /// Events, as they happen.
    Events(reqwest::Response),
    /// One answer, most likely a refusal.
    Reply(Reply),
}

/// Something that came back: the whole answer, where that is what it is.
pub(super) trait Heard {
    fn reply(&self) -> Option<&Reply>;
}

impl Heard for Reply {
    fn reply(&self) -> Option<&Reply> {
        Some(self)
    }
}

impl Heard for Opening {
    fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Events(_) => None,
            Self::Reply(reply) => Some(reply),
        }
    }
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// Too much failed lately: it was not even asked.
    HeldBack,
    /// There is no connection.
    Unreachable,
    /// The connection ended before the answer did.
    Interrupted,
    /// The answer was not there in time.
    Late,
    /// The answer is larger than may be.
    TooLarge,
}

impl Failure {
    /// The word for logs and metrics.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::HeldBack => "held_back",
            Self::Unreachable => "unreachable",
            Self::Interrupted => "interrupted",
            Self::Late => "late",
            Self::TooLarge => "too_large",
        }
    }
}

impl HttpClient {
    /// Posts a question, and reads the answer up to `limit` bytes after unpacking. Dropping this ends the exchange.
    pub(super) async fn post(
        &self,
        url: &Url,
        question: Question,
        limit: usize,
    ) -> Result<Reply, Failure> {
        let response = self.ask(url, question).header(header::ACCEPT, ACCEPT);
        read(response.send().await.map_err(failure)?, limit).await
    }

    /// Posts the question for a subscription. What comes back in place of events is read up to `limit` bytes.
    pub(super) async fn open(
        &self,
        url: &Url,
        question: Question,
        limit: usize,
    ) -> Result<Opening, Failure> {
        let response = self
            .ask(url, question)
            .header(header::ACCEPT, EVENT_STREAM)
            // What packs answers gathers them, and events would come late.
            .header(header::ACCEPT_ENCODING, "identity")
            .send()
            .await
            .map_err(failure)?;
        let is_events = media_type(&response).eq_ignore_ascii_case(EVENT_STREAM);
        if is_events && response.status() == StatusCode::OK {
            return Ok(Opening::Events(response));
        }
        read(response, limit).await.map(Opening::Reply)
    }

    fn ask(&self, url: &Url, question: Question) -> RequestBuilder {
        self.0
            .post(url.clone())
            .headers(question.headers)
            .header(header::CONTENT_TYPE, "application/json")
            .body(question.body)
    }
}

fn media_type(response: &reqwest::Response) -> &str {
    let value = response.headers().get(header::CONTENT_TYPE);
    value
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
}

async fn read(mut response: reqwest::Response, limit: usize) -> Result<Reply, Failure> {
    // Absent where the answer is packed: then only counting tells.
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(Failure::TooLarge);
    }
    let mut body = bytes::BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if body.len() + chunk.len() > limit {
            return Err(Failure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply {
        status: response.status(),
        is_graphql: media_type(&response).eq_ignore_ascii_case(GRAPHQL_RESPONSE),
        says_when: response.headers().contains_key(header::RETRY_AFTER),
        body: body.freeze(),
    })
}

/// What failed, told to the log without the address: logs are read by more people than configurations.
pub(super) fn failure(error: reqwest::Error) -> Failure {
    let failure = if error.is_connect() {
        Failure::Unreachable
    } else if error.is_timeout() {
        Failure::Late
    } else {
        Failure::Interrupted
    };
    let error = error.without_url();
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    tracing::debug!(%error, cause, "no answer over HTTP");
    failure
}
