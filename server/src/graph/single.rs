//! One subgraph served alone: its guarded schema with `_service` and `_entities`, for a stock federation router.

use std::{pin::Pin, sync::Arc};

use async_graphql::{Executor, Request, Response, ServerError, Value, Variables};
use futures_util::{
    FutureExt, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use schema_gateway::{
    ErrorCode, GraphQlError, GraphQlRequest, GraphQlResponse, Limits, Location, ResponseStream,
    error_of, refuse_excess,
};
use schema_kernel::{Database, Session, loader};

use super::{Allowance, operation::is_subscription};

/// How many errors an answer carries at most.
const MAX_ERRORS: usize = 20;

/// The longest message of an error, in bytes.
const LONGEST_MESSAGE: usize = 300;

type Follow = dyn Fn(Request) -> BoxStream<'static, Response> + Send + Sync;

type Execute = dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync;

/// A subgraph's schema, whatever its root types are.
#[derive(Clone)]
pub struct Single {
    execute: Arc<Execute>,
    follow: Arc<Follow>,
    database: Database,
    limits: Limits,
}

impl Single {
    /// A subgraph over its database. What the router in front adds to a document is added to the limits, and cost is the
    /// router's to count: it knows the whole operation.
    pub fn new(schema: impl Executor, database: Database, limits: Limits) -> Self {
        let followed = schema.clone();
        let execute = move |request| -> BoxFuture<'static, Response> {
            let schema = schema.clone();
            Box::pin(async move { schema.execute(request).await })
        };
        Self {
            execute: Arc::new(execute),
            follow: Arc::new(move |request| followed.execute_stream(request, None)),
            database,
            limits: limits.behind_router(),
        }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) async fn execute(
        &self,
        request: GraphQlRequest,
        session: Session,
        allowance: Allowance,
    ) -> GraphQlResponse {
        if let Err(refusal) = refuse_excess(&request.query, &self.limits) {
            refusal.reason.count();
            return GraphQlResponse::refused(refusal);
        }
        let inner = self.request(request, session, allowance);
        match tokio::time::timeout(allowance.timeout, (self.execute)(inner)).await {
            Ok(response) => convert(response),
            Err(_) => GraphQlResponse {
                data: Some(Value::Null),
                errors: vec![GraphQlError::new(
                    ErrorCode::Timeout,
                    "The answer was not ready in time.",
                )],
                ..GraphQlResponse::default()
            },
        }
    }

    pub(super) fn subscribe(
        &self,
        request: GraphQlRequest,
        session: Session,
        allowance: Allowance,
    ) -> ResponseStream {
        if !is_subscription(&request, &self.limits) {
            let single = self.clone();
            let answer = async move { single.execute(request, session, allowance).await };
            return stream::once(answer).boxed();
        }
        if let Err(refusal) = refuse_excess(&request.query, &self.limits) {
            refusal.reason.count();
            let refused = GraphQlResponse::refused(refusal);
            return stream::once(std::future::ready(refused)).boxed();
        }
        let inner = self.request(request, session, allowance);
        responses((self.follow)(inner))
    }

    fn request(&self, request: GraphQlRequest, session: Session, allowance: Allowance) -> Request {
        let variables = Variables::from_json(serde_json::Value::Object(request.variables));
        let mut inner = Request::new(request.query)
            .variables(variables)
            .data(session)
            .data(loader(&self.database));
        inner.operation_name = request.operation_name;
        if allowance.introspection {
            inner
        } else {
            inner.disable_introspection()
        }
    }
}

/// The responses to a subscription. One that fails before its first event was not executed, and whoever is told so without
/// data knows that there is nothing to wait for.
fn responses(events: BoxStream<'static, Response>) -> ResponseStream {
    let events = (events.peekable(), false);
    stream::unfold(events, |(mut events, has_begun)| async move {
        let response = events.next().await?;
        let says_nothing = response.data == Value::Null && !response.errors.is_empty();
        let is_over = matches!(Pin::new(&mut events).peek().now_or_never(), Some(None));
        let mut response = convert(response);
        if !has_begun && says_nothing && is_over {
            response.data = None;
        }
        Some((response, (events, true)))
    })
    .boxed()
}

fn convert(response: Response) -> GraphQlResponse {
    // Nothing was executed where no error knows a field and there is no data.
    let refused =
        response.data == Value::Null && response.errors.iter().any(|error| error.path.is_empty());
    let errors = response.errors.into_iter().take(MAX_ERRORS);
    let errors: Vec<_> = errors.map(|error| convert_error(error, refused)).collect();
    if refused {
        return GraphQlResponse::refused(errors);
    }
    GraphQlResponse {
        data: Some(response.data),
        errors,
        ..GraphQlResponse::default()
    }
}

fn convert_error(error: ServerError, refused: bool) -> GraphQlError {
    let locations = error
        .locations
        .iter()
        .map(|place| Location {
            line: place.line,
            column: place.column,
        })
        .collect();
    let mut converted = error_of(error);
    if converted.code().is_none() {
        let code = if refused {
            ErrorCode::ValidationFailed
        } else {
            ErrorCode::Internal
        };
        converted
            .extensions
            .insert("code".to_owned(), Value::from(code.as_str()));
    }
    // It repeats names of the document, which may be of any length.
    converted
        .message
        .truncate(converted.message.floor_char_boundary(LONGEST_MESSAGE));
    converted.locations = locations;
    converted
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn twice(&self, number: i32) -> i64 {
            i64::from(number) * 2
        }
    }

    async fn codes(document: &str) -> (Vec<String>, usize) {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let response = convert(schema.execute(document).await);
        let length = response
            .errors
            .iter()
            .map(|error| error.message.len())
            .sum();
        let codes = response.errors.iter().filter_map(GraphQlError::code);
        (codes.map(str::to_owned).collect(), length)
    }

    #[tokio::test]
    async fn a_number_that_does_not_fit_is_the_callers_mistake() {
        for number in ["-2147483649", "99999999999"] {
            let (codes, _) = codes(&format!("{{ twice(number: {number}) }}")).await;
            assert_eq!(codes, ["BAD_USER_INPUT"], "{number}");
        }
    }

    #[tokio::test]
    async fn no_more_errors_are_told_than_have_room() {
        let fields = (0..50).fold(String::new(), |text, index| format!("{text} f{index}"));
        let (codes, length) = codes(&format!("{{ {fields} }}")).await;
        assert!(
            (1..=MAX_ERRORS).contains(&codes.len()) && length < 1_536,
            "{length}"
        );
    }

    #[tokio::test]
    async fn a_long_name_is_not_repeated_whole() {
        let (codes, length) = codes(&format!("{{ {} }}", "a".repeat(100_000))).await;
        assert_eq!(codes, ["GRAPHQL_VALIDATION_FAILED"]);
        assert!(length <= LONGEST_MESSAGE);
    }
}
