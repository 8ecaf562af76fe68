//! Subscriptions: the owner of the root field tells of events, and each event becomes a response.

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use async_graphql::Value;
use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream, Peekable},
};

use super::{Gateway, Prepared, measure, refused};
use crate::{
    error::ErrorCode,
    request::{GraphQlRequest, RequestContext},
    response::{GraphQlError, GraphQlResponse},
    subgraph::{OperationKind, SubgraphResponse, SubgraphStream},
};

/// The responses to one operation, in order. It ends with the operation, and dropping it ends the operation.
pub type ResponseStream = BoxStream<'static, GraphQlResponse>;

impl Gateway {
    /// Answers any operation: a subscription with a response for each event, a query or a mutation with one.
    ///
    /// Every failure is part of a response. A first response without data says that nothing was executed, and is the
    /// last one. An event is read when the response before it was taken, so that who takes slowly is not run ahead of.
    /// The time from now to the deadline of `context` is what each event may take.
    pub fn subscribe(&self, request: GraphQlRequest, context: RequestContext) -> ResponseStream {
        let gateway = self.clone();
        stream::once(gateway.begin(request, context))
            .flatten()
            .boxed()
    }

    async fn begin(self, mut request: GraphQlRequest, context: RequestContext) -> ResponseStream {
        let start = Instant::now();
        let prepared = match self.prepare(&mut request, &context) {
            Ok(prepared) => prepared,
            Err(refusal) => return only(refused(refusal, start)),
        };
        if prepared.document.kind != OperationKind::Subscription {
            return only(self.answer(&prepared, &context, start).await);
        }
        let allowance = context
            .deadline
            .map(|deadline| deadline.saturating_duration_since(start));
        let question = Question {
            gateway: self,
            prepared,
            context,
        };
        match Subscription::begin(question).await {
            Ok(begun) => stream::unfold(begun, move |begun| begun.next(allowance)).boxed(),
            Err(errors) => only(refused(errors.into(), start)),
        }
    }
}

fn only(response: GraphQlResponse) -> ResponseStream {
    stream::once(std::future::ready(response)).boxed()
}

/// A subscription under way.
struct Subscription {
    question: Question,
    events: Peekable<SubgraphStream>,
    has_begun: bool,
    _open: Open,
}

/// What was asked, and on whose behalf.
struct Question {
    gateway: Gateway,
    prepared: Prepared,
    context: RequestContext,
}

impl Subscription {
    async fn begin(question: Question) -> Result<Self, Vec<GraphQlError>> {
        let events = question.ask().await?;
        Ok(Self {
            question,
            events: events.peekable(),
            has_begun: false,
            _open: Open::new(),
        })
    }

    async fn next(mut self, allowance: Option<Duration>) -> Option<(GraphQlResponse, Self)> {
        let event = self.events.next().await?;
        let start = Instant::now();
        let is_refusal = !self.has_begun && says_nothing(&event) && self.has_ended();
        self.has_begun = true;
        self.question.context.deadline = allowance.map(|allowance| start + allowance);
        let mut response = self.question.respond(event).await;
        if is_refusal {
            // No field was executed: the errors are about the request, and stand where it does.
            response.data = None;
        }
        measure(OperationKind::Subscription.as_str(), start);
        Some((response, self))
    }

    fn has_ended(&mut self) -> bool {
        matches!(Pin::new(&mut self.events).peek().now_or_never(), Some(None))
    }
}

impl Question {
    async fn ask(&self) -> Result<SubgraphStream, Vec<GraphQlError>> {
        let Some((root, _)) = self.prepared.plan.of_events() else {
            return Err(vec![GraphQlError::new(
                ErrorCode::BadUserInput,
                "The subscription asks for nothing: its field is left out by `@skip` or `@include`.",
            )]);
        };
        self.gateway
            .execution(&self.prepared, &self.context)
            .subscribe(root)
            .await
    }

    async fn respond(&self, event: SubgraphResponse) -> GraphQlResponse {
        let plan = &self.prepared.plan;
        let mut execution = self.gateway.execution(&self.prepared, &self.context);
        if let Some((root, waves)) = plan.of_events() {
            execution.take_event(root, event);
            execution.run(waves).await;
        }
        let (data, errors) = execution.finish(plan);
        GraphQlResponse {
            errors,
            data: Some(data),
            extensions: self.prepared.extensions(),
            refusal: None,
        }
    }
}

fn says_nothing(event: &SubgraphResponse) -> bool {
    event.data == Value::Null && !event.errors.is_empty()
}

/// Counts a subscription for as long as it is open.
struct Open;

impl Open {
    fn new() -> Self {
        gauge().increment(1.0);
        Self
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        gauge().decrement(1.0);
    }
}

fn gauge() -> metrics::Gauge {
    metrics::gauge!("jetbridge_gateway_subscriptions_open")
}
