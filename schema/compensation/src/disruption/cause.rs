//! What a delay code says about extraordinary circumstances before anybody has looked.

use crate::engine::Fact;

/// The preliminary reading of a cause.
///
/// A default of ours over the IATA numeric delay codes (AHM 730), by Guidelines C/2024/5687, section 5. It can only
/// speak against the carrier: a code alone never proves extraordinary circumstances, because the carrier bears the
/// burden of proof (Art 5(3)) and has to show all reasonable measures as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseReading {
    /// Inherent in the normal activity of a carrier.
    Ordinary,
    /// Usually extraordinary; a person has to see the proof.
    LikelyExtraordinary,
    /// The code leaves it open, or there is none.
    Unclear,
}

impl CauseReading {
    /// Reads a two-digit delay code: `"41"`. Whatever is no such code is unclear.
    pub fn of(code: Option<&str>) -> Self {
        match code.and_then(number) {
            Some(1..=9 | 11..=19 | 21..=29 | 31..=39 | 41..=48 | 61..=69 | 97) => Self::Ordinary,
            Some(71..=74 | 76 | 77 | 81..=85 | 87..=89 | 98) => Self::LikelyExtraordinary,
            _ => Self::Unclear,
        }
    }

    /// The reading as a fact: what is likely is not known.
    pub fn extraordinary(self) -> Fact<bool> {
        match self {
            Self::Ordinary => Fact::Known(false),
            Self::LikelyExtraordinary | Self::Unclear => Fact::Unknown,
        }
    }
}

fn number(code: &str) -> Option<u8> {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| code.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_as_the_guidelines_suggest() {
        let expected = [
            (
                CauseReading::Ordinary,
                "01 06 09 11 14 18 19 21 29 31 39 41 46 48 61 63 69 97",
            ),
            (
                CauseReading::LikelyExtraordinary,
                "71 72 73 76 77 81 82 83 84 85 87 88 89 98",
            ),
            (
                CauseReading::Unclear,
                "51 52 55 58 75 86 91 92 93 94 95 96 99 00 10 20 70",
            ),
        ];
        for (reading, codes) in expected {
            for code in codes.split(' ') {
                assert_eq!(CauseReading::of(Some(code)), reading, "{code}");
            }
        }
    }

    #[test]
    fn what_is_no_code_says_nothing() {
        for code in [
            None,
            Some(""),
            Some("4"),
            Some("041"),
            Some("41A"),
            Some("+4"),
            Some("MXA"),
        ] {
            assert_eq!(CauseReading::of(code), CauseReading::Unclear, "{code:?}");
        }
    }

    #[test]
    fn no_code_alone_excuses_the_carrier() {
        for code in 0..100 {
            let code = format!("{code:02}");
            assert_ne!(
                CauseReading::of(Some(&code)).extraordinary(),
                Fact::Known(true)
            );
        }
    }
}
