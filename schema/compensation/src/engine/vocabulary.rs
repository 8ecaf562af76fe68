//! The facts that a condition can name: the one table of their names, types and meanings.

use chrono::NaiveDate;

use super::code::{AirportCode, CountryCode};
use super::expression::{FactSet, Value};
use super::fact::{Fact, FactName};
use super::facts::{Airport, CaseFacts, Rerouting};

mod blank;
mod table;
mod word;

pub(crate) use table::ENTRIES;
pub(crate) use word::Worded;

/// What sort of value a fact has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactType {
    /// Yes or no.
    Truth,
    /// A whole number in the unit of the entry.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A country by its ISO 3166-1 alpha-2 code.
    Country,
    /// An airport; it lies in zones or outside of them.
    Place,
}

/// One fact of the vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct VocabularyEntry {
    /// How conditions call it.
    pub name: &'static str,
    /// What sort of value it has.
    pub kind: FactType,
    /// The unit of a number; empty for everything else.
    pub unit: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    pub(crate) read: fn(&Reading<'_>) -> Value,
}

/// Every fact that a condition can name, in order of slots.
pub fn vocabulary() -> &'static [VocabularyEntry] {
    ENTRIES
}

/// A case with what is computed once for it.
pub(crate) struct Reading<'a> {
    pub(crate) facts: &'a CaseFacts,
    journey_metres: u32,
    flight_metres: u32,
}

/// The values of all facts of one case.
pub(crate) struct Slots {
    values: [Value; ENTRIES.len()],
    day: NaiveDate,
    metres: u32,
}

impl Slots {
    /// Reads every fact of a case once.
    pub(crate) fn of(facts: &CaseFacts) -> Self {
        let journey_metres = facts.journey.metres();
        let reading = Reading {
            facts,
            journey_metres,
            flight_metres: facts
                .flight
                .as_ref()
                .map_or(journey_metres, super::facts::Journey::metres),
        };
        let mut values = [Value::NO; ENTRIES.len()];
        for (value, entry) in values.iter_mut().zip(ENTRIES) {
            *value = (entry.read)(&reading);
        }
        Self {
            values,
            day: facts.event.incident_on,
            metres: journey_metres,
        }
    }

    /// Nothing is known but the value of one slot.
    pub(crate) fn only(slot: u16, value: Value) -> Self {
        let nothing = Value::between(i64::MIN, i64::MAX, FactSet::NONE);
        let mut values = [nothing; ENTRIES.len()];
        for (open, entry) in values.iter_mut().zip(ENTRIES) {
            if entry.kind == FactType::Truth {
                *open = Value::undecided(FactSet::NONE);
            }
        }
        values[usize::from(slot)] = value;
        Self {
            values,
            day: NaiveDate::MIN,
            metres: 0,
        }
    }

    pub(crate) fn value(&self, slot: u16) -> Value {
        self.values[usize::from(slot)]
    }

    pub(crate) fn day(&self) -> NaiveDate {
        self.day
    }

    pub(crate) fn metres(&self) -> u32 {
        self.metres
    }
}

/// The slot of a fact.
pub(crate) fn slot(name: &str) -> Option<u16> {
    let index = ENTRIES.iter().position(|entry| entry.name == name)?;
    u16::try_from(index).ok()
}

/// A case of which nothing is said, and one of which everything is.
#[cfg(test)]
pub(crate) fn told() -> [CaseFacts; 2] {
    [blank::case(), blank::full()]
}

/// The facts that a slot waits for when nothing is known.
pub(crate) fn missing(slot: u16) -> FactSet {
    Slots::of(&blank::case()).value(slot).open
}

/// No delay, notice or offer that anybody decides about is longer; beyond it a number is read as this.
const MINUTES: i64 = 1_000_000_000;

fn minutes(fact: Fact<i64>, name: FactName) -> Value {
    match fact {
        Fact::Known(minutes) => Value::known(minutes.clamp(-MINUTES, MINUTES)),
        Fact::Unknown => Value::between(-MINUTES, MINUTES, FactSet::of(name)),
    }
}

/// Money and counts are never negative.
fn amount(fact: Fact<i64>, name: FactName) -> Value {
    match fact {
        Fact::Known(amount) => Value::known(amount.max(0)),
        Fact::Unknown => Value::between(0, i64::MAX, FactSet::of(name)),
    }
}

fn truth(fact: Fact<bool>, name: FactName) -> Value {
    match fact {
        Fact::Known(answer) => answer.into(),
        Fact::Unknown => Value::undecided(FactSet::of(name)),
    }
}

fn word<T: Worded>(fact: Fact<T>, name: FactName) -> Value {
    match fact {
        Fact::Known(value) => Value::known(value.number()),
        Fact::Unknown => Value::between(0, i64::MAX, FactSet::of(name)),
    }
}

fn word_or_none<T: Worded>(value: Option<T>) -> Value {
    Value::known(value.map_or(0, Worded::number))
}

fn country(fact: Fact<CountryCode>, name: FactName) -> Value {
    match fact {
        Fact::Known(country) => Value::known(country_number(country)),
        Fact::Unknown => Value::between(0, i64::MAX, FactSet::of(name)),
    }
}

fn place(airport: &Airport) -> Value {
    Value::known(place_number(airport.country, airport.iata))
}

/// Whether other travel was offered.
fn offered(fact: Fact<Option<Rerouting>>) -> Value {
    match fact {
        Fact::Known(offer) => offer.is_some().into(),
        Fact::Unknown => Value::undecided(FactSet::of(FactName::Rerouting)),
    }
}

/// A time of the offer; 0 where there is none, so that conditions ask first whether there is one.
fn of_offer(fact: Fact<Option<Rerouting>>, time: fn(&Rerouting) -> i64) -> Value {
    let fact = match fact {
        Fact::Known(offer) => Fact::Known(offer.as_ref().map_or(0, time)),
        Fact::Unknown => Fact::Unknown,
    };
    minutes(fact, FactName::Rerouting)
}

/// A country as a number.
pub(crate) fn country_number(country: CountryCode) -> i64 {
    let [first, second] = country.bytes();
    i64::from(first) << 8 | i64::from(second)
}

/// An airport and its country as a number.
pub(crate) fn place_number(country: CountryCode, iata: AirportCode) -> i64 {
    let letters = iata.bytes();
    let code = letters
        .iter()
        .fold(0, |code, letter| code << 8 | i64::from(*letter));
    country_number(country) << 24 | code
}

/// The country in the number of an airport.
pub(crate) fn country_of(place: i64) -> i64 {
    place >> 24
}

/// The code in the number of an airport.
pub(crate) fn airport_of(place: i64) -> [u8; 3] {
    let [.., first, second, third] = place.to_be_bytes();
    [first, second, third]
}
