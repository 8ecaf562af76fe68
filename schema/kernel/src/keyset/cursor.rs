use std::{convert::Infallible, fmt::Write};

use async_graphql::connection::CursorType;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sea_orm::Value;
use uuid::Uuid;

use crate::{Error, Result};

/// The place of one row in a sorted list. Opaque to clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The value it is sorted by.
    pub key: CursorKey,
    /// The row's id, which breaks ties.
    pub id: Uuid,
}

/// What lists are sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CursorKey {
    /// An instant.
    Instant(DateTime<Utc>),
    /// A text.
    Text(String),
    /// A number, such as a priority.
    Number(i64),
    /// A calendar date, such as the last day to pay.
    Date(NaiveDate),
}

/// The kind of value that a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortedBy {
    /// Instants.
    Instant,
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Calendar dates.
    Date,
}

/// The longest cursor we give out: the longest text that a list is sorted by, twice for its spelling.
const LONGEST: usize = 4_096;

impl CursorKey {
    pub(super) fn kind(&self) -> SortedBy {
        match self {
            Self::Instant(_) => SortedBy::Instant,
            Self::Text(_) => SortedBy::Text,
            Self::Number(_) => SortedBy::Number,
            Self::Date(_) => SortedBy::Date,
        }
    }

    // Whether both databases can hold it.
    fn is_storable(&self) -> bool {
        match self {
            Self::Instant(instant) => (1..=9_999).contains(&instant.year()),
            Self::Date(date) => (1..=9_999).contains(&date.year()),
            Self::Text(text) => !text.contains('\0'),
            Self::Number(_) => true,
        }
    }

    pub(super) fn value(&self) -> Value {
        match self {
            Self::Instant(instant) => (*instant).into(),
            Self::Text(text) => text.clone().into(),
            Self::Number(number) => (*number).into(),
            Self::Date(date) => (*date).into(),
        }
    }
}

impl Cursor {
    /// The place of a row that is sorted by an instant.
    pub fn at(instant: DateTime<Utc>, id: impl Into<Uuid>) -> Self {
        Self {
            key: CursorKey::Instant(instant),
            id: id.into(),
        }
    }

    /// The place of a row that is sorted by a text.
    pub fn by_text(text: impl Into<String>, id: impl Into<Uuid>) -> Self {
        Self {
            key: CursorKey::Text(text.into()),
            id: id.into(),
        }
    }

    /// The place of a row that is sorted by a number.
    pub fn by_number(number: i64, id: impl Into<Uuid>) -> Self {
        Self {
            key: CursorKey::Number(number),
            id: id.into(),
        }
    }

    /// The place of a row that is sorted by a calendar date.
    pub fn by_date(date: NaiveDate, id: impl Into<Uuid>) -> Self {
        Self {
            key: CursorKey::Date(date),
            id: id.into(),
        }
    }

    /// Reads a cursor that a client sent back.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when we cannot have given it out.
    pub fn decode(text: &str) -> Result<Self> {
        Self::parse(text).ok_or_else(|| Error::bad_user_input("This cursor was not given out by this list; take it from `pageInfo` or `edges.cursor`."))
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (id, key) = text.split_at_checked(32)?;
        let id = Uuid::try_parse(id).ok()?;
        let (kind, value) = key.split_at_checked(1)?;
        let key = match kind {
            "i" => CursorKey::Instant(DateTime::from_timestamp_micros(value.parse().ok()?)?),
            "n" => CursorKey::Number(value.parse().ok()?),
            "d" => CursorKey::Date(value.parse().ok()?),
            "t" => CursorKey::Text(String::from_utf8(unhex(value)?).ok()?),
            _ => return None,
        };
        key.is_storable().then_some(Self { key, id })
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16)
                .ok()
                .filter(|_| pair.len() == 2)
        })
        .collect()
}

impl CursorType for Cursor {
    type Error = Infallible;

    // Cursors are read by `decode`, where a wrong one gets a message; this side is only asked for by the trait.
    fn decode_cursor(_: &str) -> Result<Self, Self::Error> {
        Ok(Self::by_number(0, Uuid::nil()))
    }

    fn encode_cursor(&self) -> String {
        let mut text = self.id.simple().to_string();
        match &self.key {
            CursorKey::Instant(instant) => {
                let _ = write!(text, "i{}", instant.timestamp_micros());
            }
            CursorKey::Number(number) => {
                let _ = write!(text, "n{number}");
            }
            CursorKey::Date(date) => {
                let _ = write!(text, "d{date}");
            }
            CursorKey::Text(value) => {
                text.push('t');
                for byte in value.bytes() {
                    let _ = write!(text, "{byte:02x}");
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_no_database_holds_was_not_given_out() {
        let id = "0".repeat(32);
        for key in [
            "t00".to_owned(),
            "t610062".to_owned(),
            "i8210266876799999999".to_owned(),
            "i-8334601228800000000".to_owned(),
            "d+262142-12-31".to_owned(),
            "d-0001-01-01".to_owned(),
            format!("t{}", "61".repeat(60_000)),
        ] {
            assert!(Cursor::decode(&format!("{id}{key}")).is_err(), "{key:.40}");
        }
    }

    proptest! {
        #[test]
        fn what_was_given_out_is_read_back(id in any::<u128>(), text in "[^\0]{0,200}", number in any::<i64>()) {
            for cursor in [Cursor::by_text(text.clone(), Uuid::from_u128(id)), Cursor::by_number(number, Uuid::from_u128(id))] {
                prop_assert_eq!(Cursor::decode(&cursor.encode_cursor()).unwrap(), cursor);
            }
        }

        #[test]
        fn nothing_a_client_sends_can_crash_it(text in ".*") {
            let _ = Cursor::decode(&text);
        }
    }
}
