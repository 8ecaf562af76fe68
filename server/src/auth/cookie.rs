//! The cookie that a browser holds while somebody is signed in.
//!
//! `__Host-` binds it to this host and to TLS (RFC 6265bis, 4.1.3.2): no other host under the same domain can set it.
//! Browsers count their own machine as secure.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};

/// Its name.
pub const NAME: &str = "__Host-jetbridge-session";

/// The name of the one that a page on a device holds: a token that ends within minutes.
pub const DEVICE: &str = "__Host-jetbridge-device";

/// The longest value that is looked at; ours have 43 characters.
const LONGEST: usize = 100;

/// The longest token of a device that is looked at.
const LONGEST_TOKEN: usize = 2_000;

/// The secret in the cookie of a request; `None` where there is none, or where there are two and nobody knows which counts.
pub fn read(headers: &HeaderMap) -> Option<SecretString> {
    let value = one(headers, NAME).filter(|value| is_ours(value))?;
    Some(value.to_owned().into())
}

/// The token in the cookie of a page on a device, by the same rule.
pub fn read_device(headers: &HeaderMap) -> Option<String> {
    let is_token = |value: &&str| {
        let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        (1..=LONGEST_TOKEN).contains(&value.len()) && value.bytes().all(is_known)
    };
    one(headers, DEVICE).filter(is_token).map(str::to_owned)
}

/// The value of the one cookie of this name.
fn one<'a>(headers: &'a HeaderMap, name: &'a str) -> Option<&'a str> {
    let mut values = named(headers, name);
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// The values of all cookies of this name, in the order of the request.
pub(crate) fn named<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| value)
}

fn is_ours(value: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (1..=LONGEST).contains(&value.len()) && value.bytes().all(is_known)
}

/// The answer with the cookie of a session that lasts so long.
#[must_use]
pub fn set(response: Response, token: &SecretString, lifetime: TimeDelta) -> Response {
    with(
        response,
        NAME,
        token.expose_secret(),
        lifetime.num_seconds(),
    )
}

/// The answer that takes the cookie away.
#[must_use]
pub fn forget(response: Response) -> Response {
    with(response, NAME, "", 0)
}

/// The answer with the cookie of a device that lasts so long.
#[must_use]
pub fn set_device(response: Response, token: &str, lifetime: TimeDelta) -> Response {
    with(response, DEVICE, token, lifetime.num_seconds())
}

/// The answer that takes the cookie of a device away.
#[must_use]
pub fn forget_device(response: Response) -> Response {
    with(response, DEVICE, "", 0)
}

fn with(mut response: Response, name: &str, value: &str, seconds: i64) -> Response {
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax");
    if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
        cookie.set_sensitive(true);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use proptest::prelude::*;

    use super::*;

    fn cookies(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::COOKIE, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn value(values: &[&str]) -> Option<String> {
        read(&cookies(values)).map(|value| value.expose_secret().to_owned())
    }

    #[test]
    fn one_cookie_counts() {
        assert_eq!(
            value(&["a=b; __Host-jetbridge-session=x-Y_1; c=d"]).as_deref(),
            Some("x-Y_1")
        );
        for values in [
            &["a=b"][..],
            &["__Host-jetbridge-session="],
            &["jetbridge-session=x"],
            &["__Host-jetbridge-session=a b"],
            &["__Host-jetbridge-session=x; __Host-jetbridge-session=y"],
            &["__Host-jetbridge-session=x", "__Host-jetbridge-session=y"],
        ] {
            assert_eq!(value(values), None, "{values:?}");
        }
    }

    #[test]
    fn it_is_out_of_reach_of_scripts_and_of_other_hosts() {
        let response = set(
            ().into_response(),
            &"x".to_owned().into(),
            TimeDelta::hours(1),
        );
        assert_eq!(
            response.headers()[header::SET_COOKIE],
            "__Host-jetbridge-session=x; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax"
        );
    }

    proptest! {
        #[test]
        fn any_header_can_be_read(text in "[ -~]{0,200}") {
            let _ = value(&[&text]);
        }
    }
}
