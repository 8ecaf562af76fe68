use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A code of exactly `N` capital letters or digits, so that `de` can never be taken for a country outside `DE`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code<const N: usize>([u8; N]);

/// IATA airline designator, for example `LH` or `9E`.
pub type AirlineCode = Code<2>;
/// IATA airport code, for example `FRA`.
pub type AirportCode = Code<3>;
/// ISO 3166-1 alpha-2 country, for example `DE`.
pub type CountryCode = Code<2>;
/// ISO 4217 currency, for example `EUR`.
pub type CurrencyCode = Code<3>;

/// The text is not a code of the length asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text:?} is not {length} capital letters or digits")]
pub struct MalformedCode {
    text: String,
    length: usize,
}

impl<const N: usize> Code<N> {
    /// A code written in a table, which has no need to be checked.
    pub(crate) const fn literal(bytes: [u8; N]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn bytes(self) -> [u8; N] {
        self.0
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl<const N: usize> FromStr for Code<N> {
    type Err = MalformedCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        <[u8; N]>::try_from(text.as_bytes())
            .ok()
            .filter(|bytes| {
                bytes
                    .iter()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            })
            .map(Self)
            .ok_or_else(|| MalformedCode {
                text: text.to_owned(),
                length: N,
            })
    }
}

impl<const N: usize> TryFrom<String> for Code<N> {
    type Error = MalformedCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl<const N: usize> From<Code<N>> for String {
    fn from(code: Code<N>) -> Self {
        code.as_str().to_owned()
    }
}

impl<const N: usize> fmt::Display for Code<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl<const N: usize> fmt::Debug for Code<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_a_code() {
        assert_eq!("9E".parse::<AirlineCode>().unwrap().as_str(), "9E");
        for text in ["", "F", "fra", "FRAX", "FR ", "ÄB"] {
            assert!(text.parse::<AirportCode>().is_err(), "{text}");
        }
        assert_eq!(
            "fr".parse::<CountryCode>().unwrap_err().to_string(),
            "\"fr\" is not 2 capital letters or digits"
        );
    }
}
