//! Codes that change with time (RFC 6238): six digits, thirty seconds, SHA-1, as every application knows them. Pure.

use chrono::{DateTime, Utc};
use schema_kernel::{Error, Result};
use totp_rs::{Builder, Secret, Totp};

/// How many bytes a secret has (RFC 4226, 4: at least 128 bits, better 160).
pub(super) const SECRET_BYTES: usize = 20;

/// The name under which applications list it.
const ISSUER: &str = "Jetbridge";

fn totp(secret: &[u8], account: &str) -> Result<Totp> {
    // A colon parts issuer and account in the address.
    let account = account.replace(':', " ");
    Builder::new()
        .with_secret(Secret::from(secret.to_vec()))
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|error| Error::internal(anyhow::anyhow!("a code cannot be made: {error}")))
}

/// The secret as people type it, and as an address for applications.
pub(super) fn shown(secret: &[u8], account: &str) -> Result<(String, String)> {
    let totp = totp(secret, account)?;
    let uri = totp
        .to_url()
        .map_err(|error| Error::internal(anyhow::anyhow!("a code cannot be shown: {error}")))?;
    Ok((totp.secret().to_base32(), uri))
}

/// The time step that a code is of, where it is one of the present, or of the steps beside it: clocks differ. `after` is the
/// last step whose code was used; none up to it counts.
pub(super) fn step(
    secret: &[u8],
    code: &str,
    now: DateTime<Utc>,
    after: Option<i64>,
) -> Result<Option<i64>> {
    let is_code = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    if !is_code {
        return Ok(None);
    }
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = totp(secret, "account")?.check(code, seconds);
    Ok(step
        .and_then(|step| i64::try_from(step).ok())
        .filter(|step| after.is_none_or(|after| *step > after)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    // RFC 6238, appendix B, the last six of the eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = step(SECRET, code, at(seconds), None).unwrap();
            assert_eq!(step, Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_counts_once_and_not_for_long() {
        let code = "287082";
        assert_eq!(step(SECRET, code, at(59), Some(1)).unwrap(), None);
        assert_eq!(step(SECRET, code, at(59), Some(0)).unwrap(), Some(1));
        assert_eq!(step(SECRET, code, at(89), None).unwrap(), Some(1));
        assert_eq!(step(SECRET, code, at(90), None).unwrap(), None);
        assert_eq!(step(SECRET, code, at(29), None).unwrap(), Some(1));
    }

    #[test]
    fn applications_read_the_address() {
        let (secret, uri) = shown(SECRET, "amal@example.com").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(uri.starts_with("otpauth://totp/Jetbridge:"), "{uri}");
        assert!(
            uri.contains(&secret) && uri.contains("issuer=Jetbridge"),
            "{uri}"
        );
    }

    proptest! {
        #[test]
        fn any_text_can_be_tried(code in ".{0,12}", seconds in 0i64..4_000_000_000) {
            let _ = step(SECRET, &code, at(seconds), None).unwrap();
        }
    }
}
