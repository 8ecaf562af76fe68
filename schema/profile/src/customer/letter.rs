//! Which letters of the Latin and Cyrillic alphabets stand for which of A to Z.

/// Capital letters by the letter they are without their marks.
const MARKED: [(&str, &str); 25] = [
    ("A", "ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ"),
    ("B", "ḂḄḆ"),
    ("C", "ÇĆĈĊČḈ"),
    ("D", "ĎḊḌḎḐḒ"),
    ("E", "ÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ"),
    ("F", "Ḟ"),
    ("G", "ĜĞĠĢǦǴḠ"),
    ("H", "ĤȞḢḤḦḨḪ"),
    ("I", "ÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ"),
    ("J", "Ĵ"),
    ("K", "ĶǨḰḲḴ"),
    ("L", "ĹĻĽḶḸḺḼ"),
    ("M", "ḾṀṂ"),
    ("N", "ÑŃŅŇǸṄṆṈṊ"),
    ("O", "ÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ"),
    ("P", "ṔṖ"),
    ("R", "ŔŖŘȐȒṘṚṜṞ"),
    ("S", "ŚŜŞŠȘṠṢṤṦṨ"),
    ("T", "ŢŤȚṪṬṮṰ"),
    ("U", "ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ"),
    ("V", "ṼṾ"),
    ("W", "ŴẀẂẄẆẈ"),
    ("X", "ẊẌ"),
    ("Y", "ÝŶŸȲẎỲỴỶỸ"),
    ("Z", "ŹŻŽẐẒẔ"),
];

/// Capital letters that are not a marked letter, in the spelling of ICAO 9303 part 3, section 6.
const OWN: [(char, &str); 12] = [
    ('Æ', "AE"),
    ('Œ', "OE"),
    ('Ø', "OE"),
    ('Þ', "TH"),
    ('Ð', "D"),
    ('Đ', "D"),
    ('Ħ', "H"),
    ('Ł', "L"),
    ('Ŋ', "N"),
    ('Ŧ', "T"),
    ('Ĳ', "IJ"),
    ('Ə', "E"),
];

/// Marked letters that ICAO 9303 does not simply strip.
const SPELLED: [(char, &str); 5] = [
    ('Ä', "AE"),
    ('Ö', "OE"),
    ('Ü', "UE"),
    ('Å', "AA"),
    ('ẞ', "SS"),
];

/// Cyrillic capital letters in the spelling of ICAO 9303 part 3, section 6.
const CYRILLIC: [(char, &str); 47] = [
    ('А', "A"),
    ('Б', "B"),
    ('В', "V"),
    ('Г', "G"),
    ('Д', "D"),
    ('Е', "E"),
    ('Ё', "E"),
    ('Ж', "ZH"),
    ('З', "Z"),
    ('И', "I"),
    ('Й', "I"),
    ('К', "K"),
    ('Л', "L"),
    ('М', "M"),
    ('Н', "N"),
    ('О', "O"),
    ('П', "P"),
    ('Р', "R"),
    ('С', "S"),
    ('Т', "T"),
    ('У', "U"),
    ('Ф', "F"),
    ('Х', "KH"),
    ('Ц', "TS"),
    ('Ч', "CH"),
    ('Ш', "SH"),
    ('Щ', "SHCH"),
    ('Ъ', "IE"),
    ('Ы', "Y"),
    ('Ь', ""),
    ('Э', "E"),
    ('Ю', "IU"),
    ('Я', "IA"),
    ('І', "I"),
    ('Ї', "I"),
    ('Є', "IE"),
    ('Ґ', "G"),
    ('Ў', "U"),
    ('Ѕ', "DZ"),
    ('Ј', "J"),
    ('Љ', "LJ"),
    ('Њ', "NJ"),
    ('Ћ', "C"),
    ('Ђ', "D"),
    ('Џ', "DZ"),
    ('Ќ', "K"),
    ('Ѓ', "G"),
];

/// The letter without its marks: `É` is `E`, `Ạ` is `A`.
pub(super) fn unmarked(capital: char) -> Option<&'static str> {
    MARKED
        .iter()
        .find(|(_, marked)| marked.contains(capital))
        .map(|(base, _)| *base)
}

/// The letter without marks, or what stands for it in English print: `Ø` is `O`, `Þ` is `TH`.
pub(super) fn plain(capital: char) -> Option<&'static str> {
    match capital {
        'Ø' => Some("O"),
        // The sign for the unit, which looks the same as the letter.
        '\u{212b}' => Some("A"),
        'ẞ' => Some("SS"),
        _ => unmarked(capital).or_else(|| lookup(&OWN, capital)),
    }
}

/// The letter as the machine-readable zone of a travel document spells it.
pub(super) fn document(capital: char) -> Option<&'static str> {
    lookup(&SPELLED, capital)
        .or_else(|| lookup(&OWN, capital))
        .or_else(|| unmarked(capital))
        .or_else(|| lookup(&CYRILLIC, capital))
}

fn lookup(table: &[(char, &'static str)], capital: char) -> Option<&'static str> {
    table
        .iter()
        .find(|(letter, _)| *letter == capital)
        .map(|(_, spelling)| *spelling)
}
