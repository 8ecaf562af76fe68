use axum::{
    Json,
    response::{IntoResponse, Response},
};
use schema_identity::{
    second_factor::{self, Confirmed, Finish, Method, Proof, StepUp},
    session::Seen,
};
use schema_kernel::{Code, audit::AuditResult};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::{
    asked::{Admitted, Asked, Asking},
    login::{signed_in, too_many},
    said::SessionSaid,
};
use crate::{
    auth::{cookie, failed},
    http::problem::Problem,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FinishBody {
    challenge: String,
    method: String,
    code: SecretString,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepUpBody {
    method: String,
    code: SecretString,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmBody {
    code: String,
}

/// `POST /auth/login/second-factor`.
pub(super) async fn finish(
    asking: Asking,
    Asked(body): Asked<FinishBody>,
) -> Result<Response, Problem> {
    let proof = proof(&body.method, body.code)?;
    let (identity, browser) = (asking.identity()?, asking.browser());
    let finish =
        second_factor::finish(identity, &asking.session, &body.challenge, &proof, &browser);
    let finish = finish.await.map_err(|error| failed(&error))?;
    let result = match &finish {
        Finish::SignedIn(_) => AuditResult::Done,
        Finish::Wrong => AuditResult::Failed,
        Finish::TooMany(_) => AuditResult::Refused,
    };
    asking.record("second-factor", result).await?;
    match finish {
        Finish::SignedIn(opened) => signed_in(&asking, &opened, "SIGNED_IN", &[]),
        Finish::Wrong => Err(wrong()),
        Finish::TooMany(wait) => Err(too_many(wait)),
    }
}

/// `POST /auth/step-up`.
pub(super) async fn step_up(
    asking: Asking,
    Asked(body): Asked<StepUpBody>,
) -> Result<Response, Problem> {
    let proof = proof(&body.method, body.code)?;
    let seen = signed_in_here(&asking).await?;
    let step_up = second_factor::step_up(asking.identity()?, &asking.session, &seen, proof);
    let step_up = step_up.await.map_err(|error| failed(&error))?;
    let result = match &step_up {
        StepUp::Done(_) => AuditResult::Done,
        StepUp::Wrong => AuditResult::Failed,
        StepUp::TooMany(_) => AuditResult::Refused,
    };
    asking.record("step-up", result).await?;
    match step_up {
        StepUp::Done(seen) => Ok(Json(SessionSaid::of(&seen)).into_response()),
        StepUp::Wrong => Err(wrong()),
        StepUp::TooMany(wait) => Err(too_many(wait)),
    }
}

/// `POST /auth/totp/enrol`.
pub(super) async fn enrol(asking: Asking, _: Admitted) -> Result<Response, Problem> {
    let seen = signed_in_here(&asking).await?;
    let begun = second_factor::begin_totp(asking.identity()?, &asking.session, &seen);
    let Some(begun) = begun.await.map_err(|error| failed(&error))? else {
        return Err(Problem::new(
            Code::Forbidden,
            "This asks for a fresh proof of who you are: confirm it (`POST /auth/step-up`), and repeat the request.",
        ));
    };
    let body = json!({
        "secret": begun.secret.expose_secret(),
        "uri": begun.uri.expose_secret(),
    });
    Ok(Json(body).into_response())
}

/// `POST /auth/totp/confirm`.
pub(super) async fn confirm(
    asking: Asking,
    Asked(body): Asked<ConfirmBody>,
) -> Result<Response, Problem> {
    let seen = signed_in_here(&asking).await?;
    let (identity, browser) = (asking.identity()?, asking.browser());
    let confirmed =
        second_factor::confirm_totp(identity, &asking.session, &seen, &body.code, &browser);
    match confirmed.await.map_err(|error| failed(&error))? {
        Confirmed::Done {
            recovery_codes,
            opened,
        } => {
            let codes: Vec<&str> = recovery_codes
                .iter()
                .map(ExposeSecret::expose_secret)
                .collect();
            let response = Json(json!({ "recoveryCodes": codes })).into_response();
            Ok(match opened {
                Some(opened) => {
                    let lifetime = opened.session.expires_at - opened.session.created_at;
                    cookie::set(response, &opened.token, lifetime)
                }
                None => response,
            })
        }
        Confirmed::Wrong => Err(wrong()),
        Confirmed::TooMany(wait) => Err(too_many(wait)),
    }
}

async fn signed_in_here(asking: &Asking) -> Result<Seen, Problem> {
    asking.seen().await?.ok_or_else(|| {
        Problem::new(
            Code::Unauthenticated,
            "Nobody is signed in in this browser: sign in first.",
        )
    })
}

fn proof(method: &str, code: SecretString) -> Result<Proof, Problem> {
    let method = Method::parse(method).ok_or_else(|| {
        Problem::new(
            Code::BadUserInput,
            "The method is one of those that the sign-in answered with.",
        )
    })?;
    Ok(Proof { method, code })
}

/// One sentence for whatever was wrong.
fn wrong() -> Problem {
    Problem::new(
        Code::Unauthenticated,
        "This is not the code, or it was used before, or the sign-in began too long ago.",
    )
}
