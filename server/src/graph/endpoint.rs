//! `/graphql`: GraphQL over HTTP.
//!
//! POST takes JSON alone, so a browser has to ask before it sends anything across origins. GET takes queries alone, and
//! knows nobody but by a bearer token; a cookie counts with POST.

mod answer;
mod parameters;

use axum::{
    body::{Body, to_bytes},
    extract::{
        Extension, RawQuery, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use schema_gateway::{GraphQlRequest, RefusalReason, RequestHeaders};
use schema_kernel::{Actor, Session, audit::Purpose};

pub(super) use self::answer::{stamp, throttled};
use self::{
    answer::{Answer, Refusal},
    parameters::{from_body, from_query, reads_only},
};
use super::{
    Allowance, event_stream,
    negotiation::{Events, MediaType, answer_type, event_stream_wanted, is_json},
    operation::{is_subscription, root_fields},
    socket,
};
use crate::{
    App,
    auth::{Identity, Role},
    config::Introspection,
    http::{
        origin::Peer,
        request_log::{Outcome, RequestId},
    },
    rate::Caller,
};

/// Answers a query whose parameters stand in the URL, or opens a socket where one is asked for.
pub async fn get(
    State(app): State<App>,
    Extension(identity): Extension<Identity>,
    Extension(id): Extension<RequestId>,
    peer: Option<Extension<Peer>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if socket::is_asked_for(&headers) {
        let peer = peer.map(|Extension(peer)| peer);
        return socket::open(&app, identity, headers, peer, upgrade);
    }
    let takes_events = event_stream_wanted(text(&headers, header::ACCEPT)) == Events::Preferred;
    if takes_events && identity.actor.is_anonymous() {
        return event_stream::refuse_nobody();
    }
    let limits = app.graph().limits();
    let actor = identity.actor.clone();
    let asked = Asked::new(identity, id, headers, peer);
    respond(&app, asked, async |_| {
        let mut request = from_query(query.as_deref().unwrap_or_default())?;
        resolve(&app, &actor, &mut request)?;
        reads_only(&request, &limits, takes_events)?;
        Ok(request)
    })
    .await
}

/// Answers the operation in a JSON body.
pub async fn post(
    State(app): State<App>,
    Extension(identity): Extension<Identity>,
    Extension(id): Extension<RequestId>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let content_type = text(&headers, header::CONTENT_TYPE).map(str::to_owned);
    let actor = identity.actor.clone();
    let asked = Asked::new(identity, id, headers, peer);
    respond(&app, asked, async |limit| {
        if !is_json(content_type.as_deref()) {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                RefusalReason::Protocol,
                "A body is JSON: send it with `Content-Type: application/json`, in UTF-8.",
            ));
        }
        let bytes = to_bytes(body, limit).await.map_err(|_| {
            Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                RefusalReason::Body,
                format!(
                    "The body could not be read whole; it is at most {limit} bytes after unpacking."
                ),
            )
        })?;
        let mut request = from_body(&bytes)?;
        resolve(&app, &actor, &mut request)?;
        Ok(request)
    })
    .await
}

/// What is known of a request before it is read.
struct Asked {
    identity: Identity,
    id: String,
    headers: HeaderMap,
    peer: Option<Peer>,
}

impl Asked {
    fn new(
        identity: Identity,
        RequestId(id): RequestId,
        headers: HeaderMap,
        peer: Option<Extension<Peer>>,
    ) -> Self {
        Self {
            identity,
            id,
            headers,
            peer: peer.map(|Extension(peer)| peer),
        }
    }
}

/// Counts the request, answers it, and counts what it cost.
async fn respond(
    app: &App,
    asked: Asked,
    read: impl AsyncFnOnce(usize) -> Result<GraphQlRequest, Refusal>,
) -> Response {
    let caller = Caller::of(app, &asked.identity, &asked.headers, asked.peer);
    let Some(mut admission) = app.rates().enter(&caller).await else {
        return answer(app, asked, read).await;
    };
    let too_many = admission.is_over().then(|| Refusal::throttled(&admission));
    let mut response = match too_many {
        Some(refusal) => answer(app, asked, async |_| Err(refusal)).await,
        None => {
            let limit = app.graph().limits();
            let counted = async |limit_of_body| {
                let request = read(limit_of_body).await?;
                let fields = match app.rates().may_name(&request.query) {
                    true => root_fields(&request, &limit),
                    false => Vec::new(),
                };
                match app.rates().enter_fields(&caller, &fields).await {
                    Some(over) => Err(Refusal::throttled(&over)),
                    None => Ok(request),
                }
            };
            answer(app, asked, counted).await
        }
    };
    let cost = response.extensions().get::<Outcome>();
    if let Some(cost) = cost.and_then(|outcome| outcome.cost) {
        app.rates().charge(&caller, &mut admission, cost).await;
    }
    admission.write(response.headers_mut());
    response
}

async fn answer(
    app: &App,
    asked: Asked,
    read: impl AsyncFnOnce(usize) -> Result<GraphQlRequest, Refusal>,
) -> Response {
    let Asked {
        identity,
        id,
        headers,
        ..
    } = asked;
    let limits = app.graph().limits();
    let limit = limits.response_bytes;
    let actor = &identity.actor;
    let mut outcome = Outcome {
        actor: Some(actor.id().to_owned()),
        role: Some(actor.role().to_owned()),
        ..Outcome::default()
    };
    let accept = text(&headers, header::ACCEPT);
    let events = event_stream_wanted(accept);
    let Some(media_type) =
        answer_type(accept).or((events != Events::Refused).then_some(MediaType::Json))
    else {
        let refusal = Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            RefusalReason::Protocol,
            "Answers are `application/graphql-response+json`, `application/json` or `text/event-stream`; accept one of them.",
        );
        return Answer::refused(refusal, MediaType::Json).into_response(&id, limit, outcome);
    };
    let answer = match read(app.config().http.body_limit).await {
        Ok(request)
            if events == Events::Preferred
                || (events == Events::Accepted && is_subscription(&request, &limits)) =>
        {
            outcome.operation = request.operation_name.as_deref().map(loggable);
            return event_stream::respond(app, &identity, headers, request, id, outcome);
        }
        // Not before the body is there: who sends slowly would keep others out.
        Ok(request) => match app.enter() {
            Some(_place) => {
                outcome.operation = request.operation_name.as_deref().map(loggable);
                let allowance = allowance(app, actor, &headers);
                let session = Session::new(
                    actor.clone(),
                    id.clone(),
                    app.clock().clone(),
                    app.ids().clone(),
                );
                let session = purposeful(session, &headers);
                let headers = RequestHeaders(headers);
                let answer = app
                    .graph()
                    .execute_with(request, session, headers, allowance);
                Answer::of(answer.await, media_type)
            }
            None => Answer::refused(Refusal::overload(), media_type),
        },
        Err(refusal) => Answer::refused(refusal, media_type),
    };
    answer.into_response(&id, limit, outcome)
}

/// The session with what the client says it uses personal data for: `X-Purpose`, and `X-Case` for the case that justifies
/// it. A purpose that does not exist counts as none.
pub(super) fn purposeful(session: Session, headers: &HeaderMap) -> Session {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let purpose = said("x-purpose").and_then(Purpose::parse);
    let case = said("x-case").filter(|case| uuid::Uuid::try_parse(case).is_ok());
    session.used_for(purpose, case)
}

fn resolve(app: &App, actor: &Actor, request: &mut GraphQlRequest) -> Result<(), Refusal> {
    let resolved = app.documents().resolve(request, actor);
    resolved.map_err(Refusal::of_document)
}

pub(super) fn allowance(app: &App, actor: &Actor, headers: &HeaderMap) -> Allowance {
    let config = &app.config().graphql;
    let administrator = actor.role() == Role::Administrator.name();
    let introspection = match config.introspection {
        Introspection::Everybody => true,
        Introspection::Administrators => administrator,
        Introspection::Profile => app.config().is_development() || administrator,
    };
    // Where tokens are passed on unread, a false one buys nothing: the subgraphs refuse it before they do any work.
    let is_passed_on = app.authenticator().is_none() && headers.contains_key(header::AUTHORIZATION);
    Allowance {
        timeout: config.timeout,
        introspection,
        query_plan: administrator,
        cost: if actor.is_anonymous() && !is_passed_on {
            config.limits.cost_anonymous
        } else {
            config.limits.cost_signed_in
        },
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

// A name in GraphQL is letters, digits and underscores; anything else is no name, and does not reach the log.
pub(super) fn loggable(name: &str) -> String {
    let is_name = name.len() <= 80
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name {
        name.to_owned()
    } else {
        "(no name)".to_owned()
    }
}
