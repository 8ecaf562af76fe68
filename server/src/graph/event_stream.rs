//! Server-sent events, an operation a connection: the "distinct connections mode" of GraphQL over SSE.
//!
//! Each response is an event `next`, the end is an event `complete`. Where the stream ends without it, because the process
//! is about to stop or the connection broke, the client asks again. A client that goes away ends the operation.

use std::{convert::Infallible, pin::pin};

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, StreamExt, stream};
use schema_gateway::{
    GraphQlError, GraphQlRequest, GraphQlResponse, RequestHeaders, ResponseStream,
};
use schema_kernel::Code;

use super::{connections::Connection, endpoint::stamp, operation};
use crate::{
    App,
    auth::Identity,
    http::{problem::Problem, request_log::Outcome},
};

/// Answers with a stream of events.
pub(super) fn respond(
    app: &App,
    identity: &Identity,
    headers: HeaderMap,
    request: GraphQlRequest,
    id: String,
    outcome: Outcome,
) -> Response {
    let Some(connection) = app.connections().enter("event stream") else {
        return too_many();
    };
    let following = Following {
        responses: operation::answer(
            app,
            &identity.actor,
            RequestHeaders(headers),
            request,
            id.clone(),
            "event stream",
        ),
        identity: identity.clone(),
        app: app.clone(),
        connection,
        id,
    };
    let keep_alive = KeepAlive::new().interval(app.config().subscription.keep_alive);
    let mut response = Sse::new(following.events())
        .keep_alive(keep_alive)
        .into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather answers before they pass them on would gather for ever.
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response.extensions_mut().insert(outcome);
    response
}

/// By GET a stream is opened for nobody: pages of other origins could hold it open.
pub(super) fn refuse_nobody() -> Response {
    Problem::new(
        Code::Unauthenticated,
        "A stream of events by GET needs a bearer token in the header `Authorization`; POST takes requests without one.",
    )
    .into_response()
}

/// There are as many connections as there may be.
pub(super) fn too_many() -> Response {
    Problem::new(
        Code::RateLimited,
        "This process holds as many open connections as it may; try again later, or use another one.",
    )
    .into_response()
}

struct Following {
    responses: ResponseStream,
    identity: Identity,
    app: App,
    connection: Connection,
    id: String,
}

/// What comes next.
enum Turn {
    Told(GraphQlResponse),
    Over,
    Expired,
    Closing,
}

impl Following {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        // Some browsers take the stream for open only when something has come.
        let opening = stream::once(std::future::ready(Ok(Event::default().comment(""))));
        let events = stream::unfold(Some(self), Self::next);
        opening.chain(events.flat_map(stream::iter))
    }

    async fn next(
        following: Option<Self>,
    ) -> Option<(Vec<Result<Event, Infallible>>, Option<Self>)> {
        let mut following = following?;
        let complete = Event::default().event("complete").data("");
        let events = match following.turn().await {
            Turn::Told(response) => return Some((vec![Ok(next(&response))], Some(following))),
            Turn::Over => vec![Ok(complete)],
            Turn::Expired => vec![Ok(next(&expired(&following.id))), Ok(complete)],
            Turn::Closing => Vec::new(),
        };
        Some((events, None))
    }

    async fn turn(&mut self) -> Turn {
        let expiry = async {
            match self.identity.expires_at {
                Some(expires_at) => self.app.clock().wait_until(expires_at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.connection.closing().cancelled() => Turn::Closing,
            () = pin!(expiry) => Turn::Expired,
            () = self.app.revoked(&self.identity) => Turn::Expired,
            response = self.responses.next() => response.map_or(Turn::Over, Turn::Told),
        }
    }
}

fn next(response: &GraphQlResponse) -> Event {
    let event = Event::default().event("next");
    match serde_json::to_string(response) {
        Ok(text) => event.data(text),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            event.data("null")
        }
    }
}

fn expired(id: &str) -> GraphQlResponse {
    let mut response = GraphQlResponse::refused(vec![GraphQlError::with_code(
        Code::Unauthenticated.as_str(),
        "What you have shown holds no more: sign in, or get a new token, and subscribe again.",
    )]);
    stamp(&mut response, id);
    response
}
