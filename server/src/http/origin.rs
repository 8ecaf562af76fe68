//! Which page a browser asks for, and from which address.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderMap, HeaderName, header};

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whether the page that asks is one of this origin, or of one that is allowed; programs that are no browsers do not say,
/// and may.
pub fn is_own(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = text(headers, header::ORIGIN) else {
        // No browser: browsers always say.
        return !headers.contains_key(header::ORIGIN);
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let is_own = authority
        .zip(text(headers, header::HOST))
        .is_some_and(|(authority, host)| authority.eq_ignore_ascii_case(host));
    is_own
        || allowed
            .iter()
            .any(|allowed| allowed.eq_ignore_ascii_case(origin))
}

/// The address that a request comes from, for counting. A proxy that is trusted says whom it asks for; what anybody else
/// says of that counts for nothing. Of an IPv6 address the first 64 bits count: the rest is its owner's to change.
pub fn address(headers: &HeaderMap, peer: Option<Peer>, trusted: &[IpAddr]) -> String {
    let Some(Peer(peer)) = peer else {
        return "unknown".to_owned();
    };
    let mut client = peer.to_canonical();
    let said: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for address in said.iter().rev() {
        if !trusted.contains(&client) {
            break;
        }
        let Ok(address) = address.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
    }
    match client {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            Ipv6Addr::from(network).to_string()
        }
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED, HeaderValue::from_str(forwarded).unwrap());
        let trusted = ["10.0.0.7".parse().unwrap(), "10.0.0.8".parse().unwrap()];
        address(&headers, Some(Peer(peer.parse().unwrap())), &trusted)
    }

    #[test]
    fn only_trusted_proxies_say_who_asks() {
        assert_eq!(seen("203.0.113.7", "198.51.100.1"), "203.0.113.7");
        assert_eq!(seen("10.0.0.7", "198.51.100.1"), "198.51.100.1");
        // What the caller wrote in front of it counts for nothing.
        assert_eq!(seen("10.0.0.7", "192.0.2.1, 198.51.100.1"), "198.51.100.1");
        assert_eq!(seen("10.0.0.7", "198.51.100.1, 10.0.0.8"), "198.51.100.1");
        assert_eq!(seen("10.0.0.7", "nonsense"), "10.0.0.7");
        assert_eq!(seen("::ffff:203.0.113.7", ""), "203.0.113.7");
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", ""), "2001:db8:1:2::");
    }

    #[test]
    fn pages_are_known_by_their_origin() {
        let of = |origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("jet.example"));
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
            is_own(&headers, &["https://app.example".to_owned()])
        };
        assert!(of("https://jet.example") && of("https://app.example"));
        for origin in [
            "null",
            "https://jet.example.evil",
            "https://evil",
            "https://jet.example:8443",
        ] {
            assert!(!of(origin), "{origin}");
        }
        assert!(is_own(&HeaderMap::new(), &[]));
    }
}
