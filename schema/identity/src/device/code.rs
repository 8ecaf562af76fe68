//! Codes that people read on one screen and type on another. Pure.

use schema_kernel::Result;
use secrecy::SecretString;

use crate::secret;

/// Letters and digits that nobody takes for one another: 32 of them, five bits each.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const GROUPS: usize = 3;
const GROUP: usize = 4;

/// A new code of 60 bits: `"7KQM-2XWP-9HTB"`.
pub(super) fn random() -> Result<SecretString> {
    let bytes = secret::bytes::<{ GROUPS * GROUP }>()?;
    let groups: Vec<String> = bytes
        .chunks(GROUP)
        .map(|group| group.iter().map(|byte| letter(*byte)).collect())
        .collect();
    Ok(groups.join("-").into())
}

fn letter(byte: u8) -> char {
    char::from(LETTERS[usize::from(byte) % LETTERS.len()])
}

/// A code as it is kept: people type it with or without its dashes, and in small letters.
pub(super) fn plain(code: &str) -> String {
    code.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn codes_can_be_typed() {
        let code = random().unwrap();
        let code = code.expose_secret();
        assert_eq!(code.len(), 14);
        let plain_code = plain(code);
        assert!(plain_code.bytes().all(|byte| LETTERS.contains(&byte)));
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(plain(&typed), plain_code);
        assert_ne!(random().unwrap().expose_secret(), code);
    }
}
