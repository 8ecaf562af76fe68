//! The seam between the gateway and whatever answers a part of the graph.

mod http;
mod in_process;

use async_graphql::{Value, Variables, parser::types::ExecutableDocument};
use futures_util::{future::BoxFuture, stream::BoxStream};

pub(crate) use self::http::check_url;
pub use self::{
    http::{
        BreakerOptions, HeaderRuleError, HeaderRules, HttpClient, HttpClientError, HttpOptions,
        HttpSubgraph, HttpUrlError, Propagate, RequestHeaders, RetryOptions,
    },
    in_process::{InProcess, TrustedDocuments, error_of},
};
use crate::{error::ErrorCode, request::RequestContext, response::GraphQlError};

/// The kind of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// Reads.
    Query,
    /// Writes, root fields strictly one after another.
    Mutation,
    /// A stream of results.
    Subscription,
}

impl OperationKind {
    /// The word GraphQL has for it; also the label of metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

/// One operation of a plan, made once and sent many times.
#[derive(Debug)]
pub struct SubgraphOperation {
    /// The name of the subgraph it is for.
    pub subgraph: String,
    /// Query, mutation or subscription.
    pub kind: OperationKind,
    /// The document as text, for subgraphs at the end of a wire.
    pub text: String,
    /// The same document parsed, for subgraphs in this process.
    pub document: ExecutableDocument,
}

/// One question to a subgraph.
#[derive(Debug)]
pub struct SubgraphFetch<'a> {
    /// What is asked.
    pub operation: &'a SubgraphOperation,
    /// With which values; the representations of entities are among them.
    pub variables: Variables,
    /// On whose behalf.
    pub context: &'a RequestContext,
}

/// One answer of a subgraph.
#[derive(Debug, Default)]
pub struct SubgraphResponse {
    /// An object, or null where nothing could be answered.
    pub data: Value,
    /// Errors with paths as the subgraph sees them; the gateway turns these into the client's paths. An error
    /// without path speaks for everything that was asked and is missing from `data`.
    pub errors: Vec<GraphQlError>,
}

impl SubgraphResponse {
    /// A response in which nothing was answered, for one reason.
    pub fn failed(error: GraphQlError) -> Self {
        Self {
            data: Value::Null,
            errors: vec![error],
        }
    }
}

/// Something that answers a part of the graph.
pub trait Subgraph: Send + Sync + 'static {
    /// Answers one fetch. Failures are values: what cannot be answered is null, with an error that says why.
    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse>;

    /// Begins a subscription: a response for each event, until the events end or the stream is dropped.
    ///
    /// # Errors
    /// When the subscription cannot begin. A subgraph that has no subscriptions need not say anything: that is what it
    /// does where this is not implemented.
    fn subscribe<'a>(
        &'a self,
        fetch: SubgraphFetch<'a>,
    ) -> BoxFuture<'a, Result<SubgraphStream, Vec<GraphQlError>>> {
        let subgraph = &fetch.operation.subgraph;
        tracing::error!(subgraph, "the subgraph has no subscriptions");
        let error = GraphQlError::new(
            ErrorCode::BadUserInput,
            "This subscription is not answered here.",
        );
        Box::pin(std::future::ready(Err(vec![error])))
    }
}

/// The responses of a subgraph to one subscription, an event each. A first response of errors alone, with which the stream
/// ends at once, says that nothing was executed.
pub type SubgraphStream = BoxStream<'static, SubgraphResponse>;

/// One subgraph that several gateways share, such as the one before a change of the supergraph and the one after it.
impl<S: Subgraph + ?Sized> Subgraph for std::sync::Arc<S> {
    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        self.as_ref().fetch(fetch)
    }

    fn subscribe<'a>(
        &'a self,
        fetch: SubgraphFetch<'a>,
    ) -> BoxFuture<'a, Result<SubgraphStream, Vec<GraphQlError>>> {
        self.as_ref().subscribe(fetch)
    }
}
