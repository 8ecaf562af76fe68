//! Checking an input whole: every field that cannot be right is named, not only the first.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{
    ID, InputType, InputValueError, InputValueResult, MaybeUndefined, Value, registry::Registry,
};
use schema_kernel::{
    Actor, ActorKind,
    id::{self, TypedId},
    problem::{FieldProblem, InvalidInput},
    scalar::{CountryCode, Date, EmailAddress, IataAirport, LanguageTag, PhoneNumber},
};
use serde::{Serialize, Serializer};

/// A value that can be read from text, or says what is wrong.
pub trait Parse: InputType {
    /// The standard that says how the text looks.
    const RULE: &'static str;

    /// Reads the text.
    ///
    /// # Errors
    /// One sentence that says what is wrong and what would be right.
    fn read(text: &str) -> Result<Self, String>;
}

macro_rules! parsed_by_scalar {
    ($($scalar:ident by $rule:literal;)*) => {$(
        impl Parse for $scalar {
            const RULE: &'static str = $rule;

            fn read(text: &str) -> Result<Self, String> {
                Self::parse(text)
            }
        }
    )*};
}

parsed_by_scalar! {
    CountryCode by "ISO 3166-1 alpha-2";
    EmailAddress by "RFC 5321 mailbox";
    IataAirport by "IATA location identifier";
    LanguageTag by "BCP 47";
    PhoneNumber by "ITU-T E.164";
}

impl Parse for Date {
    const RULE: &'static str = "ISO 8601 calendar date";

    fn read(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| "A date is written year, month, day, like \"1984-02-29\", and exists in the calendar.".to_owned())
    }
}

/// An argument that the schema declares as the scalar `T` and that is checked by the verb, together with all others: a
/// scalar that checks itself stops at the first mistake and cannot say where in the input it was.
#[derive(Clone, Debug)]
pub struct Unchecked<T>(String, PhantomData<fn() -> T>);

impl<T> Unchecked<T> {
    /// The text as it came.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl<T> Serialize for Unchecked<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Parse> InputType for Unchecked<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => Ok(Self(text, PhantomData)),
            _ => Err(InputValueError::custom("This must be text in quotes.")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

/// The problems of one input, in the order they were found.
#[derive(Default)]
pub(crate) struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Notes a problem at `path`: `"input.birthDate"`.
    pub(crate) fn refuse(&mut self, path: &str, message: impl Into<String>, rule: &str) {
        self.0.push(FieldProblem::at(path, message).by(rule));
    }

    /// The value, or a note of what is wrong with it.
    pub(crate) fn take<T>(
        &mut self,
        path: &str,
        rule: &str,
        value: Result<T, String>,
    ) -> Option<T> {
        value
            .map_err(|message| self.refuse(path, message, rule))
            .ok()
    }

    /// The value that `text` stands for, or a note of what is wrong with it.
    pub(crate) fn read<T: Parse>(&mut self, path: &str, text: &Unchecked<T>) -> Option<T> {
        self.take(path, T::RULE, T::read(text.text()))
    }

    /// The same for a value that may be left out.
    pub(crate) fn read_optional<T: Parse>(
        &mut self,
        path: &str,
        text: Option<&Unchecked<T>>,
    ) -> Option<T> {
        text.and_then(|text| self.read(path, text))
    }

    /// The id, or a note that it cannot be one.
    pub(crate) fn id<Id: TypedId>(&mut self, path: &str, id: &ID) -> Option<Id> {
        let read = id::try_read(id);
        if read.is_none() {
            self.refuse(
                path,
                format!(
                    "This is not the id of a {}; ids are taken as they were given.",
                    Id::KIND
                ),
                "identifier",
            );
        }
        read
    }

    /// The same for an id that may be left out.
    pub(crate) fn optional_id<Id: TypedId>(&mut self, path: &str, id: Option<&ID>) -> Option<Id> {
        id.and_then(|id| self.id(path, id))
    }

    /// Notes the fields that are set though only staff set them; each comes with whether it is set.
    pub(crate) fn staff_only<'a>(
        &mut self,
        actor: &Actor,
        fields: impl IntoIterator<Item = (&'a str, bool)>,
    ) {
        if matches!(actor.kind(), ActorKind::Staff | ActorKind::Service) {
            return;
        }
        for (path, _) in fields.into_iter().filter(|(_, is_set)| *is_set) {
            self.refuse(
                path,
                "Only the airline's staff set this. Leave it out.",
                "set by staff",
            );
        }
    }

    /// Notes that a field cannot be emptied.
    pub(crate) fn emptied(&mut self, path: &str) {
        self.refuse(
            path,
            "This field cannot be emptied. Leave it out to keep it as it is.",
            "required field",
        );
    }

    /// Puts a value that can be replaced but not emptied, as `change` asks.
    pub(crate) fn require<T>(
        &mut self,
        path: &str,
        change: MaybeUndefined<T>,
        put: impl FnOnce(T),
    ) {
        match change {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => self.emptied(path),
            MaybeUndefined::Value(value) => put(value),
        }
    }

    /// Puts a value where it belongs, or empties the place, or leaves it, as `change` asks.
    pub(crate) fn replace<T, Stored>(
        &mut self,
        path: &str,
        change: &MaybeUndefined<Unchecked<T>>,
        place: &mut Option<Stored>,
    ) where
        T: Parse,
        Stored: From<T>,
    {
        match change {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => *place = None,
            MaybeUndefined::Value(text) => {
                if let Some(value) = self.read(path, text) {
                    *place = Some(value.into());
                }
            }
        }
    }

    /// `value` when nothing is wrong. A missing value stands for one whose problem has been noted.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, InvalidInput> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(InvalidInput::of(self.0)),
        }
    }
}
