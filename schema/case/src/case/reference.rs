//! What people call a case: `CAS-7K2M9QXA`.

use entities::id::CaseId;

const PREFIX: &str = "CAS-";
const LENGTH: usize = 8;
// Crockford's base 32: no letter that looks like a digit, and no accidental words.
const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// References that a case may have, best first. Forty bits are short enough to be read out on the telephone, so two of
/// many million cases can be given the same; the later one takes its next.
pub fn candidates(id: CaseId) -> [String; 4] {
    let (high, low) = id.0.as_u64_pair();
    [0, 1, 2, 3].map(|attempt| spell(mix(high ^ mix(low.wrapping_add(attempt)))))
}

/// The reference that somebody typed, in the form that is stored: case, spaces and letters that look like digits do not
/// matter. `None` when it cannot be one.
pub fn read(text: &str) -> Option<String> {
    let plain: String = text
        .trim()
        .to_ascii_uppercase()
        .chars()
        .filter(|character| !matches!(character, ' ' | '-'))
        .collect();
    let code = if plain.len() == LENGTH {
        Some(plain.as_str())
    } else {
        plain.strip_prefix("CAS")
    }?;
    let code: String = code
        .chars()
        .map(|character| match character {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let is_code = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
    is_code.then(|| format!("{PREFIX}{code}"))
}

fn spell(bits: u64) -> String {
    let mut text = PREFIX.to_owned();
    for place in 0..LENGTH {
        let index = (bits >> (5 * place)) & 31;
        text.extend(
            ALPHABET
                .get(usize::try_from(index).unwrap_or_default())
                .map(|byte| char::from(*byte)),
        );
    }
    text
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
    use uuid::Uuid;

    use super::*;

    #[test]
    fn people_may_type_as_they_like() {
        for text in [
            "CAS-7K2M9QX0",
            "cas-7k2m9qxo",
            " 7K2M 9QX0 ",
            "CAS 7K2M9QXO",
        ] {
            assert_eq!(read(text).as_deref(), Some("CAS-7K2M9QX0"), "{text}");
        }
        for text in [
            "",
            "CAS-",
            "CAS-7K2M9QX",
            "CAS-7K2M9QX0A",
            "CAS-7K2M9QXU",
            "7K2M9QXé",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_reference_is_read_as_it_was_given(id in any::<u128>()) {
            let given = candidates(CaseId(Uuid::from_u128(id)));
            for reference in &given {
                prop_assert_eq!(read(reference), Some(reference.clone()));
            }
            prop_assert_ne!(&given[0], &given[1]);
        }

        #[test]
        fn nothing_typed_can_crash_it(text in ".*") {
            let _ = read(&text);
        }
    }
}
