use schema_kernel::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// SHA-256 of a value's JSON, in hexadecimal. Its maps have to be sorted.
pub(crate) fn fingerprint(value: &impl Serialize) -> Result<String> {
    Ok(hex(&Sha256::digest(serde_json::to_vec(value)?)))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
