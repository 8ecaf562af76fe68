//! What free text from people can hold.

/// The rule of [`is_readable`], for refusals.
pub const READABLE: &str = "Text holds no control characters but line breaks and tabs, and none that turn the direction of writing over.";

/// Whether a text shows what it holds. Control characters command the terminals and logs that show it, U+0000 cannot be
/// stored, and the two overrides of direction (UAX #9, 2.2) show something else than what is there; Arabic and Hebrew
/// need neither of them.
pub fn is_readable(text: &str) -> bool {
    !text.chars().any(|character| match character {
        '\n' | '\r' | '\t' => false,
        '\u{202d}' | '\u{202e}' => true,
        other => other.is_control(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_readable() {
        for text in [
            "",
            "one\r\n\ttwo",
            "رحلتي تأخرت",
            "👩‍👩‍👧",
            "a\u{200b}b",
            "\u{2067}مرحبا\u{2069}",
        ] {
            assert!(is_readable(text), "{text:?}");
        }
    }

    #[test]
    fn what_only_machines_obey_is_not() {
        for text in ["a\0", "\u{1b}[31m", "\u{7f}", "\u{85}", "gpj.\u{202e}exe"] {
            assert!(!is_readable(text), "{text:?}");
        }
    }
}
