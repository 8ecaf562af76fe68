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

/// The longest value that is looked at; ours have 43 characters.
const LONGEST: usize = 100;

/// The secret in the cookie of a request; `None` where there is none, or where there are two and nobody knows which counts.
pub fn read(headers: &HeaderMap) -> Option<SecretString> {
    let mut values = named(headers, NAME);
    let value = values.next().filter(|value| is_ours(value))?;
    values.next().is_none().then(|| value.to_owned().into())
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
    with(response, token.expose_secret(), lifetime.num_seconds())
}

/// The answer that takes the cookie away.
#[must_use]
pub fn forget(response: Response) -> Response {
    with(response, "", 0)
}

fn with(mut response: Response, value: &str, seconds: i64) -> Response {
    let cookie =
        format!("{NAME}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax");
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
