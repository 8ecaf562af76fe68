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

use super::{
    Gateway, Prepared,
    measure::{self, Outcome, time_kind},
};
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
        let name = request.operation_name.clone();
        let prepared = match self.prepare(&mut request, &context) {
            Ok(prepared) => prepared,
            Err(refusal) => return only(self.refuse(refusal, name.as_deref(), start)),
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
        match question.ask().await {
            Ok(events) => {
                let begun = Subscription::new(question, events);
                stream::unfold(begun, move |begun| begun.next(allowance)).boxed()
            }
            Err(errors) => {
                let gateway = &question.gateway;
                only(gateway.refuse(errors.into(), question.prepared.name(), start))
            }
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
    /// The worst so far.
    outcome: Outcome,
}

/// What was asked, and on whose behalf.
struct Question {
    gateway: Gateway,
    prepared: Prepared,
    context: RequestContext,
}

impl Subscription {
    fn new(question: Question, events: SubgraphStream) -> Self {
        gauge().increment(1.0);
        Self {
            question,
            events: events.peekable(),
            has_begun: false,
            outcome: Outcome::Answered,
        }
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
        self.outcome = self.outcome.max(Outcome::of(&response));
        time_kind(Some(OperationKind::Subscription), start);
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

impl Drop for Subscription {
    fn drop(&mut self) {
        gauge().decrement(1.0);
        let Question {
            gateway, prepared, ..
        } = &self.question;
        measure::count(&gateway.inner.names, prepared.name(), self.outcome);
    }
}

fn gauge() -> metrics::Gauge {
    metrics::gauge!("jetbridge_gateway_subscriptions_open")
}
