//! How a sealed value is written: `jbv1.` and base64url of nonce, ciphertext and tag.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::zeroize::Zeroizing;

use super::Place;
use crate::{
    Error, Result,
    seal::{SealingKey, Tampered},
};

const VERSION: &str = "jbv1.";

/// Whether a text looks like a sealed one. It says nothing about whether it opens.
pub fn is_sealed(text: &str) -> bool {
    text.starts_with(VERSION)
}

pub(super) fn seal(key: &SealingKey, place: &Place, value: &str) -> Result<String> {
    let sealed = key.seal(value.as_bytes(), &place.binding())?;
    let mut text = String::with_capacity(VERSION.len() + sealed.len() * 4 / 3 + 3);
    text.push_str(VERSION);
    URL_SAFE_NO_PAD.encode_string(sealed, &mut text);
    Ok(text)
}

pub(super) fn open(key: &SealingKey, place: &Place, text: &str) -> Result<String> {
    let opened = try_open(key, place, text).map_err(|Tampered| {
        Error::internal(anyhow::anyhow!(
            "a sealed value does not open: it was changed, moved, or sealed with another key ({place:?})"
        ))
    })?;
    String::from_utf8(opened.to_vec()).map_err(Error::internal)
}

fn try_open(key: &SealingKey, place: &Place, text: &str) -> Result<Zeroizing<Vec<u8>>, Tampered> {
    let sealed = text.strip_prefix(VERSION).ok_or(Tampered)?;
    let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| Tampered)?;
    key.open(&sealed, &place.binding())
}
