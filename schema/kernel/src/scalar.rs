//! Values of the field's standards, parsed once at the edge: a value of these types cannot be malformed.

mod contact;
mod country;
mod date;
mod iata;
mod language;

pub use contact::{EmailAddress, PhoneNumber};
pub use country::CountryCode;
pub use date::Date;
pub use iata::{
    BagTagNumber, BaggageReference, IataAirline, IataAirport, RecordLocator, TicketNumber,
};
pub use language::LanguageTag;

/// An instant: RFC 3339, in UTC. Example: `2026-11-20T06:30:00Z`.
pub type DateTime = chrono::DateTime<chrono::Utc>;

/// Makes a text scalar from a parser: the type, its GraphQL scalar, and its place in JSON.
macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident, $parse:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses the text, and normalises it.
            ///
            /// # Errors
            /// One sentence that says what is wrong and what would be right.
            pub fn parse(text: &str) -> Result<Self, String> {
                let parse: fn(&str) -> Result<String, String> = $parse;
                parse(text).map(Self)
            }

            /// The normalised text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        #[async_graphql::Scalar]
        impl async_graphql::ScalarType for $name {
            fn parse(value: async_graphql::Value) -> async_graphql::InputValueResult<Self> {
                match value {
                    async_graphql::Value::String(text) => Self::parse(&text).map_err(async_graphql::InputValueError::custom),
                    _ => Err(async_graphql::InputValueError::custom("This must be text in quotes.")),
                }
            }

            fn to_value(&self) -> async_graphql::Value {
                async_graphql::Value::String(self.0.clone())
            }
        }
    };
}
pub(crate) use text_scalar;
