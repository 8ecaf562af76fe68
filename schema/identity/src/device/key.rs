//! Public keys of devices, as JSON Web Keys (RFC 7517). Pure.

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk},
};
use serde_json::{Map, Value};

/// Members of a key that anybody may know, of the two kinds that are taken.
const MEMBERS: [&str; 4] = ["kty", "crv", "x", "y"];
/// The private member of both kinds.
const PRIVATE: &str = "d";

/// A key to check signatures with, and the one algorithm that it is for.
pub(super) struct DeviceKey {
    pub(super) algorithm: Algorithm,
    pub(super) verifier: DecodingKey,
}

/// What is kept of a key that a device shows; `None` where it is no public key on P-256 or Ed25519.
pub(super) fn kept(shown: &Value) -> Option<Value> {
    let shown = shown.as_object()?;
    // Who sends the private half too has given it away.
    if shown.contains_key(PRIVATE) {
        return None;
    }
    let members = MEMBERS
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), shown.get(*name)?.clone())));
    let kept = Value::Object(members.collect::<Map<String, Value>>());
    read(&kept).map(|_| kept)
}

/// A key as it was kept.
pub(super) fn read(kept: &Value) -> Option<DeviceKey> {
    let jwk: Jwk = serde_json::from_value(kept.clone()).ok()?;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            Algorithm::ES256
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            Algorithm::EdDSA
        }
        _ => return None,
    };
    let verifier = DecodingKey::from_jwk(&jwk).ok()?;
    Some(DeviceKey {
        algorithm,
        verifier,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_public_keys_of_two_kinds_are_kept() {
        // RFC 8037, appendix A.2.
        let ed = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "a", "use": "sig" });
        let kept_key = kept(&ed).unwrap();
        assert_eq!(kept_key.as_object().unwrap().len(), 3, "{kept_key}");
        let mut private = ed.clone();
        private["d"] = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A".into();
        for other in [
            private,
            json!({ "kty": "oct", "k": "AAAA" }),
            json!({ "kty": "EC", "crv": "P-384", "x": "AA", "y": "AA" }),
            json!({ "kty": "OKP", "crv": "X25519", "x": "AA" }),
            json!("text"),
            json!(null),
        ] {
            assert_eq!(kept(&other), None, "{other}");
        }
    }
}
