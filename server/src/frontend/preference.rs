//! How somebody wants the product to look. A cookie says it, so that the first paint is right; it says nothing else.

use axum::http::{HeaderMap, header};
use serde::Serialize;

/// The cookie, written by the shell: `theme.contrast.density.language`.
const COOKIE: &str = "jetbridge-preferences";

/// Values that are known, first the one for whoever has said nothing.
const THEMES: [&str; 3] = ["system", "light", "dark"];
const CONTRASTS: [&str; 2] = ["normal", "more"];
const DENSITIES: [&str; 2] = ["comfortable", "compact"];
const LANGUAGES: [&str; 2] = ["en", "ar"];

/// How somebody wants the product to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Preferences {
    pub(super) theme: &'static str,
    pub(super) contrast: &'static str,
    pub(super) density: &'static str,
    pub(super) language: &'static str,
}

impl Preferences {
    /// What the cookie says, and where it says nothing the language that the browser asks for.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let value = cookie(headers, COOKIE).unwrap_or_default();
        let mut values = value.split('.');
        let mut next = |known: &[&'static str]| {
            let value = values.next()?;
            known.iter().find(|one| **one == value).copied()
        };
        Self {
            theme: next(&THEMES).unwrap_or(THEMES[0]),
            contrast: next(&CONTRASTS).unwrap_or(CONTRASTS[0]),
            density: next(&DENSITIES).unwrap_or(DENSITIES[0]),
            language: next(&LANGUAGES).unwrap_or_else(|| accepted(headers)),
        }
    }

    /// The locale in which numbers and dates are written. Arabic is written with the digits of tickets and boards.
    pub(super) fn locale(self) -> &'static str {
        match self.language {
            "ar" => "ar-AE-u-nu-latn",
            _ => "en-GB",
        }
    }

    /// In which direction the language runs.
    pub(super) fn direction(self) -> &'static str {
        match self.language {
            "ar" => "rtl",
            _ => "ltr",
        }
    }
}

/// The value of a cookie. The first counts, as in every browser.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &'a str) -> Option<&'a str> {
    crate::auth::cookie::named(headers, name).next()
}

// The first language of the list that there is; weights are rarely out of order, and nobody is hurt when they are.
fn accepted(headers: &HeaderMap) -> &'static str {
    let asked = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    asked
        .split(',')
        .filter_map(|part| part.trim().get(..2))
        .find_map(|tag| {
            LANGUAGES
                .iter()
                .find(|known| known.eq_ignore_ascii_case(tag))
        })
        .copied()
        .unwrap_or(LANGUAGES[0])
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_cookie_says_it_and_nothing_unknown_gets_through() {
        let said = headers(&[(
            header::COOKIE,
            "a=b; jetbridge-preferences=dark.more.compact.ar",
        )]);
        let read = Preferences::of(&said);
        assert_eq!((read.theme, read.contrast), ("dark", "more"));
        assert_eq!((read.density, read.direction()), ("compact", "rtl"));
        let bad = headers(&[(header::COOKIE, "jetbridge-preferences=\"><script>.more")]);
        let read = Preferences::of(&bad);
        assert_eq!((read.theme, read.contrast), ("system", "more"));
    }

    #[test]
    fn the_browser_says_the_language_of_who_has_said_nothing() {
        for (asked, language) in [("ar-AE,en;q=0.8", "ar"), ("fr, AR", "ar"), ("fr", "en")] {
            let asked = headers(&[(header::ACCEPT_LANGUAGE, asked)]);
            assert_eq!(Preferences::of(&asked).language, language);
        }
        assert_eq!(Preferences::of(&HeaderMap::new()).locale(), "en-GB");
    }
}
