use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use schema_identity::{
    client::Granted,
    device::{self, DeviceGrant, Enrolment},
};
use schema_kernel::{ActorKind, Code, id::JourneyId, scalar::RecordLocator};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    asked::{Asked, Asking},
    login::too_many,
    token::{Signing, sign},
};
use crate::{
    App,
    auth::{Identity, boarding_pass::BoardingPass, cookie, failed, identify_by},
    frontend::development,
    graph::subgraph::SubgraphName,
    http::problem::Problem,
};

/// For how long a journey is at hand.
const AT_HAND: TimeDelta = TimeDelta::minutes(5);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct EnrolBody {
    code: SecretString,
    public_key: Value,
    proof: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionBody {
    assertion: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum JourneyBody {
    Typed(Typed),
    Scanned(Scanned),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Typed {
    record_locator: String,
    family_name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Scanned {
    boarding_pass: String,
}

/// `POST /auth/device/enrol`: a device shows its code and its key.
pub(super) async fn enrol(
    asking: Asking,
    Asked(body): Asked<EnrolBody>,
) -> Result<Response, Problem> {
    let (identity, address) = (asking.identity()?, asking.address.as_str());
    let EnrolBody {
        code,
        public_key,
        proof,
    } = body;
    let enrolled = device::enrol(
        identity,
        &asking.session,
        &code,
        &public_key,
        &proof,
        address,
    );
    match enrolled.await.map_err(|error| failed(&error))? {
        Enrolment::Done(device) => Ok(Json(json!({
            "deviceId": device.id.to_string(),
            "name": device.name,
            "audience": asking.app().config().auth.issuer,
        }))
        .into_response()),
        Enrolment::InvalidKey => Err(Problem::new(
            Code::BadUserInput,
            "The key is a public JSON Web Key on P-256 or Ed25519, and the proof a JSON Web Signature by it with the code as `nonce`, and `exp` within two minutes.",
        )),
        Enrolment::Wrong => Err(Problem::new(
            Code::Unauthenticated,
            "This code does not work, or not any more.",
        )),
        Enrolment::TooMany(wait) => Err(too_many(wait)),
    }
}

/// `POST /auth/device/session`: a page on a device shows that it holds the key, and gets a token that no script can read. It
/// is good for nothing but the documents of devices, and ends within minutes.
pub(super) async fn session(
    asking: Asking,
    Asked(body): Asked<SessionBody>,
) -> Result<Response, Problem> {
    match granted(&asking, &body.assertion).await? {
        DeviceGrant::Granted(granted) => {
            let lifetime = lifetime(asking.app());
            let token = signed(asking.app(), &granted, lifetime, None)?;
            Ok(kept(&token, lifetime, None))
        }
        DeviceGrant::Wrong => Err(wrong()),
        DeviceGrant::TooMany(wait) => Err(too_many(wait)),
    }
}

/// What a device gets by an assertion.
pub(super) async fn granted(asking: &Asking, assertion: &str) -> Result<DeviceGrant, Problem> {
    let (identity, address) = (asking.identity()?, asking.address.as_str());
    let audience = &asking.app().config().auth.issuer;
    device::grant(identity, &asking.session, assertion, audience, address)
        .await
        .map_err(|error| failed(&error))
}

/// `POST /auth/device/journey`: the traveller before a device has named a booking, and for a few minutes the device reaches
/// the journey of it, and no other.
pub(super) async fn journey(
    asking: Asking,
    Asked(body): Asked<JourneyBody>,
) -> Result<Response, Problem> {
    let (shown, is_by_cookie) = shown(&asking)?;
    let actor = &shown.actor;
    let is_device = actor.kind() == ActorKind::Device && actor.has("journey:lookup");
    // A grant does not lead to the next one: the key does.
    if !is_device || actor.journey_at_hand().is_some() {
        return Err(Problem::new(
            Code::Forbidden,
            "A device looks bookings up, by the token that it got for its key.",
        ));
    }
    let identity = asking.identity()?;
    let wait = device::lookup_allowed(identity, &asking.session, actor.id()).await;
    if let Some(wait) = wait.map_err(|error| failed(&error))? {
        return Err(too_many(wait));
    }
    let Some(found) = look_up(&asking, body).await? else {
        device::lookup_failed(identity, &asking.session, actor.id())
            .await
            .map_err(|error| failed(&error))?;
        return Err(Problem::new(
            Code::NotFound,
            "There is no journey to come with this booking and this name.",
        ));
    };
    let granted = Granted {
        subject: actor.id().to_owned(),
        role: actor.role().to_owned(),
        scopes: actor.scopes().map(str::to_owned).collect(),
        family: None,
        refresh_token: None,
    };
    let token = signed(asking.app(), &granted, AT_HAND, Some(found))?;
    if is_by_cookie {
        return Ok(kept(&token, AT_HAND, Some(found)));
    }
    let body = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": AT_HAND.num_seconds(),
        "journeyId": found.to_string(),
    });
    Ok(no_store(Json(body).into_response()))
}

async fn look_up(asking: &Asking, body: JourneyBody) -> Result<Option<JourneyId>, Problem> {
    let (locator, family_name) = match body {
        JourneyBody::Typed(typed) => (typed.record_locator, typed.family_name),
        JourneyBody::Scanned(scanned) => {
            let pass = BoardingPass::read(&scanned.boarding_pass).ok_or_else(|| {
                Problem::new(
                    Code::BadUserInput,
                    "This is not the text of a boarding pass.",
                )
            })?;
            (pass.record_locator, pass.family_name)
        }
    };
    let locator = RecordLocator::parse(&locator)
        .map_err(|problem| Problem::new(Code::BadUserInput, problem))?;
    let database = asking.app().databases().get(SubgraphName::Order);
    let database = database.map_err(|_| {
        Problem::new(
            Code::NotFound,
            "Bookings are not looked up in this process.",
        )
    })?;
    let now = asking.session.now();
    schema_order::journey::at_hand::find(database, &locator, &family_name, now)
        .await
        .map_err(|error| failed(&error))
}

/// Who asks, and whether by a cookie.
fn shown(asking: &Asking) -> Result<(Identity, bool), Problem> {
    let refused = || {
        Problem::new(
            Code::Unauthenticated,
            "Show the token that this device got for its key.",
        )
    };
    let authenticator = asking.app().authenticator().ok_or_else(refused)?;
    let headers = asking.headers();
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let text = value.to_str().map_err(|_| refused())?;
        let identity = identify_by(&authenticator, text).map_err(|_| refused())?;
        return Ok((identity, false));
    }
    let by_page = cookie::read_device(headers).map(|token| format!("Bearer {token}"));
    let text = by_page
        .or_else(|| development::authorization(asking.app(), headers))
        .ok_or_else(refused)?;
    let identity = identify_by(&authenticator, &text).map_err(|_| refused())?;
    Ok((identity, true))
}

fn signed(
    app: &App,
    granted: &Granted,
    lifetime: TimeDelta,
    journey: Option<JourneyId>,
) -> Result<String, Problem> {
    let scope = granted.scopes.join(" ");
    let signing = Signing {
        scope: &scope,
        seconds: lifetime.num_seconds(),
        journey,
    };
    sign(app, granted, &signing).map_err(|error| {
        tracing::error!(error = format!("{error:#}"), "a token could not be signed");
        Problem::new(Code::Internal, "Something went wrong on our side.")
    })
}

fn lifetime(app: &App) -> TimeDelta {
    TimeDelta::from_std(app.config().auth.token_lifetime).unwrap_or(AT_HAND)
}

fn kept(token: &str, lifetime: TimeDelta, journey: Option<JourneyId>) -> Response {
    let body = json!({
        "expiresIn": lifetime.num_seconds(),
        "journeyId": journey.map(|journey| journey.to_string()),
    });
    no_store(cookie::set_device(
        Json(body).into_response(),
        token,
        lifetime,
    ))
}

fn no_store(mut response: Response) -> Response {
    let value = header::HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, value);
    response
}

fn wrong() -> Problem {
    Problem::new(
        Code::Unauthenticated,
        "No device that may sign in here has signed this, or it was used before.",
    )
}
