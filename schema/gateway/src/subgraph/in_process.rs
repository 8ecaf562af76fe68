//! A subgraph in the same process: parsed document in, value tree out, no text in between.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{
    CacheControl, Executor, Request, Response, ServerError, ValidationResult, Value,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};

use super::{Subgraph, SubgraphFetch, SubgraphResponse, SubgraphStream};
use crate::{
    error::ErrorCode,
    request::RequestContext,
    response::{GraphQlError, PathSegment},
};

/// An `async_graphql` schema as a subgraph.
#[derive(Debug, Clone)]
pub struct InProcess<E, F> {
    executor: E,
    attach: F,
}

impl<E, F> InProcess<E, F>
where
    E: Executor,
    F: Fn(Request, &RequestContext) -> Request + Send + Sync + 'static,
{
    /// Wraps a schema. `attach` puts what resolvers need (actor, loaders, database) into the data of each request.
    pub fn new(executor: E, attach: F) -> Self {
        Self { executor, attach }
    }

    fn request(&self, fetch: SubgraphFetch<'_>) -> Request {
        let operation = fetch.operation;
        let mut request = Request::new(operation.text.clone()).variables(fetch.variables);
        request.set_parsed_query(operation.document.clone());
        (self.attach)(request, fetch.context).data(Planned(()))
    }
}

impl<E, F> Subgraph for InProcess<E, F>
where
    E: Executor,
    F: Fn(Request, &RequestContext) -> Request + Send + Sync + 'static,
{
    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        let (operation, context) = (fetch.operation, fetch.context);
        // A resolver that panics takes its fetch down, not the request of the client.
        AssertUnwindSafe(self.executor.execute(self.request(fetch)))
            .catch_unwind()
            .map(move |outcome| match outcome {
                Ok(response) => response_of(response),
                Err(_) => panicked(&operation.subgraph, &context.request_id),
            })
            .boxed()
    }

    fn subscribe<'a>(
        &'a self,
        fetch: SubgraphFetch<'a>,
    ) -> BoxFuture<'a, Result<SubgraphStream, Vec<GraphQlError>>> {
        let subgraph = fetch.operation.subgraph.clone();
        let request_id = fetch.context.request_id.clone();
        let responses = self.executor.execute_stream(self.request(fetch), None);
        let responses =
            AssertUnwindSafe(responses)
                .catch_unwind()
                .map(move |outcome| match outcome {
                    Ok(response) => response_of(response),
                    Err(_) => panicked(&subgraph, &request_id),
                });
        Box::pin(std::future::ready(Ok(responses.boxed())))
    }
}

fn response_of(response: Response) -> SubgraphResponse {
    SubgraphResponse {
        data: response.data,
        errors: response.errors.into_iter().map(error_of).collect(),
    }
}

fn panicked(subgraph: &str, request_id: &str) -> SubgraphResponse {
    tracing::error!(subgraph, "a resolver panicked");
    SubgraphResponse::failed(GraphQlError::internal(request_id))
}

/// An error of `async_graphql` as one of ours. A value that a scalar did not take is `BAD_USER_INPUT`; an error without a
/// code keeps none. Locations are left out: they are places in the document that was executed.
pub fn error_of(error: ServerError) -> GraphQlError {
    let extensions = match error.extensions.map(async_graphql::to_value) {
        Some(Ok(Value::Object(extensions))) => extensions
            .into_iter()
            .map(|(name, value)| (name.to_string(), value))
            .collect(),
        _ => std::collections::BTreeMap::new(),
    };
    let mut converted = GraphQlError {
        message: error.message,
        locations: Vec::new(),
        path: error.path.into_iter().map(convert_segment).collect(),
        extensions,
    };
    if converted.code().is_none() && is_refused_value(&converted.message) {
        let code = Value::from(ErrorCode::BadUserInput.as_str());
        converted.extensions.insert("code".to_owned(), code);
        // What was found may be personal, and the caller knows it.
        if let Some(end) = converted.message.find(", found ") {
            converted.message.truncate(end);
        }
    }
    converted
}

/// Whether a custom scalar did not take the value: the caller's mistake, not ours. The gateway has checked everything
/// else about arguments. The library has no code for it, only these words: the first two are all there are where a
/// value is parsed, the third is the validator's.
fn is_refused_value(message: &str) -> bool {
    [
        "Failed to parse \"",
        "Expected input type \"",
        "Invalid value for argument ",
    ]
    .iter()
    .any(|words| message.starts_with(words))
}

fn convert_segment(segment: async_graphql::PathSegment) -> PathSegment {
    match segment {
        async_graphql::PathSegment::Field(name) => PathSegment::Key(async_graphql::Name::new(name)),
        async_graphql::PathSegment::Index(index) => PathSegment::Index(index),
    }
}

/// Marks a request whose document the gateway made. Only this crate can make one.
struct Planned(());

/// Skips the second validation of documents that the gateway planned from an already validated operation.
///
/// Add it with `.extension(TrustedDocuments)` to a schema that is also reached from elsewhere: those requests are
/// validated as always. `async_graphql` calls extensions on every resolved field, so long lists get slower by it. A
/// schema that only the gateway reaches is better off with `ValidationMode::Fast`; the README has the figures.
#[derive(Debug, Clone, Copy, Default)]
pub struct TrustedDocuments;

impl ExtensionFactory for TrustedDocuments {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for TrustedDocuments {
    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        if context.data_opt::<Planned>().is_some() {
            return Ok(ValidationResult {
                cache_control: CacheControl::default(),
                complexity: 0,
                depth: 0,
            });
        }
        next.run(context).await
    }
}
