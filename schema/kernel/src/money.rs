//! Amounts: integer minor units and an ISO 4217 currency, never a fraction.

use async_graphql::{InputValueError, InputValueResult, Object, Scalar, ScalarType, Value};
use iso_currency::Currency;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount in minor units: `25000` is EUR 250.00, JPY 25,000 and KWD 25.000.
    pub amount_minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in the currency with the given ISO 4217 code; `None` when there is no such currency.
    pub fn new(amount_minor: i64, currency: &str) -> Option<Self> {
        Currency::from_code(currency).map(|currency| Self {
            amount_minor,
            currency,
        })
    }

    /// How many digits stand behind the decimal separator: EUR 2, JPY 0, KWD 3.
    pub fn exponent(&self) -> u32 {
        self.currency.exponent().map_or(0, u32::from)
    }

    /// The amount as people write it, without a currency sign: `1234.50`.
    pub fn to_decimal(&self) -> String {
        let exponent = self.exponent();
        let unit = 10_u64.pow(exponent);
        let absolute = self.amount_minor.unsigned_abs();
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        if exponent == 0 {
            return format!("{sign}{absolute}");
        }
        format!(
            "{sign}{}.{:0width$}",
            absolute / unit,
            absolute % unit,
            width = exponent as usize
        )
    }

    /// The amount as text for people who read the language of `locale`, a BCP 47 tag: `EUR 1,250.00` for `en`.
    pub fn in_words_of(&self, locale: &str) -> String {
        format!(
            "{} {}",
            self.currency.code(),
            self.grouped(separators(locale))
        )
    }

    fn grouped(&self, separators: Separators) -> String {
        let decimal = self.to_decimal();
        let (whole, fraction) = decimal
            .split_once('.')
            .map_or((decimal.as_str(), None), |(whole, fraction)| {
                (whole, Some(fraction))
            });
        let (sign, digits) = whole
            .strip_prefix('-')
            .map_or(("", whole), |digits| ("-", digits));
        let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separators.group);
            }
            grouped.push(digit);
        }
        match fraction {
            Some(fraction) => format!("{sign}{grouped}{}{fraction}", separators.decimal),
            None => format!("{sign}{grouped}"),
        }
    }
}

#[derive(Clone, Copy)]
struct Separators {
    group: char,
    decimal: char,
}

// Unicode CLDR, for the languages the product speaks; others read the form of `en`.
fn separators(locale: &str) -> Separators {
    match locale.split(['-', '_']).next().unwrap_or_default() {
        "de" | "es" | "it" | "nl" | "pt" | "tr" => Separators {
            group: '.',
            decimal: ',',
        },
        "fr" | "sv" | "pl" => Separators {
            group: '\u{202f}',
            decimal: ',',
        },
        _ => Separators {
            group: ',',
            decimal: '.',
        },
    }
}

/// An amount of money: integer minor units beside an ISO 4217 currency, so that no amount is ever rounded.
#[Object(shareable, requires_scopes = "public")]
impl Money {
    /// The amount in minor units of the currency. Example: `25000` with `EUR` is 250.00 euros, with `JPY` 25,000 yen.
    #[graphql(shareable)]
    async fn amount_minor(&self) -> Long {
        Long(self.amount_minor)
    }

    /// The ISO 4217 code of the currency. Example: `"EUR"`.
    async fn currency(&self) -> &'static str {
        self.currency.code()
    }

    /// The amount as text for people, with the currency code in front. Example: `"EUR 1,250.00"`, or with the locale
    /// `"de"` `"EUR 1.250,00"`.
    async fn formatted(
        &self,
        #[graphql(
            default_with = "\"en\".to_owned()",
            desc = "A BCP 47 language tag that decides the separators. Example: `\"de\"`."
        )]
        locale: String,
    ) -> String {
        self.in_words_of(&locale)
    }
}

/// A whole number of up to 64 bits, written as a JSON number. Used where 32 bits would not hold the largest amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Long(pub i64);

#[Scalar]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) => number
                .as_i64()
                .map(Self)
                .ok_or_else(|| InputValueError::custom("This must be a whole number between -9223372036854775808 and 9223372036854775807.")),
            _ => Err(InputValueError::custom("This must be a whole number, written without quotes.")),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn currencies_have_their_own_number_of_decimals() {
        let text = |amount, currency| Money::new(amount, currency).unwrap().to_decimal();
        assert_eq!(text(25_000, "EUR"), "250.00");
        assert_eq!(text(25_000, "JPY"), "25000");
        assert_eq!(text(25_000, "KWD"), "25.000");
        assert_eq!(text(-5, "USD"), "-0.05");
        assert!(Money::new(1, "EURO").is_none());
    }

    #[test]
    fn people_read_separators_of_their_own_language() {
        let money = Money::new(123_456_789, "EUR").unwrap();
        assert_eq!(money.grouped(separators("en-GB")), "1,234,567.89");
        assert_eq!(money.grouped(separators("de-AT")), "1.234.567,89");
    }

    proptest! {
        #[test]
        fn grouping_never_changes_digits(amount in any::<i64>()) {
            let money = Money::new(amount, "EUR").unwrap();
            prop_assert_eq!(money.grouped(separators("en")).replace(',', ""), money.to_decimal());
        }
    }
}
