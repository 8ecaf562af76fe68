use chrono::{DateTime, Utc};
use entities::engagement::notification::Kind;

use super::fact::{Fact, Facts};

/// The type of a variable: how its value is written in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// Something that reads the same in every language.
    Text,
    /// A code that the template asks about and does not show.
    Code,
    /// Yes or no, which the template asks about.
    Flag,
    /// An amount with its currency.
    Money,
    /// A date and a time, by the clocks of an airport where its time zone is known, else in UTC.
    Instant,
    /// A duration in hours and minutes.
    Minutes,
    /// An airport: its city where that is known, and its code.
    Place,
}

/// One variable that a template may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub kind: VariableKind,
    /// Whether it may have no value; the template then asks first.
    pub is_optional: bool,
}

const fn needed(name: &'static str, kind: VariableKind) -> Variable {
    Variable {
        name,
        kind,
        is_optional: false,
    }
}

const fn optional(name: &'static str, kind: VariableKind) -> Variable {
    Variable {
        name,
        kind,
        is_optional: true,
    }
}

const JOURNEY: &[Variable] = &[
    needed("flight", VariableKind::Text),
    needed("disruption", VariableKind::Code),
    needed("origin", VariableKind::Place),
    needed("destination", VariableKind::Place),
    needed("departs_at", VariableKind::Instant),
    optional("delay", VariableKind::Minutes),
    optional("advance", VariableKind::Minutes),
    needed("is_connection_missed", VariableKind::Flag),
    needed("is_correction", VariableKind::Flag),
];

const RIGHTS: &[Variable] = &[
    needed("flight", VariableKind::Text),
    needed("disruption", VariableKind::Code),
    needed("origin", VariableKind::Place),
    needed("destination", VariableKind::Place),
    needed("departs_at", VariableKind::Instant),
    optional("delay", VariableKind::Minutes),
    optional("advance", VariableKind::Minutes),
    needed("is_connection_missed", VariableKind::Flag),
    needed("is_correction", VariableKind::Flag),
    needed("is_under_eu", VariableKind::Flag),
    needed("is_under_uk", VariableKind::Flag),
    optional("eu_body", VariableKind::Text),
];

const RESTORED: &[Variable] = &[
    needed("flight", VariableKind::Text),
    needed("origin", VariableKind::Place),
    needed("destination", VariableKind::Place),
    needed("departs_at", VariableKind::Instant),
];

const CLAIM: &[Variable] = &[
    optional("flight", VariableKind::Text),
    needed("entitlement", VariableKind::Code),
    needed("amount", VariableKind::Money),
    optional("basis", VariableKind::Text),
];

const CASE: &[Variable] = &[needed("reference", VariableKind::Text)];

const BAGGAGE: &[Variable] = &[
    needed("reference", VariableKind::Text),
    needed("day", VariableKind::Text),
];

/// What the template of `kind` may name.
pub fn variables(kind: Kind) -> &'static [Variable] {
    match kind {
        Kind::RightsNotice => RIGHTS,
        Kind::JourneyDisrupted => JOURNEY,
        Kind::RightsNoticeWithdrawn | Kind::JourneyRestored => RESTORED,
        Kind::ClaimOpened
        | Kind::ClaimApproved
        | Kind::ClaimRefused
        | Kind::ClaimPaid
        | Kind::ClaimWithdrawn => CLAIM,
        Kind::CaseOpened | Kind::CaseAnswered | Kind::CaseWaiting | Kind::CaseResolved => CASE,
        Kind::BaggageComplaintDue | Kind::BaggageDeemedLost => BAGGAGE,
    }
}

/// Facts to show a template with.
pub(crate) fn sample(kind: Kind) -> Facts {
    variables(kind)
        .iter()
        .fold(Facts::default(), |facts, variable| {
            facts.with(variable.name, sample_of(variable))
        })
}

fn sample_of(variable: &Variable) -> Fact {
    let text = |text: &str| Fact::Text(text.to_owned());
    match (variable.kind, variable.name) {
        (VariableKind::Text, "reference") => text("CAS-7K2M9QXA"),
        (VariableKind::Text, "day") => text("2026-12-11"),
        (VariableKind::Text, "basis") => text("Art 7(1)(c)"),
        (VariableKind::Text, "eu_body") => text("Luftfahrt-Bundesamt, www.lba.de"),
        (VariableKind::Text, _) => text("EK46"),
        (VariableKind::Code, "entitlement") => text("COMPENSATION"),
        (VariableKind::Code, _) => text("DELAY"),
        (VariableKind::Flag, name) => Fact::Flag(name == "is_under_eu"),
        (VariableKind::Money, _) => Fact::Money {
            amount_minor: 60_000,
            currency: "EUR".to_owned(),
        },
        (VariableKind::Instant, _) => Fact::Instant {
            at: DateTime::<Utc>::from_timestamp(1_795_183_500, 0).unwrap_or_default(),
            airport: "FRA".to_owned(),
        },
        (VariableKind::Minutes, "delay") => Fact::Minutes(245),
        (VariableKind::Minutes, _) => Fact::Nothing,
        (VariableKind::Place, "destination") => Fact::Place("DXB".to_owned()),
        (VariableKind::Place, _) => Fact::Place("FRA".to_owned()),
    }
}
