//! The key of one's own machine: tokens to try things with, believed by nobody else.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet, PublicKeyUse},
};
use schema_kernel::{Clock, id::CustomerId};

use super::{
    KeySet, KeySetError, Role,
    token::{Audience, Claims},
};
use crate::config::AuthConfig;

const FILE: &str = "development-key.der";
const KEY_ID: &str = "development";

// PKCS#8 for Ed25519 (RFC 8410, section 7): everything before the 32 bytes of the key is the same for every key.
const PKCS8_HEAD: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// An Ed25519 key that signs development tokens.
pub struct DevelopmentKey(EncodingKey);

impl std::fmt::Debug for DevelopmentKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DevelopmentKey")
    }
}

impl DevelopmentKey {
    /// The key in `folder`, made there at the first start and readable by its owner alone.
    ///
    /// # Errors
    /// When the file can neither be read nor written, is not a key, or can be read by others.
    pub fn in_folder(folder: &Path) -> Result<Self, KeySetError> {
        let path = folder.join(FILE);
        let failed =
            |error: std::io::Error| KeySetError::new(format!("{}: {error}", path.display()));
        std::fs::create_dir_all(folder).map_err(failed)?;
        if !path.exists() {
            create(&path).map_err(failed)?;
        }
        if std::fs::metadata(&path)
            .map_err(failed)?
            .permissions()
            .mode()
            & 0o077
            != 0
        {
            return Err(KeySetError::new(format!(
                "{} can be read by others; run `chmod 600` on it, or remove it to get a new one",
                path.display()
            )));
        }
        let der = std::fs::read(&path).map_err(failed)?;
        if der.len() != 48 || !der.starts_with(&PKCS8_HEAD) {
            return Err(KeySetError::new(format!(
                "{} is not an Ed25519 key; remove it to get a new one",
                path.display()
            )));
        }
        Ok(Self(EncodingKey::from_ed_der(&der)))
    }

    /// The key made of these 32 bytes: for tests.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(EncodingKey::from_ed_der(
            &[PKCS8_HEAD.as_slice(), &seed].concat(),
        ))
    }

    /// The public half, to check tokens with.
    ///
    /// # Errors
    /// When the key cannot be read back.
    pub fn public(&self) -> Result<KeySet, KeySetError> {
        KeySet::from_jwk(&self.jwk()?)
    }

    /// A token for `role`, for the customer `customer_id` where the role is a customer's.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sign(
        &self,
        config: &AuthConfig,
        clock: &Clock,
        role: Role,
        customer_id: Option<CustomerId>,
    ) -> Result<String, KeySetError> {
        let now = clock.now().timestamp();
        let lifetime =
            i64::try_from(config.development_token_lifetime.as_secs()).unwrap_or(i64::MAX / 2);
        let sub = match customer_id {
            Some(customer) if role == Role::Customer => format!("customer-{customer}"),
            _ => format!("development-{}", role.name()),
        };
        let claims = Claims {
            iss: config.issuer.clone(),
            aud: Audience::One(config.audience.clone()),
            sub,
            exp: now.saturating_add(lifetime),
            nbf: None,
            iat: Some(now),
            role: role.name().to_owned(),
            customer_id,
            journey_id: None,
            scope: None,
            jti: None,
            family: None,
        };
        let header = Header {
            typ: Some("at+jwt".to_owned()),
            kid: Some(KEY_ID.to_owned()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, &claims, &self.0)
            .map_err(|error| KeySetError::new(format!("the token cannot be signed: {error}")))
    }

    /// The public half as a JSON Web Key Set (RFC 7517): for a gateway, or anybody else, who is to believe its tokens.
    ///
    /// # Errors
    /// When the key cannot be read back.
    pub fn jwks(&self) -> Result<String, KeySetError> {
        let keys = JwkSet {
            keys: vec![self.jwk()?],
        };
        serde_json::to_string(&keys).map_err(|error| {
            KeySetError::new(format!("the development key cannot be written: {error}"))
        })
    }

    pub(super) fn jwk(&self) -> Result<Jwk, KeySetError> {
        let mut jwk = Jwk::from_encoding_key(&self.0, Algorithm::EdDSA).map_err(|error| {
            KeySetError::new(format!("the development key cannot be read: {error}"))
        })?;
        jwk.common.key_id = Some(KEY_ID.to_owned());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(jwk)
    }

    #[cfg(test)]
    pub(super) fn private(&self) -> &EncodingKey {
        &self.0
    }
}

/// The key of 32 random bytes.
pub(super) fn encoding_key(seed: &[u8]) -> EncodingKey {
    EncodingKey::from_ed_der(&[PKCS8_HEAD.as_slice(), seed].concat())
}

// Written under another name first: a start that is interrupted leaves no half key behind.
fn create(path: &Path) -> std::io::Result<()> {
    let mut seed = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut seed)?;
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(&PKCS8_HEAD)?;
    file.write_all(&seed)?;
    file.sync_all()?;
    std::fs::rename(unfinished, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{auth::Authenticator, config::Config};

    #[test]
    fn a_key_is_made_once_and_kept_private() {
        let folder = std::env::temp_dir().join(format!("jetbridge-key-{}", std::process::id()));
        let config = Config::from_toml("").unwrap();
        let clock = Clock::system();
        let token = DevelopmentKey::in_folder(&folder)
            .unwrap()
            .sign(&config.auth, &clock, Role::Administrator, None)
            .unwrap();
        let again = DevelopmentKey::in_folder(&folder).unwrap();
        let identity = Authenticator::new(again.public().unwrap(), &config.auth, clock)
            .check(&token)
            .unwrap();
        assert_eq!(identity.actor.role(), "administrator");

        let file = folder.join(FILE);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(
            DevelopmentKey::in_folder(&folder)
                .unwrap_err()
                .to_string()
                .contains("chmod 600")
        );
        std::fs::remove_dir_all(folder).unwrap();
    }
}
