//! Secrets that have to be read again: sealed with the key of this installation.
//!
//! AES-256-GCM with a random nonce for each. What a secret belongs to is part of the seal, so that none can be moved to
//! somebody else.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use schema_kernel::{Error, Result};

use crate::secret;

/// Seals, and opens what it has sealed. Cloning is cheap.
#[derive(Clone)]
pub struct Sealer(Arc<LessSafeKey>);

impl Sealer {
    /// With this key.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when it cannot be used.
    pub fn new(key: &[u8; 32]) -> Result<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| broken("be used"))?;
        Ok(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// A secret as it may be stored, for `owner` alone.
    pub(crate) fn seal(&self, secret: &[u8], owner: &str) -> Result<String> {
        let nonce = secret::bytes::<NONCE_LEN>()?;
        let mut sealed = secret.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(owner.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| broken("seal"))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The secret again, where it is `owner`'s and nobody has changed it.
    pub(crate) fn open(&self, sealed: &str, owner: &str) -> Result<Vec<u8>> {
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| broken("open"))?;
        let (nonce, sealed) = bytes
            .split_at_checked(NONCE_LEN)
            .ok_or_else(|| broken("open"))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken("open"))?;
        let mut opened = sealed.to_vec();
        let opened = self
            .0
            .open_in_place(nonce, Aad::from(owner.as_bytes()), &mut opened)
            .map_err(|_| broken("open"))?;
        Ok(opened.to_vec())
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sealer")
    }
}

fn broken(what: &str) -> Error {
    Error::internal(anyhow::anyhow!(
        "the key of this installation cannot {what}: is it another one than before?"
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_what_was_sealed_opens(secret in proptest::collection::vec(any::<u8>(), 0..64), byte in 0usize..90, bit in 0u8..8) {
            let sealer = Sealer::new(&[7; 32]).unwrap();
            let sealed = sealer.seal(&secret, "one").unwrap();
            prop_assert_eq!(sealer.open(&sealed, "one").unwrap(), secret);
            prop_assert!(sealer.open(&sealed, "other").is_err());
            prop_assert!(Sealer::new(&[8; 32]).unwrap().open(&sealed, "one").is_err());
            let mut bytes = STANDARD_NO_PAD.decode(&sealed).unwrap();
            let place = byte % bytes.len();
            bytes[place] ^= 1 << bit;
            prop_assert!(sealer.open(&STANDARD_NO_PAD.encode(bytes), "one").is_err());
        }
    }

    #[test]
    fn the_same_secret_is_sealed_differently() {
        let sealer = Sealer::new(&[7; 32]).unwrap();
        assert_ne!(
            sealer.seal(b"x", "one").unwrap(),
            sealer.seal(b"x", "one").unwrap()
        );
    }
}
