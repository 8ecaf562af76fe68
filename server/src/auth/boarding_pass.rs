//! Bar coded boarding passes (IATA resolution 792, format M), as far as they name a booking. Pure.

/// Where the mandatory items stand that every pass begins with.
const NAME: std::ops::Range<usize> = 2..22;
const LOCATOR: std::ops::Range<usize> = 23..30;

/// Longer than any pass is, with all its conditional items.
const LONGEST: usize = 1_000;

/// What a boarding pass says of its booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardingPass {
    /// The record locator: `"K7QX2M"`.
    pub record_locator: String,
    /// The family name, in Latin letters: `"HADDAD"`.
    pub family_name: String,
}

impl BoardingPass {
    /// Reads it from what a scanner gave; `None` where that is no boarding pass.
    pub fn read(text: &str) -> Option<Self> {
        let is_pass = text.starts_with('M') && text.len() <= LONGEST && text.is_ascii();
        if !is_pass {
            return None;
        }
        let name = text.get(NAME)?;
        let (family, _) = name.split_once('/').unwrap_or((name, ""));
        let locator = text.get(LOCATOR)?.trim();
        let (family, is_there) = (family.trim(), !locator.is_empty());
        (is_there && !family.is_empty()).then(|| Self {
            record_locator: locator.to_owned(),
            family_name: family.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PASS: &str = "M1HADDAD/AMAL         EK7QX2M FRADXBEK 0046 324Y021C0001 100";

    #[test]
    fn the_booking_is_read() {
        let pass = BoardingPass::read(PASS).unwrap();
        assert_eq!(
            (pass.record_locator.as_str(), pass.family_name.as_str()),
            ("K7QX2M", "HADDAD")
        );
        for other in [
            "",
            "M1",
            "https://example.com",
            &PASS[..29],
            &PASS.replace("K7QX2M ", "       "),
        ] {
            assert_eq!(BoardingPass::read(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_scanned(text in ".{0,80}") {
            let _ = BoardingPass::read(&text);
        }
    }
}
