//! GraphQL over WebSocket: the protocol `graphql-transport-ws`.
//!
//! A cookie counts for pages of this origin alone. Pages of other origins are refused, unless the configuration names them:
//! a socket costs memory as long as it is open. Those act only for who gave them a token.
//!
//! A token is taken from the upgrade's header `Authorization`, or from `connection_init`, whose token counts where both
//! are there. When it expires the socket closes with 4403, upon which clients connect again with a new one; 4401 would tell
//! them not to. So it does when what was shown is revoked, within seconds.

mod close;
mod connection;
mod message;
mod outbox;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    extract::ws::{WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream};
use schema_gateway::{GraphQlRequest, GraphQlResponse, Limits, RequestHeaders, ResponseStream};
use schema_kernel::{Actor, Clock, Code, id::EventId};
use tokio_util::sync::CancellationToken;

use self::{close::Close, connection::Connection};
use super::{
    connections,
    endpoint::{stamp, throttled},
    event_stream::too_many,
    operation,
};
use crate::{
    App,
    auth::{Identity, TokenError, identify_by},
    http::{
        origin::{self, Peer},
        problem::Problem,
    },
    rate::{Admission, Caller},
};

/// The subprotocol of every socket.
const PROTOCOL: &str = "graphql-transport-ws";

/// How much of a message is read at a time. Sockets are many and mostly idle, and each holds this much.
const READ_BUFFER: usize = 1024;

/// Whether a request asks for a socket.
pub(crate) fn is_asked_for(headers: &HeaderMap) -> bool {
    text(headers, header::UPGRADE).is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
}

/// Opens a socket.
pub(super) fn open(
    app: &App,
    identity: Identity,
    headers: HeaderMap,
    peer: Option<Peer>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let allowed = &app.config().subscription.allowed_origins;
    if !origin::is_own(&headers, allowed) {
        return Problem::new(
            Code::Forbidden,
            "Pages of this origin may not open a socket here; `subscription.allowed_origins` says which others may.",
        )
        .into_response();
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let detail = format!("No socket can be opened: {}.", rejection.body_text());
            return Problem::new(Code::BadUserInput, detail).into_response();
        }
    };
    let Some(place) = app.connections().enter("socket") else {
        return too_many();
    };
    let limit = app.config().http.body_limit;
    let host = AppHost {
        app: app.clone(),
        headers: Mutex::new(copied(&headers)),
        peer,
    };
    upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(limit)
        .max_frame_size(limit)
        .on_upgrade(move |socket| serve(socket, host, identity, place))
}

async fn serve(
    socket: WebSocket,
    host: AppHost,
    identity: Identity,
    place: connections::Connection,
) {
    let speaks = socket.protocol().is_some_and(|name| name == PROTOCOL);
    let config = &host.app.config().subscription;
    let settings = Settings {
        init_timeout: config.init_timeout,
        keep_alive: config.keep_alive,
        operations: config.operations,
        limits: host.app.graph().limits(),
    };
    let closing = place.closing().clone();
    let (sink, incoming) = socket.split();
    let (queue, writing) = outbox::open(sink, settings.keep_alive * 2);
    let reading = async {
        let close = if speaks {
            let connection = Connection::new(Arc::new(host), identity, settings, queue.clone());
            connection.run(incoming, &closing).await
        } else {
            Some(Close::subprotocol())
        };
        queue.end(close).await;
    };
    // Whoever takes nothing any more ends the reading too.
    tokio::pin!(writing, reading);
    tokio::select! {
        () = &mut writing => {}
        () = &mut reading => writing.await,
    }
    drop(place);
}

/// What the protocol needs to know of its process.
#[derive(Clone, Copy, Debug)]
struct Settings {
    init_timeout: Duration,
    keep_alive: Duration,
    operations: usize,
    limits: Limits,
}

/// Who answers.
trait Host: Send + Sync + 'static {
    /// Whom the value of an `Authorization` header speaks of.
    fn identify(&self, authorization: &str) -> Result<Identity, TokenError>;

    /// Begins an operation.
    fn answer(&self, identity: &Identity, request: GraphQlRequest) -> ResponseStream;

    /// Where "now" comes from.
    fn clock(&self) -> &Clock;

    /// Waits until what somebody has shown does not hold any more.
    fn revoked<'a>(&'a self, identity: &'a Identity) -> BoxFuture<'a, ()>;
}

/// What stands in the way of an operation, where its caller has asked too often.
async fn too_often(
    app: &App,
    caller: &Caller,
    actor: &Actor,
    request: &GraphQlRequest,
) -> Option<Admission> {
    let admission = app.rates().enter(caller).await?;
    if admission.is_over() {
        return Some(admission);
    }
    // A document that is named by its id is not there yet; what may not be sent is refused with the answer.
    let mut request = request.clone();
    let _ = app.documents().resolve(&mut request, actor);
    if !app.rates().may_name(&request.query) {
        return None;
    }
    let fields = operation::root_fields(&request, &app.graph().limits());
    app.rates().enter_fields(caller, &fields).await
}

struct AppHost {
    app: App,
    /// Of the upgrade, with the token that counts: what subgraphs elsewhere get to see.
    headers: Mutex<HeaderMap>,
    peer: Option<Peer>,
}

impl AppHost {
    fn headers(&self) -> MutexGuard<'_, HeaderMap> {
        self.headers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host for AppHost {
    fn identify(&self, authorization: &str) -> Result<Identity, TokenError> {
        let value = HeaderValue::from_str(authorization).map_err(|_| TokenError::Malformed)?;
        let identity = match self.app.authenticator() {
            Some(authenticator) => identify_by(&authenticator, authorization)?,
            None => Identity::anonymous(),
        };
        self.headers().insert(header::AUTHORIZATION, value);
        Ok(identity)
    }

    fn answer(&self, identity: &Identity, request: GraphQlRequest) -> ResponseStream {
        let id = self.app.new_id::<EventId>().to_string();
        let headers = self.headers().clone();
        let caller = Caller::of(&self.app, identity, &headers, self.peer);
        let (app, actor) = (self.app.clone(), identity.actor.clone());
        let answer = async move {
            match too_often(&app, &caller, &actor, &request).await {
                Some(admission) => {
                    let mut refused = GraphQlResponse::refused(throttled(&admission));
                    stamp(&mut refused, &id);
                    stream::once(std::future::ready(refused)).boxed()
                }
                None => {
                    let headers = RequestHeaders(headers);
                    operation::answer(&app, &actor, headers, request, id, "socket")
                }
            }
        };
        answer.flatten_stream().boxed()
    }

    fn clock(&self) -> &Clock {
        self.app.clock()
    }

    fn revoked<'a>(&'a self, identity: &'a Identity) -> BoxFuture<'a, ()> {
        self.app.revoked(identity).boxed()
    }
}

// As they come, the values lie in the buffer that the connection was read into, and keep all of it.
fn copied(headers: &HeaderMap) -> HeaderMap {
    let copy = |(name, value): (&HeaderName, &HeaderValue)| {
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        Some((name.clone(), value))
    };
    headers.iter().filter_map(copy).collect()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Waits until the process is about to stop.
async fn stopping(closing: &CancellationToken, is_known: bool) {
    if is_known {
        std::future::pending::<()>().await;
    }
    closing.cancelled().await;
}

#[cfg(test)]
mod tests;
