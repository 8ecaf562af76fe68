//! Secrets that are given away once: made at random, kept as a hash.

use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use schema_kernel::{Error, Result};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// How many bytes a secret has: 256 bits, so that nobody guesses one, and a fast hash of it is enough.
const BYTES: usize = 32;

/// A new secret, 43 characters that can stand in a cookie, in a header and in an address.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the machine has no randomness to give.
pub fn random() -> Result<SecretString> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<BYTES>()?).into())
}

/// So many random bytes.
///
/// # Errors
/// As [`random`].
pub fn bytes<const COUNT: usize>() -> Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    rand::fill(&mut bytes)
        .map_err(|_| Error::internal(anyhow::anyhow!("the machine gives no random bytes")))?;
    Ok(bytes)
}

/// What is kept of a secret: its SHA-256, in hexadecimal.
pub fn fingerprint(secret: &str) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(secret.as_bytes());
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn secrets_are_long_and_differ() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_eq!(one.expose_secret().len(), 43);
        assert_ne!(one.expose_secret(), other.expose_secret());
        assert!(!format!("{one:?}").contains(one.expose_secret()));
    }

    // FIPS 180-4, the example of one block.
    #[test]
    fn fingerprints_are_sha_256() {
        assert_eq!(
            fingerprint("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
