//! Passwords: which are taken, and how they are kept.
//!
//! The rules follow NIST SP 800-63B-4, 3.1.1: length counts, composition does not, and what everybody tries first is
//! refused. They are kept with Argon2id (RFC 9106) at 19 MiB, two passes, one lane, the first choice of OWASP.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};
use schema_kernel::{Error, Result};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::secret;

/// The fewest characters that a password has.
pub const SHORTEST: usize = 12;
/// The most.
pub const LONGEST: usize = 200;

/// How many passwords are hashed at a time. Each takes 19 MiB and a core for some milliseconds: a flood of sign-ins must
/// take neither all the memory nor every thread.
static PLACES: Semaphore = Semaphore::const_new(4);

/// What everybody tries first, among what is long enough.
const COMMON: [&str; 12] = [
    "123456789012",
    "1234567890123",
    "qwertyuiop123",
    "qwertyuiop12",
    "password1234",
    "password12345",
    "passwordpassword",
    "administrator",
    "letmeinplease",
    "iloveyou1234",
    "welcome12345",
    "changemeplease",
];

/// Of an account that does not exist: verifying against it takes as long as against another.
static DECOY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("no password is this one").ok());

/// Why a password is not taken: one sentence that says what would be right. `email` is the address of its owner.
pub fn problem(password: &str, email: &str) -> Option<String> {
    let characters = password.chars().count();
    if characters < SHORTEST {
        return Some(format!("A password has at least {SHORTEST} characters."));
    }
    if characters > LONGEST {
        return Some(format!("A password has at most {LONGEST} characters."));
    }
    let plain = password.to_lowercase();
    let own = email.split('@').next().unwrap_or_default().to_lowercase();
    let is_one_character = plain.chars().all(|other| plain.starts_with(other));
    let is_own = own.chars().count() >= 4 && plain.contains(&own);
    if is_one_character || is_own || COMMON.contains(&plain.as_str()) {
        return Some(
            "This password is among those that are tried first; take another one.".to_owned(),
        );
    }
    None
}

/// What is kept of a password, as a PHC string. It takes some milliseconds, off the threads that answer requests.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the machine has no randomness or no memory to give.
pub async fn hash(password: SecretString) -> Result<String> {
    let _place = PLACES.acquire().await.map_err(Error::internal)?;
    spawn_blocking(move || hash_now(password.expose_secret()))
        .await
        .map_err(Error::internal)?
}

/// Whether a password is the one that this is kept of. Where nothing is kept it is not, and that takes as long.
///
/// # Errors
/// As [`hash`].
pub async fn is_right(password: SecretString, kept: Option<String>) -> Result<bool> {
    let _place = PLACES.acquire().await.map_err(Error::internal)?;
    let verified = spawn_blocking(move || {
        let is_known = kept.is_some();
        let kept = kept.as_deref().or(DECOY.as_deref()).unwrap_or_default();
        // Nobody's password is so long; hashing it would take as long as its sender likes.
        let text = password.expose_secret();
        let is_possible = text.chars().count() <= LONGEST;
        let text = if is_possible { text } else { "" };
        let is_same = verify_now(text, kept);
        is_known && is_possible && is_same
    });
    verified.await.map_err(Error::internal)
}

fn algorithm() -> Result<Argon2<'static>> {
    let parameters = Params::new(19 * 1024, 2, 1, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn hash_now(password: &str) -> Result<String> {
    let salt = secret::bytes::<16>()?;
    let hash: PasswordHash = algorithm()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(broken)?;
    Ok(hash.to_string())
}

// The parameters are those of the hash, so that older ones go on to hold when ours change.
fn verify_now(password: &str, kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::internal(anyhow::anyhow!("a password cannot be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let kept = hash("correct horse battery".into()).await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        let right = is_right("correct horse battery".into(), Some(kept.clone()));
        assert!(right.await.unwrap());
        for wrong in ["", "correct horse batterY", &"x".repeat(201)] {
            let tried = is_right(wrong.into(), Some(kept.clone())).await;
            assert!(!tried.unwrap(), "{wrong}");
        }
        assert!(
            !is_right("no password is this one".into(), None)
                .await
                .unwrap()
        );
        assert_ne!(kept, hash("correct horse battery".into()).await.unwrap());
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        let email = "amal.haddad@example.com";
        for text in [
            "short",
            "aaaaaaaaaaaaaa",
            "PasswordPassword",
            "Amal.Haddad2026",
            &"x1".repeat(101),
        ] {
            assert!(problem(text, email).is_some(), "{text}");
        }
        for text in [
            "correct horse battery",
            "كلمة سر طويلة جدا",
            "a b c d e f g",
        ] {
            assert_eq!(problem(text, email), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_at(password in ".*", email in ".*") {
            let _ = problem(&password, &email);
        }
    }
}
