//! The keys that this installation signs tokens with, and their rotation.
//!
//! A key is a file in a folder, named after the moment at which it was made: 32 random bytes, an Ed25519 seed. Every process
//! looks into the folder now and then. A new key is published at once and signs only when everybody has had time to hear
//! of it; an old one goes on to be believed until the last token that it signed has expired.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, JwkSet, PublicKeyUse},
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{KeySet, KeySetError, development::encoding_key, secret_file};

/// How long a new key is published before it signs.
pub const OVERLAP: TimeDelta = TimeDelta::minutes(10);

/// For how long after its successor signs a key is believed: longer than any token lives.
const BELIEVED: TimeDelta = TimeDelta::hours(2);

/// How the names of public halves end.
const PUBLIC: &str = "public.json";

/// How file names write the moment.
const NAME: &str = "%Y%m%dT%H%M%SZ";

/// The keys of this installation, the oldest first.
#[derive(Clone)]
pub struct SigningKeys(Vec<SigningKey>);

/// One of them.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    made_at: DateTime<Utc>,
    key: EncodingKey,
    public: Jwk,
}

impl std::fmt::Debug for SigningKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ids = self.0.iter().map(|key| &key.id);
        formatter.debug_list().entries(ids).finish()
    }
}

impl SigningKeys {
    /// Those in a folder; the first is made where there is none.
    ///
    /// # Errors
    /// When one cannot be read, is none, or can be read by others.
    pub fn in_folder(folder: &Path, now: DateTime<Utc>) -> anyhow::Result<Self> {
        let keys = Self::read(folder)?;
        if keys.0.is_empty() {
            make(folder, now)?;
            return Self::read(folder);
        }
        Ok(keys)
    }

    fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut keys = Vec::new();
        if folder.exists() {
            for entry in
                std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?
            {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "key") {
                    keys.push(SigningKey::read(&path)?);
                }
            }
        }
        keys.sort_by(|one, other| (one.made_at, &one.id).cmp(&(other.made_at, &other.id)));
        Ok(Self(keys))
    }

    /// Makes another one. It signs after [`OVERLAP`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn rotate(folder: &Path, now: DateTime<Utc>) -> anyhow::Result<Self> {
        make(folder, now)?;
        Self::read(folder)
    }

    /// Takes away those that nobody has to believe any more, and says how many there were.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn prune(folder: &Path, now: DateTime<Utc>) -> anyhow::Result<usize> {
        let keys = Self::read(folder)?;
        let old: Vec<&SigningKey> = keys
            .0
            .iter()
            .zip(keys.0.iter().skip(1))
            .filter(|(_, next)| next.made_at + OVERLAP + BELIEVED <= now)
            .map(|(key, _)| key)
            .collect();
        for key in &old {
            let path = key.path(folder);
            std::fs::remove_file(&path).with_context(|| format!("{}", path.display()))?;
        }
        Ok(old.len())
    }

    /// The key to sign with now: the newest that everybody has had time to hear of, or the first there is.
    fn current(&self, now: DateTime<Utc>) -> Option<&SigningKey> {
        let known = self.0.iter().rev().find(|key| key.made_at + OVERLAP <= now);
        known.or(self.0.first())
    }

    /// Signs claims.
    ///
    /// # Errors
    /// When there is no key, or it does not sign.
    pub fn sign(&self, claims: &impl Serialize, now: DateTime<Utc>) -> anyhow::Result<String> {
        let key = self.current(now).context("there is no key to sign with")?;
        let header = Header {
            typ: Some("at+jwt".to_owned()),
            kid: Some(key.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        Ok(jsonwebtoken::encode(&header, claims, &key.key)?)
    }

    /// Signs a statement of this kind (the header `typ`), which is no token and is never taken for one. The public half of
    /// the key is laid beside the keys for good, so that the statement can be checked long after the key is gone.
    ///
    /// # Errors
    /// When there is no key, it does not sign, or the public half cannot be written.
    pub fn state(
        &self,
        folder: &Path,
        kind: &str,
        claims: &impl Serialize,
        now: DateTime<Utc>,
    ) -> anyhow::Result<String> {
        let key = self.current(now).context("there is no key to sign with")?;
        let public = folder.join(format!("{}.{PUBLIC}", key.id));
        if !public.exists() {
            std::fs::write(&public, serde_json::to_vec(&key.public)?)
                .with_context(|| format!("{}", public.display()))?;
        }
        let header = Header {
            typ: Some(kind.to_owned()),
            kid: Some(key.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        Ok(jsonwebtoken::encode(&header, claims, &key.key)?)
    }

    /// The public halves as a JSON Web Key Set (RFC 7517).
    pub fn jwks(&self) -> JwkSet {
        JwkSet {
            keys: self.0.iter().map(|key| key.public.clone()).collect(),
        }
    }

    /// The public halves, to check tokens with.
    ///
    /// # Errors
    /// When one cannot be read back.
    pub fn public(&self) -> Result<KeySet, KeySetError> {
        KeySet::of_own(&self.jwks())
    }

    /// Their names and moments, and which of them signs now.
    pub fn list(&self, now: DateTime<Utc>) -> Vec<(String, DateTime<Utc>, bool)> {
        let current = self.current(now).map(|key| key.id.clone());
        self.0
            .iter()
            .map(|key| {
                (
                    key.id.clone(),
                    key.made_at,
                    current.as_ref() == Some(&key.id),
                )
            })
            .collect()
    }
}

/// What a statement says, if a key of this installation signed it as one of this kind.
///
/// # Errors
/// When it is none, or no key of the folder signed it.
pub fn stated<Claims: DeserializeOwned + Clone>(
    folder: &Path,
    kind: &str,
    statement: &str,
) -> anyhow::Result<Claims> {
    let header = jsonwebtoken::decode_header(statement).context("it is no signed statement")?;
    ensure!(header.typ.as_deref() == Some(kind), "it is no {kind}");
    let id = header.kid.context("it names no key")?;
    ensure!(
        id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "it names no key"
    );
    let public = folder.join(format!("{id}.{PUBLIC}"));
    let public = std::fs::read(&public)
        .with_context(|| format!("the key {id} is not one of this installation"))?;
    let key = DecodingKey::from_jwk(&serde_json::from_slice(&public)?)?;
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = jsonwebtoken::decode(statement, &key, &validation);
    Ok(claims.context("its signature does not hold")?.claims)
}

impl SigningKey {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = || format!("{}", path.display());
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let made_at = name
            .and_then(|name| chrono::NaiveDateTime::parse_from_str(name, NAME).ok())
            .with_context(|| format!("{} is not named after a moment", path.display()))?
            .and_utc();
        let seed = secret_file::read(path)?;
        ensure!(
            seed.len() == 32,
            "{} does not hold 32 bytes",
            path.display()
        );
        let key = encoding_key(&seed);
        let mut public = Jwk::from_encoding_key(&key, Algorithm::EdDSA).with_context(shown)?;
        let id = thumbprint(&public)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            id,
            made_at,
            key,
            public,
        })
    }

    fn path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.key", self.made_at.format(NAME)))
    }
}

fn make(folder: &Path, now: DateTime<Utc>) -> anyhow::Result<()> {
    let path = folder.join(format!("{}.key", now.format(NAME)));
    secret_file::make::<32>(&path).with_context(|| format!("{}", path.display()))
}

/// A name that follows from the key alone: the beginning of a hash of its public half.
fn thumbprint(public: &Jwk) -> anyhow::Result<String> {
    use std::fmt::Write;
    let digest = Sha256::digest(serde_json::to_vec(&public.algorithm)?);
    let name = digest.iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    fn signs(keys: &SigningKeys, minutes: i64) -> usize {
        let list = keys.list(at(minutes));
        list.iter().position(|(_, _, signs)| *signs).unwrap()
    }

    #[test]
    fn a_new_key_signs_when_everybody_knows_it() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let first = SigningKeys::in_folder(&folder, at(0)).unwrap();
        assert_eq!((first.0.len(), signs(&first, 0)), (1, 0));
        let both = SigningKeys::rotate(&folder, at(60)).unwrap();
        assert_eq!(both.jwks().keys.len(), 2, "it is published at once");
        assert_eq!(
            (signs(&both, 60), signs(&both, 69), signs(&both, 70)),
            (0, 0, 1)
        );
        // The old one goes when the last token that it signed has expired, and not before.
        assert_eq!(SigningKeys::prune(&folder, at(189)).unwrap(), 0);
        assert_eq!(SigningKeys::prune(&folder, at(190)).unwrap(), 1);
        let left = SigningKeys::in_folder(&folder, at(190)).unwrap();
        assert_eq!(left.list(at(190))[0].0, both.list(at(190))[1].0);
        assert_eq!(
            SigningKeys::prune(&folder, at(9_999)).unwrap(),
            0,
            "the last one stays"
        );
    }

    #[test]
    fn what_it_signs_is_checked_with_what_it_publishes() {
        let folder = tempfile::tempdir().unwrap();
        let keys = SigningKeys::in_folder(folder.path(), at(0)).unwrap();
        let token = keys
            .sign(&serde_json::json!({ "sub": "x" }), at(0))
            .unwrap();
        let header = jsonwebtoken::decode_header(&token).unwrap();
        let public = keys.jwks();
        assert_eq!(public.keys[0].common.key_id, header.kid);
        assert!(!serde_json::to_string(&public).unwrap().contains("\"d\""));
    }
}
