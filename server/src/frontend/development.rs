//! Signing in on one's own machine, with a token of `jetbridge token`. Development only.
//!
//! The token is kept in a cookie that no script reads and no other site sends, and stands in for the bearer token of a
//! request. So the frontends behave as they do with an account.

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::post,
};
use schema_kernel::Code;
use serde::Deserialize;
use serde_json::json;

use super::{
    preference::{Preferences, cookie},
    viewer::Viewer,
};
use crate::{App, auth, http::problem::Problem};

const COOKIE: &str = "jetbridge-development";

/// Whether this process believes tokens of its own machine.
pub fn is_offered(app: &App) -> bool {
    app.config().is_development() && app.has_development_key()
}

/// Signing in and out, and who is signed in.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/_app/development/sign-in", post(sign_in))
        .route("/_app/development/sign-out", post(sign_out))
}

/// The value of an `Authorization` header that the cookie stands for.
pub(crate) fn authorization(app: &App, headers: &HeaderMap) -> Option<String> {
    if !is_offered(app) {
        return None;
    }
    cookie(headers, COOKIE).map(|token| format!("Bearer {token}"))
}

/// Lets the cookie stand in for the bearer token of a POST; a GET never acts for somebody by a cookie.
pub async fn carry(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let has_token = request.headers().contains_key(header::AUTHORIZATION);
    if request.method() == Method::POST
        && !has_token
        && let Some(authorization) = authorization(&app, request.headers())
        && let Ok(value) = HeaderValue::try_from(authorization)
    {
        request.headers_mut().insert(header::AUTHORIZATION, value);
    }
    next.run(request).await
}

#[derive(Deserialize)]
struct SignIn {
    token: String,
}

async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Json(SignIn { token }): Json<SignIn>,
) -> Response {
    let token = token.trim();
    let holds = app.authenticator().is_some_and(|authenticator| {
        auth::identify_by(&authenticator, &format!("Bearer {token}")).is_ok()
    });
    if !holds {
        return Problem::new(
            Code::Unauthenticated,
            "This token is not one that holds here. `jetbridge token --role administrator` prints one.",
        )
        .into_response();
    }
    let mut signed = HeaderMap::new();
    if let Ok(value) = HeaderValue::try_from(format!("Bearer {token}")) {
        signed.insert(header::AUTHORIZATION, value);
    }
    let language = Preferences::of(&headers).language;
    let session = Viewer::of(&app, &signed).await.session(language);
    let kept = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict");
    let answer = Json(json!({ "state": "SIGNED_IN", "session": session }));
    ([(header::SET_COOKIE, kept)], answer).into_response()
}

async fn sign_out() -> Response {
    let forgotten = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, forgotten)]).into_response()
}
