//! Names: as written, as travel documents have them, as searches compare them. Pure functions.

use super::letter;

const COMBINING_DIAERESIS: char = '\u{308}';
const COMBINING_RING: char = '\u{30a}';

/// The name as the machine-readable zone of a travel document spells it, in `A-Z` and single spaces (ICAO 9303 part 3,
/// section 6): `Müller-Øst` is `MUELLER OEST`, `Ёлкин` is `ELKIN`. `None` when it has letters of a script for which the
/// holder's own document decides, such as Arabic or Chinese.
pub fn document_name(name: &str) -> Option<String> {
    let mut spelled = String::with_capacity(name.len());
    let mut characters = name.chars().flat_map(char::to_uppercase).peekable();
    while let Some(character) = characters.next() {
        let marked = characters
            .peek()
            .and_then(|mark| spelled_with_mark(character, *mark));
        match character {
            _ if marked.is_some() => spelled.push_str(marked.unwrap_or_default()),
            'A'..='Z' => spelled.push(character),
            _ if is_dropped(character) => {}
            _ if character.is_whitespace() || is_hyphen(character) => spelled.push(' '),
            _ => spelled.push_str(letter::document(character)?),
        }
    }
    Some(single_spaced(&spelled))
}

/// What a letter becomes together with a mark that is written as a character of its own.
fn spelled_with_mark(letter: char, mark: char) -> Option<&'static str> {
    match (letter, mark) {
        ('A', COMBINING_DIAERESIS) => Some("AE"),
        ('O', COMBINING_DIAERESIS) => Some("OE"),
        ('U', COMBINING_DIAERESIS) => Some("UE"),
        ('A', COMBINING_RING) => Some("AA"),
        _ => None,
    }
}

/// The name as searches and sorting compare it: lower case, without marks and punctuation, Latin letters as `a-z`, letters
/// of other scripts as they are. `O'Brien-Ñúñez` is `obrien nunez`.
pub fn search_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for character in name.chars() {
        if is_dropped(character) {
            continue;
        }
        if character.is_whitespace() || is_hyphen(character) || character.is_ascii_punctuation() {
            key.push(' ');
            continue;
        }
        for capital in character
            .to_uppercase()
            .filter(|capital| !is_dropped(*capital))
        {
            match letter::plain(capital) {
                Some(plain) => key.extend(plain.chars().map(|letter| letter.to_ascii_lowercase())),
                None => key.extend(
                    capital
                        .to_lowercase()
                        .filter(|lower| !is_dropped(*lower))
                        .map(unified),
                ),
            }
        }
    }
    single_spaced(&key)
}

/// Forms of one letter that people use for each other when they type.
fn unified(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ё' => 'е',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        other => other,
    }
}

/// Marks and punctuation that vanish without leaving a space: combining marks, Arabic vowel signs and the stretched
/// joining line, apostrophes, full stops, invisible joiners.
fn is_dropped(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200c}' | '\u{200d}'
            | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '.'
    )
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}')
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it is kept: trimmed, with single spaces.
///
/// # Errors
/// One sentence that says what is wrong and what would be right.
pub(crate) fn checked(name: &str) -> Result<String, String> {
    let name = single_spaced(name);
    if !name.chars().any(char::is_alphabetic) {
        return Err("A name has at least one letter.".to_owned());
    }
    if name.chars().count() > MAXIMUM_LENGTH {
        return Err(format!("A name has at most {MAXIMUM_LENGTH} characters."));
    }
    if !name.chars().all(belongs_in_name) {
        return Err(
            "A name has letters, spaces, hyphens, apostrophes, commas and full stops.".to_owned(),
        );
    }
    Ok(name)
}

/// The longest name that is kept, in characters.
pub const MAXIMUM_LENGTH: usize = 100;

fn belongs_in_name(character: char) -> bool {
    match character {
        ' ' | '-' | '\'' | '.' | ',' => true,
        // Characters that turn the direction of text can make a name read as another one.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        _ if character.is_ascii() => character.is_ascii_alphabetic(),
        _ => !character.is_control(),
    }
}

/// A name as a travel document has it.
///
/// # Errors
/// One sentence that says what is wrong and what would be right.
pub(crate) fn checked_document_name(name: &str) -> Result<String, String> {
    match document_name(&checked(name)?) {
        Some(spelled) if !spelled.is_empty() => Ok(spelled),
        _ => Err(
            "A travel document spells names with the letters A to Z, like \"HADDAD\".".to_owned(),
        ),
    }
}

/// The words of a name in reading order: given names first.
pub(crate) fn display_name(given: Option<&str>, family: &str) -> String {
    given.map_or_else(|| family.to_owned(), |given| format!("{given} {family}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn travel_documents_spell_as_icao_9303_says() {
        for (name, spelled) in [
            ("Müller", "MUELLER"),
            ("Mu\u{308}ller", "MUELLER"),
            ("Åström", "AASTROEM"),
            ("Strauß", "STRAUSS"),
            ("Núñez", "NUNEZ"),
            ("François", "FRANCOIS"),
            ("Þórsdóttir", "THORSDOTTIR"),
            ("O'Brien-Smith", "O BRIEN SMITH"),
            ("Nguyễn Thị Ánh", "NGUYEN THI ANH"),
            ("Łukasz Żółć", "LUKASZ ZOLC"),
            ("Щербаков", "SHCHERBAKOV"),
            ("Ёлкин", "ELKIN"),
            ("Соловьёв", "SOLOVEV"),
            ("İpek Işık", "IPEK ISIK"),
            ("Bjørn", "BJOERN"),
            ("Œuvrard", "OEUVRARD"),
        ] {
            let expected = spelled.replace("O BRIEN", "OBRIEN");
            assert_eq!(
                document_name(name).as_deref(),
                Some(expected.as_str()),
                "{name}"
            );
        }
    }

    #[test]
    fn scripts_without_a_table_are_left_to_the_document() {
        assert_eq!(document_name("محمد"), None);
        assert_eq!(document_name("王"), None);
    }

    #[test]
    fn searches_forget_case_and_marks() {
        for (name, key) in [
            ("O'Brien-Ñúñez", "obrien nunez"),
            ("  MÜLLER ", "muller"),
            ("Strauß", "strauss"),
            ("STRAUSS", "strauss"),
            ("Bjørn", "bjorn"),
            ("Haddād", "haddad"),
            ("İpek", "ipek"),
            ("مُحَمَّد", "محمد"),
            ("أحمد", "احمد"),
            ("Щербаков", "щербаков"),
            ("St. John", "st john"),
        ] {
            assert_eq!(search_key(name), key, "{name}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused_with_a_reason() {
        for name in [
            "",
            "  ",
            "123",
            "Robert'); DROP",
            "a\u{0}b",
            "a\u{202e}b",
            "<b>",
        ] {
            assert!(checked(name).is_err(), "{name}");
        }
        assert!(checked(&"x".repeat(101)).is_err());
        assert_eq!(checked("  Amal   Haddad ").unwrap(), "Amal Haddad");
    }

    proptest! {
        #[test]
        fn document_names_are_capital_letters_and_single_spaces(name in "\\PC{0,40}") {
            if let Some(spelled) = document_name(&name) {
                prop_assert!(spelled.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' '));
                prop_assert!(!spelled.contains("  ") && spelled.trim() == spelled);
                prop_assert_eq!(document_name(&spelled), Some(spelled.clone()));
            }
        }

        #[test]
        fn a_search_key_is_its_own_search_key(name in "\\PC{0,40}") {
            let key = search_key(&name);
            prop_assert_eq!(search_key(&key), key);
        }

        #[test]
        fn case_does_not_matter(name in "[a-zA-Zà-ÿÀ-Þß' -]{0,40}") {
            prop_assert_eq!(search_key(&name.to_uppercase()), search_key(&name));
        }
    }
}
