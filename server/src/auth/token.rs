//! A token, checked: JSON Web Tokens as access tokens (RFC 7519, RFC 8725, RFC 9068).

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use schema_identity::standing::{Snapshot, Standing};
use schema_kernel::{
    Actor, ActorKind, Clock,
    id::{CustomerId, JourneyId, UserSessionId},
};
use serde::{Deserialize, Serialize};

use super::{KeySet, role};
use crate::config::AuthConfig;

/// The longest token that is looked at; ours are a tenth of it.
const LONGEST: usize = 8 * 1024;

/// The only algorithms that are accepted. `none` and everything symmetric are not among them.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::EdDSA, Algorithm::ES256, Algorithm::RS256];

/// Why a token is refused. The texts are safe to show: they say nothing about keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token, or a header that asks for what is never done.
    #[error("it is not a signed JSON Web Token of the kind that is accepted here")]
    Malformed,
    /// Another algorithm, another key, or a signature that does not hold.
    #[error("its signature does not hold")]
    Signature,
    /// Another issuer, another audience, or a claim that is missing or of the wrong type.
    #[error("its claims are not the ones that are needed: iss, aud, exp, sub and role")]
    Claims,
    /// Too old.
    #[error("it has expired")]
    Expired,
    /// Not yet.
    #[error("it is not valid yet")]
    NotYet,
    /// Somebody has revoked it, or whom it speaks of.
    #[error("it was revoked")]
    Revoked,
}

/// What a token says. A claim that stands there twice is refused.
#[derive(Debug, Deserialize, Serialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// For whom it is meant.
    pub aud: Audience,
    /// Whom it speaks of: an opaque id, never personal data, because it is logged.
    pub sub: String,
    /// Until when it is valid: seconds since 1970.
    pub exp: i64,
    /// From when it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    /// What they are to the airline: the name of a role.
    pub role: String,
    /// Which customer they are; needed with the role `customer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The journey that a device reaches, where somebody before it has named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journey_id: Option<JourneyId>,
    /// Less than the role's scopes, separated by spaces; never more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The token's own name, by which it can be revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// The family of tokens that it was got with, which is revoked as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
}

/// One audience, or several.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Audience {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// Somebody, and until when they have shown who they are.
#[derive(Clone, Debug)]
pub struct Identity {
    /// On whose behalf.
    pub actor: Actor,
    /// When the token stops being believed; `None` where there was none.
    pub expires_at: Option<DateTime<Utc>>,
    /// How they have shown it.
    pub proof: Proof,
}

/// How somebody has shown who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// They have not.
    Nothing,
    /// By a token that can be revoked under any of these names, when it was issued at this moment; its role had this
    /// version.
    Token {
        /// Its own, that of its family, that of whom it speaks of.
        names: Vec<String>,
        /// When it was issued.
        issued_at: Option<DateTime<Utc>>,
        /// The version of the role.
        role_version: i32,
    },
    /// By a session in a cookie; the role of its user had this version.
    Session {
        /// The session.
        id: UserSessionId,
        /// The version of the role.
        role_version: i32,
    },
}

impl Identity {
    /// Nobody in particular, for ever.
    pub fn anonymous() -> Self {
        Self {
            actor: Actor::anonymous(),
            expires_at: None,
            proof: Proof::Nothing,
        }
    }

    /// Whether what they have shown holds still, as far as is known; for whoever shows it once and stays.
    pub fn holds(&self, known: &Snapshot) -> bool {
        let is_same_role = |version: i32| {
            known
                .role(self.actor.role())
                .is_some_and(|role| role.version == version)
        };
        match &self.proof {
            Proof::Nothing => true,
            Proof::Token {
                names,
                issued_at,
                role_version,
            } => {
                is_same_role(*role_version)
                    && !names.iter().any(|name| known.is_revoked(name, *issued_at))
            }
            Proof::Session { id, role_version } => {
                is_same_role(*role_version) && !known.has_ended(*id)
            }
        }
    }
}

/// Checks tokens against keys, issuer, audience and clock.
#[derive(Debug)]
pub struct Authenticator {
    keys: KeySet,
    issuer: String,
    audience: String,
    leeway: Duration,
    clock: Clock,
    standing: Standing,
    own: RwLock<Arc<KeySet>>,
}

impl Authenticator {
    /// Believes tokens that are signed with one of `keys` and fit `config`, at the time of `clock`.
    pub fn new(keys: KeySet, config: &AuthConfig, clock: Clock) -> Self {
        Self {
            keys,
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            leeway: config.leeway,
            clock,
            standing: Standing::new(role::shipped()),
            own: RwLock::default(),
        }
    }

    /// The same with the roles and revocations that are stored, in place of the roles that come with the product.
    #[must_use]
    pub fn knowing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    /// Believes tokens of this installation too, which are signed with one of these; they take the place of those of before.
    pub fn believe(&self, own: KeySet) {
        let mut known = self.own.write().unwrap_or_else(PoisonError::into_inner);
        *known = Arc::new(own);
    }

    fn own(&self) -> Arc<KeySet> {
        let known = self.own.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&known)
    }

    /// What is known of roles and revocations.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Whom a token speaks of, and until when.
    ///
    /// # Errors
    /// When anything about the token does not hold.
    pub fn check(&self, token: &str) -> Result<Identity, TokenError> {
        if token.len() > LONGEST {
            return Err(TokenError::Malformed);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Malformed)?;
        check_header(&header)?;
        let own = self.own();
        let key = own
            .named(header.kid.as_deref(), header.alg)
            .or_else(|| self.keys.find(header.kid.as_deref(), header.alg))
            .ok_or(TokenError::Signature)?;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &key.verifier, &self.validation(key.algorithm))
                .map_err(|error| refusal(&error))?
                .claims;
        self.check_time(&claims)?;
        let expires_at = claims.exp.saturating_add(self.leeway());
        identity(claims, expires_at, &self.standing.current())
    }

    fn leeway(&self) -> i64 {
        i64::try_from(self.leeway.as_secs()).unwrap_or_default()
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        // Time is checked on our own clock.
        validation.validate_exp = false;
        validation
    }

    fn check_time(&self, claims: &Claims) -> Result<(), TokenError> {
        let now = self.clock.now().timestamp();
        let leeway = self.leeway();
        if claims.exp.saturating_add(leeway) <= now {
            return Err(TokenError::Expired);
        }
        if claims
            .nbf
            .is_some_and(|from| from.saturating_sub(leeway) > now)
        {
            return Err(TokenError::NotYet);
        }
        Ok(())
    }
}

// RFC 8725: the type is explicit, the algorithm is one of ours, and a token never brings its own key.
fn check_header(header: &Header) -> Result<(), TokenError> {
    let kind = header
        .typ
        .as_deref()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let brings_key = header.jku.is_some()
        || header.jwk.is_some()
        || header.x5u.is_some()
        || header.x5c.is_some();
    if brings_key
        || header.crit.is_some()
        || !matches!(kind.as_str(), "at+jwt" | "application/at+jwt")
    {
        return Err(TokenError::Malformed);
    }
    if !ALGORITHMS.contains(&header.alg) {
        return Err(TokenError::Signature);
    }
    Ok(())
}

fn refusal(error: &jsonwebtoken::errors::Error) -> TokenError {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidToken | ErrorKind::Base64(_) | ErrorKind::Utf8(_) => {
            TokenError::Malformed
        }
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => TokenError::Signature,
        _ => TokenError::Claims,
    }
}

fn identity(claims: Claims, expires_at: i64, known: &Snapshot) -> Result<Identity, TokenError> {
    if !is_name(&claims.sub)
        || ![&claims.jti, &claims.family]
            .into_iter()
            .flatten()
            .all(|name| is_name(name))
    {
        return Err(TokenError::Claims);
    }
    let role = known.role(&claims.role).ok_or(TokenError::Claims)?;
    let asked: Option<Vec<String>> = claims
        .scope
        .as_deref()
        .map(|scope| scope.split_ascii_whitespace().map(str::to_owned).collect());
    let actor = role
        .actor(claims.sub.clone(), claims.customer_id, asked.as_deref())
        .ok_or(TokenError::Claims)?;
    let actor = match claims.journey_id {
        Some(journey) if actor.kind() == ActorKind::Device => actor.at_hand(journey),
        Some(_) => return Err(TokenError::Claims),
        None => actor,
    };
    let names = [claims.jti, claims.family, Some(claims.sub)];
    let identity = Identity {
        actor,
        // An instant that no calendar has is never reached.
        expires_at: DateTime::from_timestamp(expires_at, 0),
        proof: Proof::Token {
            names: names.into_iter().flatten().collect(),
            issued_at: claims.iat.and_then(|iat| DateTime::from_timestamp(iat, 0)),
            role_version: role.version,
        },
    };
    if identity.holds(known) {
        Ok(identity)
    } else {
        Err(TokenError::Revoked)
    }
}

// It stands in logs and histories, so it cannot hold what says something there.
fn is_name(name: &str) -> bool {
    (1..=200).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests;
