//! Durations and sizes as people write them.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de::Error};

/// Reads `"250ms"`, `"30s"`, `"5m"` or `"12h"`.
///
/// # Errors
/// One sentence that says what would be right.
fn duration(text: &str) -> Result<Duration, String> {
    let refusal = || {
        format!(
            "\"{text}\" is not a duration; write a whole number with a unit, like \"250ms\", \"30s\", \"5m\" or \"12h\""
        )
    };
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let count: u64 = digits.trim().parse().map_err(|_| refusal())?;
    let millis = match &text[digits.len()..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(refusal()),
    };
    count
        .checked_mul(millis)
        .map(Duration::from_millis)
        .ok_or_else(refusal)
}

/// Reads `"256KiB"`, `"2MiB"` or a plain number of bytes.
///
/// # Errors
/// One sentence that says what would be right.
fn size(text: &str) -> Result<usize, String> {
    let refusal = || {
        format!(
            "\"{text}\" is not a size; write a whole number with a unit, like \"256KiB\" or \"2MiB\", or a number of bytes"
        )
    };
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let count: usize = digits.trim().parse().map_err(|_| refusal())?;
    let unit = match &text[digits.len()..] {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(refusal()),
    };
    count.checked_mul(unit).ok_or_else(refusal)
}

pub(super) fn read_duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Duration, D::Error> {
    duration(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

pub(super) fn read_size<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Bytes(i64),
        Text(String),
    }
    let text = match Written::deserialize(deserializer)? {
        Written::Bytes(bytes) => bytes.to_string(),
        Written::Text(text) => text,
    };
    size(&text).map_err(D::Error::custom)
}

/// An empty text means: not set.
pub(super) fn read_optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| T::from(text)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn units_are_understood() {
        assert_eq!(duration("250ms").unwrap(), Duration::from_millis(250));
        assert_eq!(duration("12h").unwrap(), Duration::from_hours(12));
        assert_eq!(size("256KiB").unwrap(), 262_144);
        assert_eq!(size("17").unwrap(), 17);
    }

    #[test]
    fn what_could_mean_two_things_is_refused() {
        for text in [
            "30",
            "",
            "s",
            "1.5s",
            "-1s",
            "1 day",
            "99999999999999999999h",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
        for text in ["1KB", "", "-1", "KiB", "99999999999999999999GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_can_crash_it(text in ".*") {
            let _ = (duration(&text), size(&text));
        }
    }
}
