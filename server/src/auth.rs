//! Who asks: bearer tokens and sessions in, actors out.

pub mod boarding_pass;
pub mod cookie;
pub mod demo;
pub mod development;
pub mod endpoint;
pub mod key_set;
pub mod postman;
pub mod registrar;
pub mod role;
pub mod secret_file;
pub mod signing;
pub mod token;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use schema_identity::session::{self, Seen};
use schema_kernel::{Code, Error};
use secrecy::SecretString;

pub use self::{
    development::DevelopmentKey,
    key_set::{KeySet, KeySetError},
    role::Role,
    token::{Authenticator, Claims, Identity, Proof, TokenError},
};
use crate::{
    App,
    graph::socket,
    http::{origin, problem::Problem},
};

/// Turns what a request brings into its actor: a bearer token, or else a session in a cookie. Neither is an anonymous actor;
/// one that does not hold is an answer of its own, so that nobody works on as less than they believe to be.
pub async fn authenticate(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let identified = match brought(&app, &request) {
        Brought::Known(identified) => identified,
        Brought::Cookie(token) => by_cookie(&app, &token).await,
    };
    match identified {
        Ok(identity) => {
            request.extensions_mut().insert(identity.actor.clone());
            request.extensions_mut().insert(identity);
            next.run(request).await
        }
        Err(refusal) => *refusal,
    }
}

/// What a request brings to say who asks.
enum Brought {
    /// It says all there is to know.
    Known(Result<Identity, Box<Response>>),
    /// A session, which has to be looked up.
    Cookie(SecretString),
}

/// A cookie is sent by browsers whoever wrote the page, so it counts only where the page is ours: with POST, whose bodies
/// no page of another origin can send, and where a socket is opened.
fn brought(app: &App, request: &Request) -> Brought {
    let (method, headers) = (request.method(), request.headers());
    let nobody = Brought::Known(Ok(Identity::anonymous()));
    // Whoever gets tokens passed on knows better.
    let Some(authenticator) = app.authenticator() else {
        return nobody;
    };
    if headers.contains_key(header::AUTHORIZATION) {
        let identity = bearer(&authenticator, headers);
        return Brought::Known(identity.map_err(|error| Box::new(refuse(error))));
    }
    let is_socket = method == Method::GET && socket::is_asked_for(headers);
    let counts = app.identity().is_some() && (method == Method::POST || is_socket);
    let session = cookie::read(headers).filter(|_| counts);
    let device = cookie::read_device(headers).filter(|_| counts);
    if session.is_none() && device.is_none() {
        return nobody;
    }
    match (origin::is_own(headers, &[]), is_socket) {
        (true, _) => match (session, device) {
            (Some(token), _) => Brought::Cookie(token),
            (None, Some(token)) => {
                let identity = authenticator.check(&token);
                Brought::Known(identity.map_err(|_| Box::new(device_ended())))
            }
            (None, None) => nobody,
        },
        // A page that may open sockets here, as somebody else, may do it as nobody.
        (false, true) => nobody,
        (false, false) => Brought::Known(Err(Box::new(foreign().into_response()))),
    }
}

async fn by_cookie(app: &App, token: &SecretString) -> Result<Identity, Box<Response>> {
    let Some(domain) = app.identity() else {
        return Ok(Identity::anonymous());
    };
    match session::find(domain, &app.asking(), token).await {
        Ok(Some(seen)) => Ok(of_session(&seen)),
        Ok(None) => Err(Box::new(ended())),
        Err(error) => Err(Box::new(failed(&error).into_response())),
    }
}

/// Who is signed in with the cookie of these headers; none where it does not hold, or nobody can say.
pub async fn signed_in(app: &App, headers: &HeaderMap) -> Option<Seen> {
    let (domain, token) = app.identity().zip(cookie::read(headers))?;
    session::find(domain, &app.asking(), &token)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(error = error.report(), "a session could not be looked up");
            None
        })
}

/// A session as the identity of whoever holds it.
pub fn of_session(seen: &Seen) -> Identity {
    Identity {
        actor: seen.actor.clone(),
        expires_at: Some(seen.ends_at),
        proof: Proof::Session {
            id: seen.session.id,
            role_version: seen.role.version,
        },
    }
}

/// A page of another origin asks with the cookie of a user of ours.
fn foreign() -> Problem {
    Problem::new(
        Code::Forbidden,
        "Pages of other origins do not act for who is signed in here.",
    )
}

fn device_ended() -> Response {
    let problem = Problem::new(
        Code::Unauthenticated,
        "What this device has shown holds no more: it shows its key again.",
    );
    cookie::forget_device(problem.into_response())
}

fn ended() -> Response {
    let problem = Problem::new(
        Code::Unauthenticated,
        "The session has ended: sign in again.",
    );
    cookie::forget(problem.into_response())
}

/// Something went wrong inside; why is for the log alone.
fn failed(error: &Error) -> Problem {
    tracing::error!(error = error.report(), "an account could not be looked up");
    Problem::new(Code::Internal, error.message())
}

fn bearer(authenticator: &Authenticator, headers: &HeaderMap) -> Result<Identity, TokenError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(Identity::anonymous());
    };
    if values.next().is_some() {
        return Err(TokenError::Malformed);
    }
    let text = value.to_str().map_err(|_| TokenError::Malformed)?;
    identify_by(authenticator, text)
}

/// Whom the value of an `Authorization` header speaks of, wherever it was sent: `Bearer` and a token.
///
/// # Errors
/// When it is of another scheme, or the token does not hold.
pub fn identify_by(
    authenticator: &Authenticator,
    authorization: &str,
) -> Result<Identity, TokenError> {
    let (scheme, token) = authorization.split_once(' ').ok_or(TokenError::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(TokenError::Malformed);
    }
    authenticator.check(token.trim())
}

// RFC 6750, section 3.
fn refuse(error: TokenError) -> Response {
    tracing::debug!(reason = %error, "token refused");
    let challenge = format!(
        "Bearer realm=\"jetbridge\", error=\"invalid_token\", error_description=\"{error}\""
    );
    let mut response = Problem::new(
        Code::Unauthenticated,
        format!("The bearer token is refused: {error}."),
    )
    .into_response();
    if let Ok(challenge) = HeaderValue::try_from(challenge) {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}
