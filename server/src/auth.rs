//! Who asks: bearer tokens in, actors out.

pub mod development;
pub mod key_set;
pub mod role;
pub mod token;

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use schema_kernel::Code;

pub use self::{
    development::DevelopmentKey,
    key_set::{KeySet, KeySetError},
    role::Role,
    token::{Authenticator, Claims, Identity, TokenError},
};
use crate::http::problem::Problem;

/// Turns the bearer token of a request into its actor. No token is an anonymous actor; a token that does not hold is an
/// answer of its own, so that nobody works on as less than they believe to be.
pub async fn authenticate(
    State(authenticator): State<Arc<Authenticator>>,
    mut request: Request,
    next: Next,
) -> Response {
    match identify(&authenticator, request.headers()) {
        Ok(identity) => {
            request.extensions_mut().insert(identity.actor.clone());
            request.extensions_mut().insert(identity);
            next.run(request).await
        }
        Err(error) => refuse(error),
    }
}

/// Takes every request for nobody's: whoever gets its token passed on knows better.
pub async fn pass_on(mut request: Request, next: Next) -> Response {
    let identity = Identity::anonymous();
    request.extensions_mut().insert(identity.actor.clone());
    request.extensions_mut().insert(identity);
    next.run(request).await
}

fn identify(authenticator: &Authenticator, headers: &HeaderMap) -> Result<Identity, TokenError> {
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
