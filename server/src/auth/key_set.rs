//! The public keys that tokens may be signed with.

use std::path::Path;

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse},
};

/// The keys cannot be used: one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct KeySetError(String);

impl KeySetError {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// Public keys by id, each for one algorithm. Symmetric keys are never among them, so no token can be signed with what
/// is public.
#[derive(Default)]
pub struct KeySet(Vec<Key>);

/// A public key, and the one algorithm it is for.
pub(super) struct Key {
    id: Option<String>,
    pub(super) algorithm: Algorithm,
    pub(super) verifier: DecodingKey,
}

impl KeySet {
    /// Reads a JSON Web Key Set (RFC 7517).
    ///
    /// # Errors
    /// When the file cannot be read, or holds no key for `EdDSA`, ES256 or RS256.
    pub fn from_jwks_file(path: &Path) -> Result<Self, KeySetError> {
        let set: JwkSet = serde_json::from_slice(&read(path)?).map_err(|error| {
            KeySetError(format!(
                "{} is not a JSON Web Key Set: {error}",
                path.display()
            ))
        })?;
        let keys = set
            .keys
            .iter()
            .filter_map(Key::from_jwk)
            .collect::<Vec<_>>();
        if keys.is_empty() {
            return Err(KeySetError(format!(
                "{} holds no signing key for EdDSA, ES256 or RS256",
                path.display()
            )));
        }
        Ok(Self(keys))
    }

    /// Reads one public key as PEM; its kind says the algorithm.
    ///
    /// # Errors
    /// When the file cannot be read, or is not such a key.
    pub fn from_pem_file(path: &Path) -> Result<Self, KeySetError> {
        let pem = read(path)?;
        let key = DecodingKey::from_ed_pem(&pem)
            .map(|key| (Algorithm::EdDSA, key))
            .or_else(|_| DecodingKey::from_ec_pem(&pem).map(|key| (Algorithm::ES256, key)))
            .or_else(|_| DecodingKey::from_rsa_pem(&pem).map(|key| (Algorithm::RS256, key)));
        let (algorithm, key) = key.map_err(|_| {
            KeySetError(format!(
                "{} is not a public key as PEM: Ed25519, P-256 or RSA",
                path.display()
            ))
        })?;
        Ok(Self(vec![Key {
            id: None,
            algorithm,
            verifier: key,
        }]))
    }

    /// A set of one key.
    ///
    /// # Errors
    /// When it is not for `EdDSA`, ES256 or RS256.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, KeySetError> {
        Key::from_jwk(jwk)
            .map(|key| Self(vec![key]))
            .ok_or_else(|| KeySetError::new("the key is not for EdDSA, ES256 or RS256"))
    }

    /// The keys of this installation, each by its id.
    ///
    /// # Errors
    /// When one of them is not for `EdDSA`.
    pub(super) fn of_own(set: &JwkSet) -> Result<Self, KeySetError> {
        let keys = set.keys.iter().map(|jwk| {
            Key::from_jwk(jwk).ok_or_else(|| KeySetError::new("a key of ours is not for EdDSA"))
        });
        keys.collect::<Result<_, _>>().map(Self)
    }

    /// The key that a token names by its id; none for a token that names none.
    pub(super) fn named(&self, id: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let id = id?;
        let mut keys = self.0.iter();
        keys.find(|key| key.id.as_deref() == Some(id) && key.algorithm == algorithm)
    }

    /// The key for a token that names `id` and `algorithm`. A token may leave the id out only where there is one key.
    pub(super) fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<&Key> {
        let key = match (id, self.0.as_slice()) {
            // A key without an id was configured alone, so it is the one that is meant.
            (_, [only]) if id.is_none() || only.id.is_none() => only,
            (Some(id), keys) => keys.iter().find(|key| key.id.as_deref() == Some(id))?,
            (None, _) => return None,
        };
        (key.algorithm == algorithm).then_some(key)
    }
}

impl std::fmt::Debug for KeySet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_list()
            .entries(self.0.iter().map(|key| (&key.id, key.algorithm)))
            .finish()
    }
}

impl Key {
    fn from_jwk(jwk: &Jwk) -> Option<Self> {
        if matches!(
            jwk.common.public_key_use,
            Some(PublicKeyUse::Encryption | PublicKeyUse::Other(_))
        ) {
            return None;
        }
        let algorithm = match &jwk.algorithm {
            AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
                Algorithm::EdDSA
            }
            AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
                Algorithm::ES256
            }
            AlgorithmParameters::RSA(_) => Algorithm::RS256,
            _ => return None,
        };
        if jwk
            .common
            .key_algorithm
            .is_some_and(|named| named != algorithm.into())
        {
            return None;
        }
        let key = DecodingKey::from_jwk(jwk).ok()?;
        Some(Self {
            id: jwk.common.key_id.clone(),
            algorithm,
            verifier: key,
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, KeySetError> {
    std::fs::read(path)
        .map_err(|error| KeySetError(format!("{} cannot be read: {error}", path.display())))
}
