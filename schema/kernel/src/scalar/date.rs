use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A calendar date: ISO 8601. Example: `"2026-11-20"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(pub NaiveDate);

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let refusal = || {
            InputValueError::custom(
                "A date is written as year, month and day, like \"2026-11-20\".",
            )
        };
        match value {
            Value::String(text) => text.parse().map(Self).map_err(|_| refusal()),
            _ => Err(refusal()),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}
