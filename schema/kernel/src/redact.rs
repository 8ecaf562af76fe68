//! Card data is taken out of free text before anything else sees it.
//!
//! PCI DSS v4.0.1 3.3.1 forbids keeping sensitive authentication data in notes and transcripts, and 3.5.1 a readable card
//! number. People paste both into whatever box is open; so every free text passes through [`redact`] on its way in.

use std::borrow::Cow;

/// What stands where a card number stood.
pub const CARD_REMOVED: &str = "[card number removed]";
/// What stands where a verification code or PIN stood.
pub const CODE_REMOVED: &str = "[security code removed]";

/// The text without card numbers and verification codes.
///
/// A card number is a run of 12 to 19 digits, in any script and with the separators people put between groups, that has
/// a card's length and first digits and the right check digit (ISO/IEC 7812-1, Luhn). A verification code is three or
/// four digits beside a word like "CVV" or "PIN". Track data behind a card number goes with it.
pub fn redact(text: &str) -> Cow<'_, str> {
    let characters: Vec<char> = text.chars().collect();
    let mut spans: Vec<Span> = card_spans(&characters);
    for span in code_spans(&characters) {
        if !spans
            .iter()
            .any(|card| span.start < card.end && card.start < span.end)
        {
            spans.push(span);
        }
    }
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_by_key(|span| span.start);
    let mut clean = String::with_capacity(text.len());
    let mut place = 0;
    for span in spans {
        clean.extend(&characters[place..span.start]);
        clean.push_str(span.replacement);
        place = span.end;
    }
    clean.extend(&characters[place..]);
    Cow::Owned(clean)
}

struct Span {
    start: usize,
    end: usize,
    replacement: &'static str,
}

/// The value of a decimal digit in the scripts our customers type: ASCII, Arabic-Indic, Persian, Devanagari, full-width.
fn digit(character: char) -> Option<u32> {
    let zero = match character {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06f0}'..='\u{06f9}' => '\u{06f0}',
        '\u{0966}'..='\u{096f}' => '\u{0966}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(u32::from(character) - u32::from(zero))
}

/// Characters that people, forms and word processors put between the groups of a number.
fn is_separator(character: char) -> bool {
    matches!(
        character,
        ' ' | '-' | '.' | '_' | '/' | '*' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{ad}' | '\u{2000}'
            ..='\u{2015}' | '\u{202f}' | '\u{2060}' | '\u{feff}'
    )
}

const SEPARATORS_IN_A_ROW: usize = 3;

/// A run of digit groups: each group as the range of its characters.
fn runs(characters: &[char]) -> Vec<Vec<(usize, usize)>> {
    let mut runs: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        if digit(characters[index]).is_none() {
            index += 1;
            continue;
        }
        let start = index;
        while index < characters.len() && digit(characters[index]).is_some() {
            index += 1;
        }
        let joined = runs
            .last()
            .and_then(|run| run.last())
            .is_some_and(|&(_, end)| {
                start - end <= SEPARATORS_IN_A_ROW
                    && characters[end..start]
                        .iter()
                        .all(|character| is_separator(*character))
            });
        match runs.last_mut() {
            Some(run) if joined => run.push((start, index)),
            _ => runs.push(vec![(start, index)]),
        }
    }
    runs
}

fn card_spans(characters: &[char]) -> Vec<Span> {
    let mut spans = Vec::new();
    for run in runs(characters) {
        let mut first = 0;
        while first < run.len() {
            match longest_card(characters, &run[first..]) {
                Some(groups) => {
                    let (start, end) = (run[first].0, run[first + groups - 1].1);
                    let end = end_of_track(characters, end);
                    spans.push(Span {
                        start,
                        end,
                        replacement: CARD_REMOVED,
                    });
                    first += groups;
                    // Track data may have swallowed further groups.
                    while run.get(first).is_some_and(|group| group.0 < end) {
                        first += 1;
                    }
                }
                None => first += 1,
            }
        }
    }
    spans
}

/// How many of the groups, from the first on, make up the longest card number.
fn longest_card(characters: &[char], groups: &[(usize, usize)]) -> Option<usize> {
    let mut digits = Vec::with_capacity(MAXIMUM_DIGITS);
    let mut longest = None;
    for (index, &(start, end)) in groups.iter().enumerate() {
        digits.extend(
            characters[start..end]
                .iter()
                .filter_map(|character| digit(*character)),
        );
        if digits.len() > MAXIMUM_DIGITS {
            break;
        }
        if is_card(&digits) {
            longest = Some(index + 1);
        }
    }
    longest
}

const MAXIMUM_DIGITS: usize = 19;

/// Card numbers of one network: the first two digits, lowest and highest, and the shortest and longest length.
struct Network(&'static [(u32, u32)], usize, usize);

const NETWORKS: [Network; 6] = [
    // Sixteen digits need no known network, because that is what nearly every card has.
    Network(&[(0, 99)], 16, 16),
    // Visa.
    Network(&[(40, 49)], 13, 13),
    Network(&[(40, 49)], 19, 19),
    // American Express; UATP, the airlines' own card.
    Network(&[(34, 34), (37, 37), (10, 19)], 15, 15),
    // Diners Club, JCB, UnionPay, Discover.
    Network(&[(30, 30), (35, 36), (38, 39), (60, 65), (81, 81)], 14, 19),
    // Maestro.
    Network(&[(50, 50), (56, 58), (61, 61), (63, 63), (66, 69)], 12, 19),
];

/// Whether these digits can be a card's: first digits and length by network, and the check digit.
fn is_card(digits: &[u32]) -> bool {
    let leading = digits
        .iter()
        .take(2)
        .fold(0, |number, digit| number * 10 + digit);
    let fits = NETWORKS.iter().any(|Network(leadings, shortest, longest)| {
        (*shortest..=*longest).contains(&digits.len())
            && leadings
                .iter()
                .any(|(low, high)| (*low..=*high).contains(&leading))
    });
    fits && luhn(digits) && digits.iter().any(|digit| *digit != 0)
}

/// Luhn's check (ISO/IEC 7812-1, annex B).
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| match (index % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) => doubled / 10 + doubled % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Where magnetic track data ends that begins behind a card number: `^NAME^2512...?` on track 1, `=2512...?` on track 2.
fn end_of_track(characters: &[char], card_end: usize) -> usize {
    if !matches!(characters.get(card_end), Some('^' | '=')) {
        return card_end;
    }
    let rest = &characters[card_end..];
    let length = rest
        .iter()
        .take(100)
        .position(|character| matches!(character, '?' | '\n'))
        .unwrap_or(rest.len().min(100));
    card_end + length
}

/// Words that announce a verification code or a PIN, in lower case.
const CODE_WORDS: [&str; 14] = [
    "cvv",
    "cvc",
    "cvn",
    "csc",
    "cav",
    "cid",
    "pin",
    "security code",
    "verification code",
    "verification value",
    "verification number",
    "prüfnummer",
    "cryptogramme",
    "رمز الأمان",
];

/// How far from its word a code may stand: "the CVV on the back of the card is 123".
const REACH: usize = 40;

fn code_spans(characters: &[char]) -> Vec<Span> {
    let lower: Vec<char> = characters
        .iter()
        .map(|character| character.to_lowercase().next().unwrap_or(*character))
        .collect();
    let mut spans: Vec<Span> = Vec::new();
    for word in CODE_WORDS {
        let word: Vec<char> = word.chars().collect();
        for start in 0..lower.len().saturating_sub(word.len() - 1) {
            if lower[start..].starts_with(&word)
                && (start == 0 || !lower[start - 1].is_alphanumeric())
            {
                let found =
                    code_after(&lower, start + word.len()).or_else(|| code_before(&lower, start));
                spans.extend(found.map(|(start, end)| Span {
                    start,
                    end,
                    replacement: CODE_REMOVED,
                }));
            }
        }
    }
    spans.sort_by_key(|span| span.start);
    spans.dedup_by_key(|span| span.start);
    spans
}

/// Three or four digits behind the word, before the sentence ends.
fn code_after(lower: &[char], word_end: usize) -> Option<(usize, usize)> {
    // CVV2, CVC2: the digit belongs to the word. "pinched" is another word.
    let from = word_end
        + usize::from(
            lower.get(word_end) == Some(&'2')
                && lower
                    .get(word_end + 1)
                    .is_none_or(|next| digit(*next).is_none()),
        );
    if lower.get(from).is_some_and(|next| next.is_alphabetic()) {
        return None;
    }
    let until = lower.len().min(from + REACH);
    let start = from
        + lower[from.min(until)..until]
            .iter()
            .position(|character| digit(*character).is_some())?;
    if lower[from..start]
        .iter()
        .any(|character| matches!(character, '.' | '!' | '?' | ';' | '\n' | '['))
    {
        return None;
    }
    code_at(lower, start)
}

/// Three or four digits right before the word: "123 is the CVV".
fn code_before(lower: &[char], word_start: usize) -> Option<(usize, usize)> {
    let from = word_start.saturating_sub(16);
    let end = from
        + lower[from..word_start]
            .iter()
            .rposition(|character| digit(*character).is_some())?
        + 1;
    if lower[end..word_start]
        .iter()
        .any(|character| matches!(character, '.' | '!' | '?' | ';' | '\n' | ',' | ']'))
    {
        return None;
    }
    let length = lower[..end]
        .iter()
        .rev()
        .take_while(|character| digit(**character).is_some())
        .count();
    code_at(lower, end - length)
}

fn code_at(lower: &[char], start: usize) -> Option<(usize, usize)> {
    let length = lower[start..]
        .iter()
        .take_while(|character| digit(**character).is_some())
        .count();
    let glued = start > 0 && lower[start - 1].is_alphanumeric();
    (matches!(length, 3 | 4) && !glued).then_some((start, start + length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn card_numbers_go_however_they_are_written() {
        for card in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111 - 1111 - 1111 - 1111",
            "378282246310005",
            "3782 822463 10005",
            "30569309025904",
            "6011000990139424",
            "5555555555554444",
            "2223003122003222",
            "1234567812345670",
            "٤١١١١١١١١١١١١١١١",
            "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱",
            "4\u{200b}1111111\u{200b}11111111",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "4222222222222",
        ] {
            let text = format!("Paid with {card}, thanks");
            assert_eq!(
                redact(&text),
                format!("Paid with {CARD_REMOVED}, thanks"),
                "{card}"
            );
        }
    }

    #[test]
    fn a_number_in_front_does_not_hide_a_card() {
        assert_eq!(
            redact("order 12345 4111 1111 1111 1111"),
            format!("order 12345 {CARD_REMOVED}")
        );
        assert_eq!(
            redact("4111111111111111 5555555555554444"),
            format!("{CARD_REMOVED} {CARD_REMOVED}")
        );
    }

    #[test]
    fn numbers_of_the_trade_stay() {
        for text in [
            "ticket 176-2345678901",
            "call +971 50 123 4567",
            "EK 47 on 2026-11-20 at 14:05",
            "bag 0176123456",
            "EUR 1.250,00",
            "4111 1111 1111 1112",
            "case CAS-000123",
            "reference 00000000000000000000",
            "PIN code 400001",
            "row 12, seat 3A",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn verification_codes_go_with_either_order() {
        assert_eq!(redact("CVV 123"), format!("CVV {CODE_REMOVED}"));
        assert_eq!(redact("cvc2: 1234."), format!("cvc2: {CODE_REMOVED}."));
        assert_eq!(
            redact("The security code on the back is 987"),
            format!("The security code on the back is {CODE_REMOVED}")
        );
        assert_eq!(
            redact("123 is the CVV"),
            format!("{CODE_REMOVED} is the CVV")
        );
        assert_eq!(
            redact("my PIN=4321 ok"),
            format!("my PIN={CODE_REMOVED} ok")
        );
        assert_eq!(
            redact("She was pinched at gate 123"),
            "She was pinched at gate 123"
        );
        assert_eq!(
            redact("No CVV given. Flight 123"),
            "No CVV given. Flight 123"
        );
    }

    #[test]
    fn track_data_goes_whole() {
        assert_eq!(
            redact("%B4111111111111111^DOE/JANE^25121010000000000000?x"),
            format!("%B{CARD_REMOVED}?x")
        );
    }

    fn with_check_digit(mut digits: Vec<u32>) -> String {
        let last = (0..10).find(|last| {
            let mut whole = digits.clone();
            whole.push(*last);
            luhn(&whole)
        });
        digits.extend(last);
        digits.iter().map(ToString::to_string).collect()
    }

    proptest! {
        #[test]
        fn no_card_gets_through(body in prop::collection::vec(0_u32..10, 14), separator in "[ .-]?", before in "[a-z ]{0,9}", after in "[a-z ]{0,9}") {
            let digits = with_check_digit([vec![4], body].concat());
            let grouped = digits.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(&separator);
            let text = format!("{before}{grouped}{after}");
            let clean = redact(&text);
            prop_assert!(!clean.contains(&grouped));
            prop_assert!(clean.contains(CARD_REMOVED));
        }

        #[test]
        fn redacting_twice_changes_nothing_more(text in ".{0,80}") {
            let once = redact(&text).into_owned();
            prop_assert_eq!(redact(&once).into_owned(), once.clone());
        }

        #[test]
        fn text_without_digits_stays(text in "[^0-9\u{0660}-\u{0669}\u{06f0}-\u{06f9}\u{0966}-\u{096f}\u{ff10}-\u{ff19}]{0,80}") {
            prop_assert_eq!(redact(&text).into_owned(), text);
        }
    }
}
