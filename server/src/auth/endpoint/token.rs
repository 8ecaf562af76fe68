use axum::{
    Json,
    extract::{Form, State, rejection::FormRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use schema_identity::{
    client::{self, Grant, Granted},
    device::DeviceGrant,
};
use schema_kernel::{
    Code,
    id::{EventId, JourneyId},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{asked::Asking, device, login::too_many};
use crate::{
    App,
    auth::{Claims, failed, token::Audience},
    http::problem::Problem,
};

/// What a program asks for, as OAuth 2.0 writes it.
#[derive(Default)]
struct Wish {
    grant_type: String,
    client_id: Option<String>,
    client_secret: Option<SecretString>,
    refresh_token: Option<SecretString>,
    scope: Option<String>,
    assertion_type: Option<String>,
    assertion: Option<String>,
}

/// The kind of assertion by which a device shows its key (RFC 7523, 2.2).
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a token is to say besides whom it speaks of.
pub(super) struct Signing<'a> {
    pub(super) scope: &'a str,
    pub(super) seconds: i64,
    pub(super) journey: Option<JourneyId>,
}

/// `POST /auth/token`: OAuth 2.0 client credentials and refresh tokens (RFC 6749, sections 4.4 and 6); devices show their key
/// by an assertion (RFC 7523, 2.2).
pub(super) async fn token(
    asking: Asking,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Problem> {
    let Some(wish) = form.ok().and_then(|Form(pairs)| read(pairs)) else {
        return Ok(error(StatusCode::BAD_REQUEST, "invalid_request"));
    };
    if let Some(assertion) = &wish.assertion {
        return by_assertion(&asking, &headers, &wish, assertion).await;
    }
    let Some((id, secret)) = credentials(&headers, &wish) else {
        return Ok(error(StatusCode::UNAUTHORIZED, "invalid_client"));
    };
    let identity = asking.identity()?;
    let (session, address) = (&asking.session, asking.address.as_str());
    let granted = match (wish.grant_type.as_str(), &wish.refresh_token) {
        ("client_credentials", _) => {
            let asked = wish.scope.as_deref();
            client::grant(identity, session, &id, &secret, asked, address).await
        }
        ("refresh_token", Some(token)) => {
            client::refresh(identity, session, &id, &secret, token, address).await
        }
        ("refresh_token", None) => return Ok(error(StatusCode::BAD_REQUEST, "invalid_request")),
        _ => return Ok(error(StatusCode::BAD_REQUEST, "unsupported_grant_type")),
    };
    match granted.map_err(|error| failed(&error))? {
        Grant::Granted(granted) => answer(asking.app(), granted),
        Grant::InvalidClient => Ok(error(StatusCode::UNAUTHORIZED, "invalid_client")),
        Grant::InvalidGrant => Ok(error(StatusCode::BAD_REQUEST, "invalid_grant")),
        Grant::InvalidScope => Ok(error(StatusCode::BAD_REQUEST, "invalid_scope")),
        Grant::TooMany(wait) => Err(too_many(wait)),
    }
}

async fn by_assertion(
    asking: &Asking,
    headers: &HeaderMap,
    wish: &Wish,
    assertion: &str,
) -> Result<Response, Problem> {
    let is_alone = !headers.contains_key(header::AUTHORIZATION) && wish.client_secret.is_none();
    let is_known = wish.assertion_type.as_deref() == Some(JWT_BEARER);
    if !is_alone || !is_known || wish.scope.is_some() {
        return Ok(error(StatusCode::BAD_REQUEST, "invalid_request"));
    }
    if wish.grant_type != "client_credentials" {
        return Ok(error(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    match device::granted(asking, assertion).await? {
        DeviceGrant::Granted(granted) => answer(asking.app(), granted),
        DeviceGrant::Wrong => Ok(error(StatusCode::UNAUTHORIZED, "invalid_client")),
        DeviceGrant::TooMany(wait) => Err(too_many(wait)),
    }
}

/// `GET /.well-known/jwks.json`: the public keys of this installation (RFC 7517).
pub(super) async fn jwks(State(app): State<App>) -> Response {
    let Some(keys) = app.signing_keys() else {
        return Problem::new(Code::NotFound, "No tokens are signed here.").into_response();
    };
    let mut response = Json(keys.jwks()).into_response();
    // A new key is published for ten minutes before it signs.
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    response
}

/// A parameter that stands there twice is refused, and one that is not known is not looked at (RFC 6749, 3.2).
fn read(pairs: Vec<(String, String)>) -> Option<Wish> {
    let mut wish = Wish::default();
    let mut seen = Vec::new();
    for (name, value) in pairs {
        if seen.contains(&name) {
            return None;
        }
        match name.as_str() {
            "grant_type" => wish.grant_type = value,
            "client_id" => wish.client_id = Some(value),
            "client_secret" => wish.client_secret = Some(value.into()),
            "refresh_token" => wish.refresh_token = Some(value.into()),
            "scope" => wish.scope = Some(value),
            "client_assertion_type" => wish.assertion_type = Some(value),
            "client_assertion" => wish.assertion = Some(value),
            _ => {}
        }
        seen.push(name);
    }
    Some(wish)
}

/// Id and secret, from the header `Authorization` or from the body, and never from both (RFC 6749, 2.3.1).
fn credentials(headers: &HeaderMap, wish: &Wish) -> Option<(String, SecretString)> {
    let in_body = wish.client_id.clone().zip(wish.client_secret.clone());
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return in_body;
    };
    if wish.client_secret.is_some() {
        return None;
    }
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((id.to_owned(), secret.to_owned().into()))
}

fn answer(app: &App, granted: Granted) -> Result<Response, Problem> {
    let lifetime = app.config().auth.token_lifetime.as_secs();
    let scope = granted.scopes.join(" ");
    let signing = Signing {
        scope: &scope,
        seconds: i64::try_from(lifetime).unwrap_or_default(),
        journey: None,
    };
    let token = sign(app, &granted, &signing).map_err(|error| {
        tracing::error!(error = format!("{error:#}"), "a token could not be signed");
        Problem::new(Code::Internal, "Something went wrong on our side.")
    })?;
    let mut body = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": lifetime,
        "scope": scope,
    });
    if let Some(refresh) = &granted.refresh_token {
        body["refresh_token"] = json!(refresh.expose_secret());
    }
    Ok(Json(body).into_response())
}

/// Signs a token of this installation.
pub(super) fn sign(app: &App, granted: &Granted, signing: &Signing<'_>) -> anyhow::Result<String> {
    let (config, now) = (&app.config().auth, app.clock().now());
    let claims = Claims {
        iss: config.issuer.clone(),
        aud: Audience::One(config.audience.clone()),
        sub: granted.subject.clone(),
        exp: now.timestamp() + signing.seconds,
        nbf: None,
        iat: Some(now.timestamp()),
        role: granted.role.clone(),
        customer_id: None,
        journey_id: signing.journey,
        scope: Some(signing.scope.to_owned()),
        jti: Some(app.new_id::<EventId>().to_string()),
        family: granted.family.map(|family| family.to_string()),
    };
    let keys = app
        .signing_keys()
        .ok_or_else(|| anyhow::anyhow!("this process signs nothing"))?;
    keys.sign(&claims, now)
}

/// A refusal as OAuth 2.0 writes it (RFC 6749, 5.2).
fn error(status: StatusCode, code: &'static str) -> Response {
    let mut response = (status, Json(json!({ "error": code }))).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Basic realm=\"jetbridge\""),
        );
    }
    response
}
