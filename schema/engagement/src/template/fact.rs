use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entities::engagement::notification::Kind;
use serde::{Deserialize, Serialize};

use super::catalogue::{VariableKind, variables};

/// The value of one variable, as it is stored. Never a name, never an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    content = "value",
    rename_all = "SCREAMING_SNAKE_CASE",
    rename_all_fields = "snake_case"
)]
pub enum Fact {
    /// It is not known, or there is none.
    Nothing,
    /// A code or an identifier that reads the same in every language: `EK46`.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// An amount.
    Money {
        /// In minor units.
        amount_minor: i64,
        /// ISO 4217.
        currency: String,
    },
    /// An instant, shown by the clocks of an airport.
    Instant {
        /// The instant.
        at: DateTime<Utc>,
        /// The airport's IATA code.
        airport: String,
    },
    /// How long, in minutes.
    Minutes(i64),
    /// An airport, by its IATA code.
    Place(String),
}

impl Fact {
    /// A text that may be missing.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }

    /// A number of minutes that may be missing.
    pub fn minutes(minutes: Option<impl Into<i64>>) -> Self {
        minutes.map_or(Self::Nothing, |minutes| Self::Minutes(minutes.into()))
    }

    fn is_a(&self, kind: VariableKind) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(_) => matches!(kind, VariableKind::Text | VariableKind::Code),
            Self::Flag(_) => kind == VariableKind::Flag,
            Self::Money { .. } => kind == VariableKind::Money,
            Self::Instant { .. } => kind == VariableKind::Instant,
            Self::Minutes(_) => kind == VariableKind::Minutes,
            Self::Place(_) => kind == VariableKind::Place,
        }
    }
}

/// The values of a template's variables, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<String, Fact>);

/// Facts that are not those of their template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the facts of {kind:?} are wrong in `{variable}`")]
pub struct FactsError {
    kind: Kind,
    variable: String,
}

impl Facts {
    /// With one more value.
    #[must_use]
    pub fn with(mut self, name: &str, fact: Fact) -> Self {
        self.0.insert(name.to_owned(), fact);
        self
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.0.get(name)
    }

    /// All values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.0.iter().map(|(name, fact)| (name.as_str(), fact))
    }

    /// The IATA codes of the airports that are named.
    pub fn airports(&self) -> Vec<String> {
        let mut codes: Vec<String> = self
            .0
            .values()
            .filter_map(|fact| match fact {
                Fact::Instant { airport, .. } | Fact::Place(airport) => Some(airport.clone()),
                _ => None,
            })
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Whether they are those that the template of `kind` declares: each of them, of its type, and no other.
    ///
    /// # Errors
    /// With the first that is wrong.
    pub fn check(&self, kind: Kind) -> Result<(), FactsError> {
        let wrong = |variable: &str| FactsError {
            kind,
            variable: variable.to_owned(),
        };
        let declared = variables(kind);
        for variable in declared {
            let fact = self
                .0
                .get(variable.name)
                .ok_or_else(|| wrong(variable.name))?;
            let is_missing = *fact == Fact::Nothing && !variable.is_optional;
            if is_missing || !fact.is_a(variable.kind) {
                return Err(wrong(variable.name));
            }
        }
        let is_known = |name: &str| declared.iter().any(|variable| variable.name == name);
        match self.0.keys().find(|name| !is_known(name)) {
            Some(unknown) => Err(wrong(unknown)),
            None => Ok(()),
        }
    }
}

/// What is known of an airport.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The city, in English.
    pub city: Option<String>,
    /// The IANA time zone.
    pub time_zone: Option<String>,
}

/// Airports by IATA code.
pub type Places = BTreeMap<String, Place>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::catalogue::sample;

    #[test]
    fn facts_are_those_that_the_template_declares() {
        let facts = sample(Kind::ClaimPaid);
        assert_eq!(facts.check(Kind::ClaimPaid), Ok(()));
        assert!(facts.check(Kind::CaseOpened).is_err());
        let more = facts.clone().with("iban", Fact::Text("x".to_owned()));
        assert_eq!(more.check(Kind::ClaimPaid).unwrap_err().variable, "iban");
        let other = facts.with("amount", Fact::Flag(true));
        assert_eq!(other.check(Kind::ClaimPaid).unwrap_err().variable, "amount");
    }

    #[test]
    fn what_is_stored_reads_back() {
        let facts = sample(Kind::RightsNotice);
        let stored = serde_json::to_value(&facts).unwrap();
        assert_eq!(serde_json::from_value::<Facts>(stored).unwrap(), facts);
    }
}
