//! What a device signs: that it holds its key. Pure.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::Validation;
use serde::{Deserialize, de::DeserializeOwned};

use super::key::DeviceKey;

/// The longest that an assertion may be valid: as long as its name is remembered, so that none is used twice.
pub(super) const LONGEST_LIFE: TimeDelta = TimeDelta::minutes(2);
/// The longest text that is looked at.
const LONGEST: usize = 4 * 1024;
/// The longest name of an assertion.
const LONGEST_NAME: usize = 100;

/// What a device asserts to get a token (RFC 7523, 3).
#[derive(Debug, Deserialize)]
pub(super) struct Assertion {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
    jti: String,
}

/// What a device signs to show that the key it enrols is its own.
#[derive(Debug, Deserialize)]
struct Enrolment {
    nonce: String,
    exp: i64,
}

/// Whom an assertion speaks of. Nothing of it is believed until its signature was checked.
pub(super) fn said_of(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Sub {
        sub: String,
    }
    if text.len() > LONGEST {
        return None;
    }
    let payload = text.split('.').nth(1)?;
    let bytes = URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice::<Sub>(&bytes)
        .ok()
        .map(|said| said.sub)
}

/// The name of an assertion that holds: it is signed with this key, by this device, for this audience, and fresh.
pub(super) fn check(
    key: &DeviceKey,
    text: &str,
    device: &str,
    audience: &str,
    now: DateTime<Utc>,
) -> Option<String> {
    let said: Assertion = signed(key, text)?;
    let is_ours = said.iss == device && said.sub == device && said.aud == audience;
    let is_name = (16..=LONGEST_NAME).contains(&said.jti.len());
    (is_ours && is_name && is_fresh(said.exp, now)).then_some(said.jti)
}

/// Whether this code was signed with this key just now.
pub(super) fn shows(key: &DeviceKey, text: &str, code: &str, now: DateTime<Utc>) -> bool {
    signed::<Enrolment>(key, text).is_some_and(|said| said.nonce == code && is_fresh(said.exp, now))
}

fn is_fresh(exp: i64, now: DateTime<Utc>) -> bool {
    DateTime::from_timestamp(exp, 0).is_some_and(|exp| exp > now && exp <= now + LONGEST_LIFE)
}

fn signed<T: DeserializeOwned>(key: &DeviceKey, text: &str) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let mut validation = Validation::new(key.algorithm);
    // Audience and time are checked here, on our own clock.
    validation.validate_aud = false;
    validation.validate_exp = false;
    validation.set_required_spec_claims::<&str>(&[]);
    jsonwebtoken::decode::<T>(text, &key.verifier, &validation)
        .ok()
        .map(|decoded| decoded.claims)
}
