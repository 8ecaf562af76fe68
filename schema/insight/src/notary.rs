//! Who signs receipts: the host, with the keys of this installation.

use chrono::{DateTime, Utc};
use schema_kernel::Result;
use serde_json::Value;

/// A signed receipt.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The receipt as a compact JSON Web Signature (RFC 7515), `EdDSA` with Ed25519.
    pub token: String,
    /// The name of the key: its `kid`.
    pub key_id: String,
    /// The public half of the key, as a JSON Web Key (RFC 7517).
    pub jwk: Value,
}

/// Signs receipts.
pub trait Notary: Send + Sync + 'static {
    /// Signs claims, so that nobody takes them for an access token.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when there is no key to sign with.
    fn sign(&self, claims: &Value, now: DateTime<Utc>) -> Result<Signed>;
}
