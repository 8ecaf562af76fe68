use chrono::NaiveDate;
use toml::value::Datetime;

use super::problem::{PackProblem, byte_in, read_toml};
use super::source::{
    AnswerText, CheckText, GrantText, NeedsText, PackText, ReviewText, RowText, RuleText, Written,
    date,
};
use super::text::Text;
use super::{Answer, Check, CheckedRule, Grant, Near, Review, Row, RulePack, Unit};
use crate::engine::expression::{Checker, ExpressionError, FactSet, Frame, NodeId, Value};
use crate::engine::jurisdiction::Zones;
use crate::engine::rule::{Across, Rule, contradictions};
use crate::engine::vocabulary::{ENTRIES, FactType, Slots, slot};

/// The longest file of a pack, in bytes.
const MAX_BYTES: usize = 256 * 1024;

impl RulePack {
    /// Reads a pack and checks every expression in it against the vocabulary and the zones.
    ///
    /// # Errors
    /// Everything that is wrong with it, with rule, line and column; one problem when it cannot be read at all.
    pub(crate) fn read(text: &str, zones: &Zones) -> Result<Self, Vec<PackProblem>> {
        if text.len() > MAX_BYTES {
            let message = format!(
                "The file has {} bytes; at most {MAX_BYTES} are allowed.",
                text.len()
            );
            return Err(vec![PackProblem::of("", None, message)]);
        }
        let written: PackText = read_toml("", text).map_err(|problem| vec![problem])?;
        let mut loader = Loader {
            text,
            pack: written.id.clone(),
            rule: None,
            checker: Checker::new(zones),
            problems: Vec::new(),
        };
        let read = loader.pack(written);
        let Loader {
            checker,
            mut problems,
            ..
        } = loader;
        let Some(mut pack) = read.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        pack.program = checker.finish();
        problems.extend(periods(&pack));
        if !problems.is_empty() {
            return Err(problems);
        }
        index_by_kind(&mut pack, zones);
        Ok(pack)
    }
}

/// Collects what is wrong, so that everything is said at once.
struct Loader<'a> {
    text: &'a str,
    pack: String,
    rule: Option<String>,
    checker: Checker<'a>,
    problems: Vec<PackProblem>,
}

impl Loader<'_> {
    fn problem(&mut self, at: usize, message: impl Into<String>) {
        let problem = PackProblem::of(&self.pack, self.rule.as_deref(), message);
        self.problems.push(problem.at(self.text, at));
    }

    fn noted<T>(&mut self, written: &Written, result: Result<T, ExpressionError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let byte = byte_in(self.text, &written.span(), written.get_ref(), error.offset);
                self.problem(byte, error.message);
                None
            }
        }
    }

    fn condition(&mut self, written: &Written) -> Option<NodeId> {
        let result = self.checker.condition(written.get_ref());
        self.noted(written, result)
    }

    fn number(&mut self, written: &Written) -> Option<NodeId> {
        let result = self.checker.number(written.get_ref());
        self.noted(written, result)
    }

    fn sentence(&mut self, written: &Written) -> Option<Text> {
        let result = Text::read(&mut self.checker, written.get_ref());
        self.noted(written, result)
    }

    /// A condition that may be left out; `None` when it is there and wrong.
    #[expect(
        clippy::option_option,
        reason = "left out and wrong are different things"
    )]
    fn optional(&mut self, written: Option<&Written>) -> Option<Option<NodeId>> {
        match written {
            None => Some(None),
            Some(written) => self.condition(written).map(Some),
        }
    }

    fn pack(&mut self, written: PackText) -> Option<RulePack> {
        for definition in &written.define {
            let result = self
                .checker
                .define(definition.name.get_ref(), definition.is.get_ref());
            self.noted(&definition.is, result);
        }
        let pays_once = self.optional(written.pays_once_and_starts_here.as_ref());
        let answers: Vec<_> = written
            .answer
            .iter()
            .map(|answer| self.answer(answer))
            .collect();
        Some(RulePack {
            id: written.id,
            title: written.title,
            version: written.version,
            regime: written.regime,
            status: written.status,
            pays_once: pays_once?,
            answers: answers.into_iter().collect::<Option<_>>()?,
            program: crate::engine::expression::Program::default(),
            active: (None, None),
        })
    }

    fn answer(&mut self, written: &AnswerText) -> Option<Answer> {
        self.rule = None;
        let territory = self.optional(written.territory.as_ref());
        let scope = self.checks(&written.scope);
        let reviews = self.reviews(&written.review);
        let near = match &written.near {
            None => Some(None),
            Some(near) => self.number(&near.value).map(|value| {
                Some(Near {
                    value,
                    limits: near.limits.clone(),
                })
            }),
        };
        let rules: Vec<_> = written.rule.iter().map(|rule| self.rule(rule)).collect();
        Some(Answer {
            name: written.name.clone(),
            speaks: written.speaks,
            territory: territory?,
            scope: scope?,
            reviews: reviews?,
            near: near?,
            rules: rules.into_iter().collect::<Option<_>>()?,
            by_kind: Vec::new(),
        })
    }

    fn rule(&mut self, written: &RuleText) -> Option<CheckedRule> {
        self.rule = Some(written.id.get_ref().clone());
        let at = written.id.span().start;
        let rule = self.dated(written, at);
        let fits = self.condition(&written.fits);
        let if_unclear = written
            .if_unclear
            .as_ref()
            .and_then(|text| self.sentence(text));
        let needs = written.needs.as_ref().map(|needs| self.needs(needs));
        let if_unmeasured = written
            .needs
            .as_ref()
            .and_then(|needs| self.sentence(&needs.otherwise));
        let checks = self.checks(&written.check);
        let why = self.sentence(&written.why);
        let if_nothing = written
            .if_nothing
            .as_ref()
            .and_then(|text| self.sentence(text));
        let reviews = self.reviews(&written.review);
        let grants: Vec<_> = written
            .grant
            .iter()
            .map(|grant| self.grant(grant, at))
            .collect();
        Some(CheckedRule {
            rule: rule?,
            fits: fits?,
            if_unclear,
            needs: needs.unwrap_or_default(),
            if_unmeasured,
            checks: checks?,
            why: why?,
            if_nothing,
            reviews: reviews?,
            grants: grants.into_iter().collect::<Option<_>>()?,
        })
    }

    fn dated(&mut self, written: &RuleText, at: usize) -> Option<Rule> {
        let effective_from = self.day(written.effective_from, at)?;
        let effective_to = match written.effective_to {
            None => None,
            Some(day) => Some(self.day(day, at)?),
        };
        if effective_to.is_some_and(|last| last < effective_from) {
            self.problem(
                at,
                "The rule ends before it begins; `effective_to` is the last day it decides.",
            );
            return None;
        }
        Some(Rule {
            id: written.id.get_ref().clone(),
            version: written.version,
            effective_from,
            effective_to,
            source: written.source.clone(),
        })
    }

    fn day(&mut self, written: Datetime, at: usize) -> Option<NaiveDate> {
        let day = date(written);
        if day.is_none() {
            self.problem(
                at,
                format!("{written} is no day; write one like 2025-01-22."),
            );
        }
        day
    }

    fn needs(&mut self, written: &NeedsText) -> FactSet {
        let mut needs = FactSet::NONE;
        for fact in &written.facts {
            // A slot reads its own fact as open when nothing is known about the case.
            let open = slot(fact.get_ref()).map(crate::engine::vocabulary::missing);
            match open {
                Some(set) if !set.is_empty() => needs = needs.with(set),
                Some(_) => self.problem(
                    fact.span().start,
                    format!("`{}` is always known.", fact.get_ref()),
                ),
                None => self.problem(
                    fact.span().start,
                    format!("There is no fact `{}`.", fact.get_ref()),
                ),
            }
        }
        needs
    }

    fn checks(&mut self, written: &[CheckText]) -> Option<Vec<Check>> {
        let checks: Vec<_> = written.iter().map(|check| self.check(check)).collect();
        checks.into_iter().collect()
    }

    fn check(&mut self, written: &CheckText) -> Option<Check> {
        let because = self.sentence(&written.because);
        let (condition, ends_when) = match (&written.require, &written.unless) {
            (Some(condition), None) => (condition, false),
            (None, Some(condition)) => (condition, true),
            _ => {
                let message = "A check has either `require` or `unless`, and one of them.";
                self.problem(written.because.span().start, message);
                return None;
            }
        };
        Some(Check {
            condition: self.condition(condition)?,
            ends_when,
            because: because?,
            review: written.review,
        })
    }

    fn reviews(&mut self, written: &[ReviewText]) -> Option<Vec<Review>> {
        let reviews: Vec<_> = written
            .iter()
            .map(|review| {
                let when = self.condition(&review.when)?;
                Some(Review {
                    when,
                    reason: review.reason,
                })
            })
            .collect();
        reviews.into_iter().collect()
    }

    fn grant(&mut self, written: &GrantText, at: usize) -> Option<Grant> {
        if written.row.is_empty() == written.item.is_empty() {
            self.problem(at, "A grant has either rows with amounts or items of care.");
            return None;
        }
        let unit = match &written.currency {
            None => Some(Unit::AsPaid),
            Some(currency) => self.unit(currency),
        };
        let rows: Vec<_> = written.row.iter().map(|row| self.row(row)).collect();
        let items: Vec<_> = written
            .item
            .iter()
            .map(|item| Some((item.give, self.optional(item.when.as_ref())?)))
            .collect();
        Some(Grant {
            kind: written.kind,
            unit: unit?,
            cash_required: written.cash_required,
            is_choice: written.passenger_chooses,
            rows: rows.into_iter().collect::<Option<_>>()?,
            items: items.into_iter().collect::<Option<_>>()?,
            basis: written.basis.clone(),
            due: written.due,
        })
    }

    fn unit(&mut self, written: &Written) -> Option<Unit> {
        match written.get_ref().as_str() {
            "as paid" => Some(Unit::AsPaid),
            "as claimed" => Some(Unit::AsClaimed),
            code => match code.parse() {
                Ok(code) => Some(Unit::Currency(code)),
                Err(error) => {
                    let message =
                        format!("{error}; write a currency, \"as paid\" or \"as claimed\".");
                    self.problem(written.span().start, message);
                    None
                }
            },
        }
    }

    fn row(&mut self, written: &RowText) -> Option<Row> {
        let when = self.optional(written.when.as_ref());
        let amount = self.number(&written.amount);
        Some(Row {
            when: when?,
            amount: amount?,
            basis: written.basis.clone(),
            due: written.due,
        })
    }
}

/// On no day do two versions of one rule decide, and a later version rises.
fn periods(pack: &RulePack) -> Vec<PackProblem> {
    let rules: Vec<_> = pack.rules().collect();
    contradictions(&rules, Across::OnePack)
        .into_iter()
        .map(|(id, message)| PackProblem::of(&pack.id, Some(&id), message))
        .collect()
}

/// A rule that cannot fit a kind of event, whatever else is known, is not asked about it.
fn index_by_kind(pack: &mut RulePack, zones: &Zones) {
    let kind = slot("event.kind").unwrap_or_default();
    let FactType::Word(kinds) = ENTRIES[usize::from(kind)].kind else {
        return;
    };
    let numbers = 1..=i64::try_from(kinds.len()).unwrap_or_default();
    let mut indexes: Vec<Vec<Vec<u16>>> = vec![Vec::new(); pack.answers.len()];
    for number in numbers {
        let slots = Slots::only(kind, Value::known(number));
        let frame = Frame::new(&pack.program, &slots, zones);
        for (answer, index) in pack.answers.iter().zip(&mut indexes) {
            let rules = answer.rules.iter().zip(0_u16..);
            let fitting = rules.filter(|(rule, _)| !frame.value(rule.fits).is_no());
            index.push(fitting.map(|(_, place)| place).collect());
        }
    }
    for (answer, index) in pack.answers.iter_mut().zip(indexes) {
        answer.by_kind = index;
    }
}
