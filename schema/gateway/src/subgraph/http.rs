//! A subgraph at the end of a wire: GraphQL over HTTP, in any language.
//!
//! It may be slow, wrong or gone. Whatever comes back, within the time and the bytes it is given, becomes an answer: what
//! is usable as data, everything else as an error with a code that names neither the address nor the body.

mod answer;
mod breaker;
mod client;
mod event;
mod exchange;
mod follow;
mod header;
mod retry;
mod shared;

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use async_graphql::Variables;
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream};
use http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING};
use reqwest::Url;
use serde::Serialize;

use self::{
    breaker::Breaker,
    client::{Failure, Opening, Question, Reply},
    follow::follow,
    retry::RetryBudget,
    shared::InFlight,
};
pub use self::{
    breaker::BreakerOptions,
    client::{HttpClient, HttpClientError},
    header::{HeaderRuleError, HeaderRules, RequestHeaders},
    retry::RetryOptions,
};
use super::{OperationKind, Subgraph, SubgraphFetch, SubgraphResponse, SubgraphStream};
use crate::response::GraphQlError;

/// Adds the headers that make what a subgraph does a part of the present trace. Called inside the span of the fetch.
pub type Propagate = fn(&mut HeaderMap);

/// How a subgraph is asked over HTTP.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// The longest a fetch may take, retries included; 8 s where nothing is said. The deadline of the request may end it
    /// earlier.
    pub timeout: Duration,
    /// The largest answer in bytes, after unpacking, and the largest event of a subscription; 5 MiB where nothing is said.
    pub response_limit: usize,
    /// How long a subscription may be silent before it is taken for broken; 60 s where nothing is said. Servers send
    /// comments to show that they are there.
    pub silence: Duration,
    /// When to stop asking for a while.
    pub breaker: BreakerOptions,
    /// When to ask again.
    pub retry: RetryOptions,
    /// Whether identical queries of the same caller that are under way at the same time are asked once. Off where nothing
    /// is said.
    pub share_identical: bool,
    /// Whether answers may come packed, by gzip or Brotli. Off where nothing is said: packing and unpacking take longer
    /// than sending within one network.
    pub compression: bool,
    /// What the subgraph sees of the client's headers.
    pub headers: HeaderRules,
    /// What carries the trace on; nothing where nothing is said.
    pub propagate: Option<Propagate>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(8),
            response_limit: 5 << 20,
            silence: Duration::from_mins(1),
            breaker: BreakerOptions::default(),
            retry: RetryOptions::default(),
            share_identical: false,
            compression: false,
            headers: HeaderRules::default(),
            propagate: None,
        }
    }
}

/// An address that cannot be that of a subgraph.
#[derive(Debug, thiserror::Error)]
#[error("{0}; write one like `http://127.0.0.1:4001/graphql`")]
pub struct HttpUrlError(&'static str);

/// A subgraph that answers at a URL.
pub struct HttpSubgraph(Arc<Inner>);

struct Inner {
    name: String,
    url: Url,
    client: HttpClient,
    options: HttpOptions,
    breaker: Mutex<Breaker>,
    budget: Mutex<RetryBudget>,
    in_flight: InFlight,
}

impl HttpSubgraph {
    /// The subgraph `name` (for logs and metrics) at `url`.
    ///
    /// # Errors
    /// When the URL is none, is not `http` or `https`, or holds a user or password, which would end up in logs.
    pub fn new(
        name: impl Into<String>,
        url: &str,
        client: HttpClient,
        options: HttpOptions,
    ) -> Result<Self, HttpUrlError> {
        Ok(Self(Arc::new(Inner {
            name: name.into(),
            url: check_url(url)?,
            client,
            breaker: Mutex::new(Breaker::new(options.breaker, Instant::now())),
            budget: Mutex::new(RetryBudget::new(options.retry)),
            in_flight: InFlight::default(),
            options,
        })))
    }
}

/// Reads the address of a subgraph.
pub(crate) fn check_url(url: &str) -> Result<Url, HttpUrlError> {
    let url = Url::parse(url).map_err(|_| HttpUrlError("the URL cannot be read"))?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err(HttpUrlError("the URL is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(HttpUrlError("the URL holds a user or password"));
    }
    Ok(url)
}

/// What is sent.
#[derive(Serialize)]
struct Body<'a> {
    query: &'a str,
    variables: &'a Variables,
}

impl Subgraph for HttpSubgraph {
    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        async move {
            let inner = &self.0;
            let request_id = &fetch.context.request_id;
            let question = match inner.question(&fetch) {
                Ok(question) => question,
                Err(error) => return SubgraphResponse::failed(error),
            };
            let outcome = match fetch.operation.kind {
                OperationKind::Query if inner.options.share_identical => {
                    inner.share(question).await
                }
                kind => {
                    let deadline = inner.deadline(fetch.context.deadline);
                    let is_query = kind == OperationKind::Query;
                    let ask = || inner.post(question.clone());
                    inner.exchange(deadline, is_query, ask).await
                }
            };
            inner.answer(outcome, request_id)
        }
        .boxed()
    }

    fn subscribe<'a>(
        &'a self,
        fetch: SubgraphFetch<'a>,
    ) -> BoxFuture<'a, Result<SubgraphStream, Vec<GraphQlError>>> {
        async move {
            let inner = &self.0;
            let request_id = &fetch.context.request_id;
            let question = inner.question(&fetch).map_err(|error| vec![error])?;
            let deadline = inner.deadline(fetch.context.deadline);
            let open = || inner.open(question.clone());
            let answered = match inner.exchange(deadline, true, open).await {
                Ok(Opening::Events(response)) => {
                    inner.count("followed");
                    return Ok(follow(Arc::clone(inner), response, request_id.clone()));
                }
                Ok(Opening::Reply(reply)) => inner.answer(Ok(reply), request_id),
                Err(failure) => inner.answer(Err(failure), request_id),
            };
            Ok(stream::once(std::future::ready(answered)).boxed())
        }
        .boxed()
    }
}

impl Inner {
    fn question(&self, fetch: &SubgraphFetch<'_>) -> Result<Question, GraphQlError> {
        let body = Body {
            query: &fetch.operation.text,
            variables: &fetch.variables,
        };
        let Ok(body) = serde_json::to_vec(&body) else {
            tracing::error!(subgraph = self.name, "a fetch cannot be written as JSON");
            return Err(GraphQlError::internal(&fetch.context.request_id));
        };
        let mut headers = self.options.headers.apply(fetch.context);
        if !self.options.compression {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        }
        if let Some(propagate) = self.options.propagate {
            propagate(&mut headers);
        }
        Ok(Question {
            body: body.into(),
            headers,
        })
    }

    fn post(&self, question: Question) -> impl Future<Output = Result<Reply, Failure>> {
        let limit = self.options.response_limit;
        self.client.post(&self.url, question, limit)
    }

    fn open(&self, question: Question) -> impl Future<Output = Result<Opening, Failure>> {
        let limit = self.options.response_limit;
        self.client.open(&self.url, question, limit)
    }

    fn count(&self, outcome: &'static str) {
        metrics::counter!("jetbridge_subgraph_answers_total", "subgraph" => self.name.clone(), "outcome" => outcome)
            .increment(1);
    }

    fn answer(&self, outcome: Result<Reply, Failure>, request_id: &str) -> SubgraphResponse {
        let (response, word) = match outcome {
            Ok(reply) => {
                let (response, usage) = answer::read(&reply, request_id);
                let (status, bytes) = (reply.status.as_u16(), reply.body.len());
                let name = &self.name;
                // A refusal is between the subgraph and the caller; everything else is for somebody to look into.
                if usage == answer::Use::Unusable || reply.status.is_server_error() {
                    tracing::warn!(
                        subgraph = name,
                        request_id,
                        status,
                        bytes,
                        "no usable answer"
                    );
                } else if usage == answer::Use::Refused {
                    tracing::debug!(subgraph = name, request_id, status, bytes, "refused");
                }
                (response, usage.as_str())
            }
            Err(failure) => {
                tracing::warn!(
                    subgraph = self.name,
                    request_id,
                    failure = failure.as_str(),
                    "a subgraph did not answer"
                );
                (answer::failed(failure, request_id), failure.as_str())
            }
        };
        self.count(word);
        response
    }

    fn deadline(&self, of_request: Option<Instant>) -> Instant {
        let own = Instant::now() + self.options.timeout;
        of_request.map_or(own, |deadline| deadline.min(own))
    }

    /// Asks together with whoever asks the same. Each of them waits as long as it may; the exchange itself has the time
    /// that the subgraph is given.
    async fn share(self: &Arc<Self>, question: Question) -> Result<Reply, Failure> {
        let (exchange, is_shared) = self.in_flight.join(&question, || {
            let inner = Arc::clone(self);
            let question = question.clone();
            async move {
                let deadline = inner.deadline(None);
                let ask = || inner.post(question.clone());
                inner.exchange(deadline, true, ask).await
            }
            .boxed()
        });
        if is_shared {
            metrics::counter!("jetbridge_subgraph_shared_total", "subgraph" => self.name.clone())
                .increment(1);
        }
        exchange.await
    }
}

impl fmt::Debug for HttpSubgraph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpSubgraph")
            .field("name", &self.0.name)
            .finish_non_exhaustive()
    }
}
