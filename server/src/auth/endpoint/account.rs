use axum::http::StatusCode;
use schema_identity::account::{self, Registration, Reset, Taken};
use schema_kernel::Code;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    asked::{Asked, Asking},
    login::too_many,
};
use crate::{
    auth::{failed, registrar::GraphRegistrar},
    http::problem::Problem,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct RegisterBody {
    email: String,
    password: SecretString,
    given_name: Option<String>,
    family_name: String,
    travel_document_given_name: Option<String>,
    travel_document_family_name: Option<String>,
    language: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerifyBody {
    token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForgotBody {
    email: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetBody {
    token: String,
    password: SecretString,
}

/// `POST /auth/register`: 202 whether there is such an account or not.
pub(super) async fn register(
    asking: Asking,
    Asked(body): Asked<RegisterBody>,
) -> Result<StatusCode, Problem> {
    let registration = Registration {
        email: body.email,
        password: body.password,
        given_name: body.given_name,
        family_name: body.family_name,
        travel_document_given_name: body.travel_document_given_name,
        travel_document_family_name: body.travel_document_family_name,
        language: body.language,
    };
    let identity = asking.identity()?;
    let taken = account::register(identity, &asking.session, registration, &asking.address);
    match taken.await.map_err(|error| failed(&error))? {
        Ok(taken) => accepted(taken),
        Err(invalid) => Err(Problem::invalid(invalid)),
    }
}

/// `POST /auth/verify`: makes the account that was asked for.
pub(super) async fn verify(
    asking: Asking,
    Asked(body): Asked<VerifyBody>,
) -> Result<StatusCode, Problem> {
    let registrar = GraphRegistrar(asking.app());
    let verified = account::verify(asking.identity()?, &asking.session, &registrar, &body.token);
    if verified.await.map_err(|error| failed(&error))? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(no_ticket())
    }
}

/// `POST /auth/forgot`: 202 whether there is such an account or not.
pub(super) async fn forgot(
    asking: Asking,
    Asked(body): Asked<ForgotBody>,
) -> Result<StatusCode, Problem> {
    let identity = asking.identity()?;
    let taken = account::forgot(identity, &asking.session, &body.email, &asking.address);
    accepted(taken.await.map_err(|error| failed(&error))?)
}

/// `POST /auth/reset`: chooses a password, another one or the first.
pub(super) async fn reset(
    asking: Asking,
    Asked(body): Asked<ResetBody>,
) -> Result<StatusCode, Problem> {
    let identity = asking.identity()?;
    let reset = account::reset(identity, &asking.session, &body.token, body.password);
    match reset.await.map_err(|error| failed(&error))? {
        Reset::Done => Ok(StatusCode::NO_CONTENT),
        Reset::Invalid(invalid) => Err(Problem::invalid(invalid)),
        Reset::NoTicket => Err(no_ticket()),
    }
}

fn accepted(taken: Taken) -> Result<StatusCode, Problem> {
    match taken {
        Taken::Taken => Ok(StatusCode::ACCEPTED),
        Taken::TooMany(wait) => Err(too_many(wait)),
    }
}

fn no_ticket() -> Problem {
    Problem::new(
        Code::BadUserInput,
        "This link does not work, or not any more: it works once, for a while. Ask for another one.",
    )
}
