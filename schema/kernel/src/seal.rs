//! The primitive that everything sealed is sealed with: AES-256-GCM with a random nonce for each.
//!
//! What a secret is bound to is part of its seal and is not stored with it, so that no secret can be put in another's
//! place.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand,
};
use secrecy::zeroize::Zeroizing;

use crate::{Error, Result};

/// How many bytes a key has.
pub const KEY_LENGTH: usize = 32;

/// The bytes of a key; they are overwritten when they are dropped.
pub type KeyBytes = Zeroizing<[u8; KEY_LENGTH]>;

/// A key that seals, and opens what it has sealed.
pub struct SealingKey(LessSafeKey);

/// What was sealed does not open: another key, another place, or somebody has changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tampered;

impl SealingKey {
    /// With these bytes.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when they cannot be used.
    pub fn new(key: &[u8; KEY_LENGTH]) -> Result<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key)
            .map_err(|_| Error::internal(anyhow::anyhow!("a key cannot be used")))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// The secret, sealed: nonce, ciphertext and tag.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the machine has no randomness to give.
    pub fn seal(&self, secret: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
        let nonce = random::<NONCE_LEN>()?;
        let mut sealed = Vec::with_capacity(NONCE_LEN + secret.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(secret);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound_to),
                &mut sealed[NONCE_LEN..],
            )
            .map_err(|_| Error::internal(anyhow::anyhow!("a secret cannot be sealed")))?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// The secret again, where it was sealed with this key for the same place and nobody has changed it.
    ///
    /// # Errors
    /// [`Tampered`] in every other case; which one it is cannot be known.
    pub fn open(&self, sealed: &[u8], bound_to: &[u8]) -> Result<Zeroizing<Vec<u8>>, Tampered> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(Tampered)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Tampered)?;
        let mut opened = Zeroizing::new(sealed.to_vec());
        let length = self
            .0
            .open_in_place(nonce, Aad::from(bound_to), &mut opened)
            .map_err(|_| Tampered)?
            .len();
        opened.truncate(length);
        Ok(opened)
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SealingKey")
    }
}

/// So many random bytes.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the machine has no randomness to give.
pub fn random<const COUNT: usize>() -> Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    rand::fill(&mut bytes)
        .map_err(|_| Error::internal(anyhow::anyhow!("the machine gives no random bytes")))?;
    Ok(bytes)
}

/// The bytes of a new key.
///
/// # Errors
/// As [`random`].
pub fn new_key() -> Result<KeyBytes> {
    random().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_what_was_sealed_opens(secret in proptest::collection::vec(any::<u8>(), 0..64), place in 0usize..92, bit in 0u8..8) {
            let key = SealingKey::new(&[7; 32]).unwrap();
            let mut sealed = key.seal(&secret, b"one").unwrap();
            prop_assert_eq!(key.open(&sealed, b"one").unwrap().to_vec(), secret);
            prop_assert!(key.open(&sealed, b"other").is_err());
            prop_assert!(SealingKey::new(&[8; 32]).unwrap().open(&sealed, b"one").is_err());
            let place = place % sealed.len();
            sealed[place] ^= 1 << bit;
            prop_assert!(key.open(&sealed, b"one").is_err());
        }
    }

    #[test]
    fn the_same_secret_is_sealed_differently() {
        let key = SealingKey::new(&[7; 32]).unwrap();
        assert_ne!(
            key.seal(b"x", b"one").unwrap(),
            key.seal(b"x", b"one").unwrap()
        );
    }

    #[test]
    fn what_is_cut_short_does_not_open() {
        let key = SealingKey::new(&[7; 32]).unwrap();
        let sealed = key.seal(b"amal@example.com", b"one").unwrap();
        for length in 0..sealed.len() {
            assert_eq!(key.open(&sealed[..length], b"one"), Err(Tampered));
        }
    }
}
