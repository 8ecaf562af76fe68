use chrono::{DateTime, Utc};
use jsonwebtoken::EncodingKey;
use schema_kernel::ActorKind;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{auth::DevelopmentKey, config::Config};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn key() -> DevelopmentKey {
    DevelopmentKey::from_seed([7; 32])
}

fn authenticator() -> Authenticator {
    Authenticator::new(
        key().public().unwrap(),
        &Config::from_toml("").unwrap().auth,
        Clock::fixed(now()),
    )
}

fn claims() -> Value {
    json!({
        "iss": "https://jetbridge.invalid", "aud": "jetbridge", "sub": "agent-1",
        "exp": now().timestamp() + 60, "role": "contact-centre-agent",
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn sign(header: &Header, claims: &Value) -> String {
    jsonwebtoken::encode(header, claims, key().private()).unwrap()
}

fn check(claims: &Value) -> Result<Actor, TokenError> {
    let identity = authenticator().check(&sign(&header(), claims))?;
    Ok(identity.actor)
}

fn header() -> Header {
    Header {
        typ: Some("at+jwt".to_owned()),
        ..Header::new(Algorithm::EdDSA)
    }
}

#[test]
fn a_good_token_is_an_actor() {
    let actor = check(&claims()).unwrap();
    assert_eq!(
        (actor.id(), actor.role(), actor.kind()),
        ("agent-1", "contact-centre-agent", ActorKind::Staff)
    );
    assert!(actor.has("case:internal") && !actor.has("flight:write"));
}

#[test]
fn time_is_checked_on_our_clock() {
    assert_eq!(
        check(&with("exp", json!(now().timestamp() - 15))).unwrap_err(),
        TokenError::Expired
    );
    assert!(check(&with("exp", json!(now().timestamp() - 14))).is_ok());
    assert_eq!(
        check(&with("nbf", json!(now().timestamp() + 16))).unwrap_err(),
        TokenError::NotYet
    );
    assert_eq!(
        check(&with("exp", json!("tomorrow"))).unwrap_err(),
        TokenError::Claims
    );
    assert_eq!(
        check(&with("exp", json!(1.5e10))).unwrap_err(),
        TokenError::Claims
    );
}

#[test]
fn claims_must_be_ours() {
    for (name, value) in [
        ("aud", json!("somebody-else")),
        ("aud", json!(["a", "b"])),
        ("iss", json!("https://elsewhere.example")),
        ("iss", json!(["https://jetbridge.invalid"])),
        ("role", json!("emperor")),
        ("role", json!(null)),
        ("sub", json!("")),
        ("sub", json!("a\u{0}b")),
        ("sub", json!("a\nb")),
        ("sub", json!("x".repeat(201))),
        ("role", json!("customer")),
    ] {
        assert_eq!(
            check(&with(name, value.clone())).unwrap_err(),
            TokenError::Claims,
            "{name}: {value}"
        );
    }
    for name in ["iss", "aud", "exp", "sub", "role"] {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove(name);
        assert_eq!(
            check(&claims).unwrap_err(),
            TokenError::Claims,
            "without {name}"
        );
    }
    assert!(check(&with("aud", json!(["other", "jetbridge"]))).is_ok());
}

#[test]
fn a_scope_only_narrows() {
    let actor = check(&with("scope", json!("case:read flight:write"))).unwrap();
    assert_eq!(actor.scopes().collect::<Vec<_>>(), ["case:read"]);
}

#[test]
fn a_customer_is_the_one_in_the_token() {
    let id = CustomerId(Uuid::from_u128(5));
    let mut claims = with("role", json!("customer"));
    claims["customer_id"] = json!(id);
    assert_eq!(check(&claims).unwrap().kind(), ActorKind::Customer(id));
}

#[test]
fn other_signatures_do_not_hold() {
    let other = DevelopmentKey::from_seed([8; 32]);
    let forged = jsonwebtoken::encode(&header(), &claims(), other.private()).unwrap();
    assert_eq!(
        authenticator().check(&forged).unwrap_err(),
        TokenError::Signature
    );
    // The public key used as a shared secret.
    let symmetric = Header {
        typ: Some("at+jwt".to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    let public = serde_json::to_vec(&key().jwk().unwrap()).unwrap();
    let forged =
        jsonwebtoken::encode(&symmetric, &claims(), &EncodingKey::from_secret(&public)).unwrap();
    assert_eq!(
        authenticator().check(&forged).unwrap_err(),
        TokenError::Signature
    );
    // {"alg":"none","typ":"at+jwt"}
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.";
    assert_eq!(
        authenticator().check(unsigned).unwrap_err(),
        TokenError::Malformed
    );
}

#[test]
fn a_token_never_brings_its_own_key() {
    let brought = Header {
        jwk: Some(key().jwk().unwrap()),
        ..header()
    };
    assert_eq!(
        authenticator()
            .check(&sign(&brought, &claims()))
            .unwrap_err(),
        TokenError::Malformed
    );
    let pointed = Header {
        jku: Some("https://elsewhere.example/keys".to_owned()),
        ..header()
    };
    assert_eq!(
        authenticator()
            .check(&sign(&pointed, &claims()))
            .unwrap_err(),
        TokenError::Malformed
    );
    let critical = Header {
        crit: Some(vec!["exp".to_owned()]),
        ..header()
    };
    assert_eq!(
        authenticator()
            .check(&sign(&critical, &claims()))
            .unwrap_err(),
        TokenError::Malformed
    );
    // RFC 9068, section 4: a token of another type is for something else, such as an identity token for a client.
    for typ in [None, Some("JWT"), Some("id+jwt"), Some("")] {
        let other = Header {
            typ: typ.map(str::to_owned),
            ..header()
        };
        assert_eq!(
            authenticator().check(&sign(&other, &claims())).unwrap_err(),
            TokenError::Malformed,
            "{typ:?}"
        );
    }
    let unknown = Header {
        kid: Some("../../etc/passwd".to_owned()),
        ..header()
    };
    assert_eq!(
        authenticator()
            .check(&sign(&unknown, &claims()))
            .unwrap_err(),
        TokenError::Signature
    );
}

#[test]
fn rubbish_is_refused() {
    for token in ["", ".", "..", "a.b.c", "eyJ", &"a".repeat(LONGEST + 1)] {
        assert_eq!(
            authenticator().check(token).unwrap_err(),
            TokenError::Malformed,
            "{token}"
        );
    }
}
