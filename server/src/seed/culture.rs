//! Which names go with which countries and languages.

/// A nationality that people of a culture have.
#[derive(Clone, Copy)]
pub(super) struct Nation {
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// BCP 47.
    pub(super) language: &'static str,
}

/// People who share a pool of names.
#[derive(Clone, Copy)]
pub(super) struct Culture {
    /// A word for it.
    pub(super) code: &'static str,
    /// How often such people are met.
    pub(super) weight: usize,
    /// The pool of names, as its file has it.
    pub(super) names: &'static str,
    /// Nationalities, by how often they are met.
    pub(super) nations: &'static [(usize, Nation)],
    /// Where those live who do not live in the country of their nationality.
    pub(super) abroad: &'static [&'static str],
    /// How many of a thousand live there.
    pub(super) abroad_per_mille: usize,
    /// How a family hands on its names.
    pub(super) custom: Custom,
}

/// How a family hands on its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Custom {
    /// All have one name.
    Shared,
    /// Partners keep theirs; children have the first one's.
    Kept,
    /// Everybody has two, and partners keep theirs.
    Double,
}

const fn nation(country: &'static str, language: &'static str) -> Nation {
    Nation { country, language }
}

macro_rules! cultures {
    ($($code:literal $weight:literal $custom:ident, abroad $per_mille:literal in [$($abroad:literal)*], [$($share:literal $country:literal $language:literal),*];)*) => {
        &[$(Culture {
            code: $code,
            weight: $weight,
            names: include_str!(concat!("../../data/names/", $code, ".txt")),
            nations: &[$(($share, nation($country, $language))),*],
            abroad: &[$($abroad),*],
            abroad_per_mille: $per_mille,
            custom: Custom::$custom,
        }),*]
    };
}

/// Everybody who is met in the demo world.
pub(super) const CULTURES: &[Culture] = cultures! {
    "arabic" 90 Kept, abroad 250 in ["AE" "DE" "GB" "FR" "US"], [4 "AE" "ar-AE", 3 "SA" "ar-SA", 3 "EG" "ar-EG", 2 "LB" "ar-LB", 1 "QA" "ar-QA"];
    "persian" 25 Kept, abroad 500 in ["AE" "DE" "US" "GB"], [1 "IR" "fa-IR"];
    "turkish" 35 Shared, abroad 250 in ["DE" "GB" "AE"], [1 "TR" "tr-TR"];
    "hindi" 70 Shared, abroad 450 in ["AE" "US" "GB" "SG" "US"], [1 "IN" "hi-IN"];
    "urdu" 45 Kept, abroad 450 in ["AE" "GB" "US" "SA"], [1 "PK" "ur-PK"];
    "tamil" 30 Kept, abroad 350 in ["SG" "AE" "US"], [4 "IN" "ta-IN", 1 "SG" "ta-SG"];
    "chinese" 50 Kept, abroad 250 in ["SG" "US" "AU" "GB"], [4 "CN" "zh-Hans-CN", 1 "HK" "zh-Hant-HK", 1 "SG" "zh-Hans-SG"];
    "japanese" 35 Shared, abroad 120 in ["US" "SG" "DE"], [1 "JP" "ja-JP"];
    "korean" 30 Kept, abroad 200 in ["US" "AE"], [1 "KR" "ko-KR"];
    "vietnamese" 25 Kept, abroad 350 in ["US" "FR" "AU" "DE"], [1 "VN" "vi-VN"];
    "filipino" 40 Shared, abroad 500 in ["AE" "US" "SA" "SG"], [1 "PH" "fil-PH"];
    "west_african" 40 Shared, abroad 350 in ["GB" "US" "AE"], [3 "NG" "en-NG", 1 "GH" "en-GH"];
    "east_african" 25 Shared, abroad 250 in ["AE" "GB" "US"], [1 "KE" "sw-KE"];
    "ethiopian" 15 Kept, abroad 400 in ["AE" "US" "DE"], [1 "ET" "am-ET"];
    "spanish" 65 Double, abroad 350 in ["US" "US" "ES" "GB"], [3 "ES" "es-ES", 2 "MX" "es-MX", 1 "CO" "es-CO"];
    "portuguese" 35 Double, abroad 250 in ["US" "FR" "GB"], [2 "BR" "pt-BR", 1 "PT" "pt-PT"];
    "french" 45 Kept, abroad 200 in ["AE" "GB" "US"], [1 "FR" "fr-FR"];
    "german" 65 Shared, abroad 150 in ["AE" "US" "ES"], [5 "DE" "de-DE", 1 "AT" "de-AT"];
    "polish" 30 Shared, abroad 350 in ["GB" "DE" "US" "IE"], [1 "PL" "pl-PL"];
    "czech" 14 Shared, abroad 350 in ["DE" "GB" "AE" "US"], [1 "CZ" "cs-CZ"];
    "ukrainian" 14 Shared, abroad 1000 in ["PL" "DE" "CZ" "GB"], [1 "UA" "uk-UA"];
    "balkan" 12 Shared, abroad 450 in ["DE" "US" "AE"], [2 "HR" "hr-HR", 1 "RS" "sr-Latn-RS"];
    "nordic" 35 Shared, abroad 200 in ["GB" "US" "ES"], [2 "DK" "da-DK", 2 "SE" "sv-SE", 1 "NO" "nb-NO"];
    "italian" 40 Kept, abroad 250 in ["DE" "GB" "US" "AE"], [1 "IT" "it-IT"];
    "greek" 20 Kept, abroad 300 in ["DE" "AU" "US" "GB"], [1 "GR" "el-GR"];
    "english" 200 Shared, abroad 120 in ["AE" "SG" "AU" "ES"], [5 "US" "en-US", 4 "GB" "en-GB", 1 "AU" "en-AU"];
    "irish" 25 Shared, abroad 350 in ["US" "GB" "AE" "AU"], [1 "IE" "en-IE"];
};
