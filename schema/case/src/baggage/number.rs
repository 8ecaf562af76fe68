//! The reference that a report gets when nobody brings one: station, airline and five digits.

use entities::id::BaggageReportId;

/// How many references are tried before the day is full.
const ATTEMPTS: u64 = 8;

/// References that a report at this station may have, best first.
pub fn candidates(id: BaggageReportId, station: &str, airline: &str) -> Vec<String> {
    let (high, low) = id.0.as_u64_pair();
    (0..ATTEMPTS)
        .map(|attempt| {
            let number = mix(high ^ mix(low.wrapping_add(attempt))) % 100_000;
            format!("{station}{airline}{number:05}")
        })
        .collect()
}

// The finalizer of SplitMix64, so that ids of one millisecond do not look alike.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use schema_kernel::scalar::BaggageReference;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn every_candidate_is_a_reference(id in any::<u128>()) {
            for candidate in candidates(BaggageReportId(Uuid::from_u128(id)), "SIN", "EK") {
                prop_assert_eq!(BaggageReference::parse(&candidate).map(String::from), Ok(candidate));
            }
        }

        #[test]
        fn nothing_typed_can_crash_it(text in ".*") {
            let _ = BaggageReference::parse(&text);
        }
    }

    #[test]
    fn people_may_type_a_reference_as_they_like() {
        for text in ["SINEK19666", " sinek 19666 ", "SIN EK 19666"] {
            let read = BaggageReference::parse(text).unwrap();
            assert_eq!(read.as_str(), "SINEK19666");
        }
        for text in [
            "",
            "SINEK1966",
            "SINEK196667",
            "S1NEK19666",
            "SIN9919666",
            "SINEK1966A",
        ] {
            assert!(BaggageReference::parse(text).is_err(), "{text}");
        }
    }
}
