//! A body of law as a file: dated rules over the vocabulary, each amount with its article.
//!
//! `source` is the file as a lawyer reads it, `load` checks it and turns it into what this module describes, and
//! `decide` asks it about one case.

mod decide;
mod load;
mod problem;
mod source;
mod text;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::assessment::{CareItem, EntitlementKind, Regime, ReviewReason};
use super::calendar::Deadline;
use super::code::CurrencyCode;
use super::expression::{FactSet, NodeId, Program};
use super::rule::Rule;

pub(crate) use decide::{Asked, Witness};
pub use problem::PackProblem;
pub(crate) use problem::read_toml;
pub(crate) use source::date;
use text::Text;

/// Whether a pack answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackStatus {
    /// It answers for the days on which its rules are in force.
    Enabled,
    /// It is checked and kept, and never answers.
    Disabled,
}

/// One version of a body of law, checked and ready to answer.
#[derive(Debug, Clone)]
pub struct RulePack {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) version: u32,
    pub(crate) regime: Regime,
    pub(crate) status: PackStatus,
    pub(crate) answers: Vec<Answer>,
    /// Where compensation is paid once for several bodies of law: whether the journey starts in this one's territory.
    pub(crate) pays_once: Option<NodeId>,
    pub(crate) program: Program,
    /// First and last day of incidents for which this version of the pack answers; open where nothing else is said.
    pub(crate) active: (Option<NaiveDate>, Option<NaiveDate>),
}

impl RulePack {
    /// Whether it answers for incidents of that day.
    pub fn answers_on(&self, day: NaiveDate) -> bool {
        let (from, to) = self.active;
        self.status == PackStatus::Enabled
            && from.is_none_or(|first| first <= day)
            && to.is_none_or(|last| day <= last)
    }

    /// Stable name, for example `EU261`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The version of the file.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The regime it answers for.
    pub fn regime(&self) -> Regime {
        self.regime
    }

    /// Whether it answers.
    pub fn status(&self) -> PackStatus {
        self.status
    }

    /// Every rule it holds, in force or not.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let rules = self.answers.iter().flat_map(|answer| &answer.rules);
        rules.map(|rule| &rule.rule)
    }

    /// Every rule, cut to the days for which this version of the pack answers; those that never do are left out.
    pub(crate) fn rules_in_its_days(&self) -> impl Iterator<Item = Rule> {
        let (from, to) = self.active;
        let cut = move |rule: &Rule| {
            let first = from.map_or(rule.effective_from, |from| from.max(rule.effective_from));
            let last = match (rule.effective_to, to) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            let is_left = last.is_none_or(|last| first <= last);
            is_left.then(|| Rule {
                effective_from: first,
                effective_to: last,
                ..rule.clone()
            })
        };
        self.rules().filter_map(cut)
    }

    /// The first and the last day on which any of its rules decides; open at the end when one is still in force.
    pub fn period(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let first = self.rules().map(|rule| rule.effective_from).min();
        let last = self
            .rules()
            .map(|rule| rule.effective_to)
            .collect::<Option<Vec<_>>>();
        (first, last.and_then(|days| days.into_iter().max()))
    }
}

/// One question that a body of law answers, with the rules among which the first that fits speaks.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) name: String,
    pub(crate) speaks: Speaks,
    pub(crate) territory: Option<NodeId>,
    pub(crate) scope: Vec<Check>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) near: Option<Near>,
    pub(crate) rules: Vec<CheckedRule>,
    /// Which rules can fit an event, by the number of its kind.
    pub(crate) by_kind: Vec<Vec<u16>>,
}

/// When an answer is worth recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Speaks {
    /// Also to say that the journey is out of reach.
    Always,
    /// Only when the journey touches the territory.
    InTerritory,
    /// Only when something is due, or may be.
    WhenSomethingIsDue,
}

/// A rule with its conditions and what it grants.
#[derive(Debug, Clone)]
pub(crate) struct CheckedRule {
    pub(crate) rule: Rule,
    pub(crate) fits: NodeId,
    pub(crate) if_unclear: Option<Text>,
    pub(crate) needs: FactSet,
    pub(crate) if_unmeasured: Option<Text>,
    pub(crate) checks: Vec<Check>,
    pub(crate) why: Text,
    pub(crate) if_nothing: Option<Text>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) grants: Vec<Grant>,
}

/// Something that must be so, or must not, for a rule to grant anything.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    pub(crate) condition: NodeId,
    /// The answer of the condition that ends the matter.
    pub(crate) ends_when: bool,
    pub(crate) because: Text,
    pub(crate) review: Option<ReviewReason>,
}

/// A doubt that a person has to settle.
#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub(crate) when: NodeId,
    pub(crate) reason: ReviewReason,
}

/// Limits to which a distance may be so close that another model of the earth gives another amount.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) value: NodeId,
    pub(crate) limits: Vec<u32>,
}

/// One thing that is granted.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) kind: EntitlementKind,
    pub(crate) unit: Unit,
    pub(crate) cash_required: bool,
    pub(crate) is_choice: bool,
    pub(crate) rows: Vec<Row>,
    pub(crate) items: Vec<(CareItem, Option<NodeId>)>,
    pub(crate) basis: String,
    pub(crate) due: Option<Deadline>,
}

/// What an amount is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Currency(CurrencyCode),
    AsPaid,
    AsClaimed,
}

/// One row of a table of amounts; the first whose condition holds decides.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) when: Option<NodeId>,
    pub(crate) amount: NodeId,
    pub(crate) basis: String,
    pub(crate) due: Option<Deadline>,
}
