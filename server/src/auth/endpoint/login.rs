use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use schema_identity::{
    account::{self, Credentials, Login},
    session::{self, Opened, Seen},
};
use schema_kernel::{Code, audit::AuditResult};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    asked::{Admitted, Asked, Asking},
    said::SessionSaid,
};
use crate::{
    auth::{cookie, failed},
    http::problem::Problem,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginBody {
    email: String,
    password: SecretString,
}

/// `POST /auth/login`.
pub(super) async fn login(
    asking: Asking,
    Asked(body): Asked<LoginBody>,
) -> Result<Response, Problem> {
    let credentials = Credentials {
        email: body.email,
        password: body.password,
    };
    let (identity, browser) = (asking.identity()?, asking.browser());
    let login = account::login(
        identity,
        &asking.session,
        credentials,
        &asking.address,
        &browser,
    );
    let login = login.await.map_err(|error| failed(&error))?;
    let result = match &login {
        Login::Wrong => AuditResult::Failed,
        Login::TooMany(_) => AuditResult::Refused,
        Login::SecondFactor { .. } => AuditResult::Begun,
        Login::SignedIn(_) | Login::EnrolSecondFactor(_) => AuditResult::Done,
    };
    asking.record("login", result).await?;
    match login {
        Login::SignedIn(opened) => signed_in(&asking, &opened, "SIGNED_IN", &[]),
        Login::SecondFactor { challenge, methods } => {
            let methods: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
            let body = json!({
                "state": "SECOND_FACTOR",
                "methods": methods,
                "challenge": challenge.expose_secret(),
            });
            Ok(Json(body).into_response())
        }
        Login::EnrolSecondFactor(opened) => {
            signed_in(&asking, &opened, "ENROL_SECOND_FACTOR", &["TOTP"])
        }
        Login::Wrong => Err(wrong()),
        Login::TooMany(wait) => Err(too_many(wait)),
    }
}

/// The answer to somebody who has a session now, with its cookie.
pub(super) fn signed_in(
    asking: &Asking,
    opened: &Opened,
    state: &str,
    methods: &[&str],
) -> Result<Response, Problem> {
    // Their role was taken away at this very moment.
    let seen = Seen::opened(asking.identity()?, opened).ok_or_else(wrong)?;
    let mut body = json!({ "state": state, "session": SessionSaid::of(&seen) });
    if !methods.is_empty() {
        body["methods"] = json!(methods);
    }
    let lifetime = opened.session.expires_at - opened.session.created_at;
    Ok(cookie::set(
        Json(body).into_response(),
        &opened.token,
        lifetime,
    ))
}

/// One sentence for whatever was wrong.
pub(super) fn wrong() -> Problem {
    Problem::new(
        Code::Unauthenticated,
        "No account has this address and this password.",
    )
}

/// It was tried too often.
pub(super) fn too_many(wait: TimeDelta) -> Problem {
    Problem::new(
        Code::RateLimited,
        "This was tried too often; the header `Retry-After` says when it may be tried again.",
    )
    .retry_after(wait)
}

/// `GET /auth/session`: who is signed in in this browser, or `null`.
pub(super) async fn session(asking: Asking) -> Result<Response, Problem> {
    let seen = asking.seen().await?;
    let said = seen.as_ref().map(SessionSaid::of);
    Ok(Json(said.map_or(Value::Null, |said| json!(said))).into_response())
}

/// `POST /auth/logout`. It can be repeated.
pub(super) async fn logout(asking: Asking, _: Admitted) -> Result<Response, Problem> {
    if let Some(seen) = asking.seen().await? {
        session::sign_out(asking.identity()?, &asking.session, &seen)
            .await
            .map_err(|error| failed(&error))?;
    }
    Ok(cookie::forget(StatusCode::NO_CONTENT.into_response()))
}
