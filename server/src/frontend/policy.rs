//! What the page may do: scripts that the import map names, and nothing else.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// The value of `Integrity-Policy`: no script without a hash that fits.
pub(super) const INTEGRITY_POLICY: &str = "blocked-destinations=(script)";

/// The content security policy of a page with this import map. The map is let through by its hash and not by a nonce, so
/// that the page can be confirmed with 304 instead of being sent again.
pub(super) fn content_security_policy(map: &str, style_hashes: &[String]) -> String {
    let map = BASE64_STANDARD.encode(Sha256::digest(map));
    let styles: String = style_hashes
        .iter()
        .map(|hash| format!(" '{hash}'"))
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'sha256-{map}'; style-src 'self'{styles}; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
