//! Asks one pack about one case.

use super::text::Text;
use super::{Answer, Check, CheckedRule, Grant, Review, Row, RulePack, Speaks, Unit};
use crate::engine::assessment::{Assessment, Entitlement, EntitlementKind, Flag, ReviewReason};
use crate::engine::code::CurrencyCode;
use crate::engine::expression::{FactSet, Frame, Value};
use crate::engine::facts::CaseFacts;
use crate::engine::inputs::Inputs;
use crate::engine::trace::{Step, StepOutcome};
use crate::engine::vocabulary::Worded;

/// Hears of every rule that is tried.
pub(crate) trait Witness {
    /// Whether it wants to hear also of the rules that cannot fit.
    const LISTENS: bool;

    fn note(&mut self, step: impl FnOnce() -> Step);
}

/// Nobody listens.
impl Witness for () {
    const LISTENS: bool = false;

    fn note(&mut self, _: impl FnOnce() -> Step) {}
}

impl Witness for Vec<Step> {
    const LISTENS: bool = true;

    fn note(&mut self, step: impl FnOnce() -> Step) {
        self.push(step());
    }
}

/// One case, as one pack is asked about it.
pub(crate) struct Asked<'a> {
    pub(crate) facts: &'a CaseFacts,
    pub(crate) inputs: &'a Inputs,
    pub(crate) frame: Frame<'a>,
}

/// What a rule grants to a passenger in scope.
#[derive(Default)]
struct Finding {
    why: String,
    entitlements: Vec<Entitlement>,
    missing: FactSet,
    review: Option<ReviewReason>,
}

impl RulePack {
    /// The pack's assessments of one case, one for each of its answers that has something to say.
    pub(crate) fn assess<W: Witness>(
        &self,
        asked: &Asked<'_>,
        witness: &mut W,
        assessments: &mut Vec<Assessment>,
    ) {
        for answer in &self.answers {
            if let Some(assessment) = self.answer(answer, asked, witness) {
                assessments.push(assessment);
            }
        }
    }

    fn answer<W: Witness>(
        &self,
        answer: &Answer,
        asked: &Asked<'_>,
        witness: &mut W,
    ) -> Option<Assessment> {
        let (rule, fits) = self.speaker(answer, asked, witness)?;
        let frame = &asked.frame;
        let mut note = |outcome, why: &dyn Fn() -> String| {
            witness.note(|| self.step(answer, rule, outcome, why()));
        };
        let is_outside = answer
            .territory
            .is_some_and(|territory| frame.value(territory).is_no());
        if is_outside && answer.speaks != Speaks::Always {
            note(StepOutcome::OutOfScope, &|| {
                "The journey does not touch its territory.".to_owned()
            });
            return None;
        }
        let gate = match weigh(&answer.scope, frame) {
            Ok(gate) => gate,
            Err(refused) => {
                note(StepOutcome::OutOfScope, &|| refused.because.fill(frame));
                return (answer.speaks != Speaks::WhenSomethingIsDue)
                    .then(|| self.refused(answer, rule, refused, asked));
            }
        };
        let finding = if fits.is_yes() {
            find(rule, asked)
        } else {
            unclear(rule, fits, frame)
        };
        let is_silent = finding.entitlements.is_empty()
            && finding.missing.is_empty()
            && finding.review.is_none();
        let outcome = StepOutcome::of(
            !finding.entitlements.is_empty(),
            !finding.missing.is_empty(),
        );
        note(outcome, &|| finding.why.clone());
        if is_silent && answer.speaks == Speaks::WhenSomethingIsDue {
            return None;
        }
        Some(self.framed(answer, rule, finding, gate, asked))
    }

    /// The first rule in force that fits the event, or may fit it.
    fn speaker<'p, W: Witness>(
        &'p self,
        answer: &'p Answer,
        asked: &Asked<'_>,
        witness: &mut W,
    ) -> Option<(&'p CheckedRule, Value)> {
        let day = asked.facts.event.incident_on;
        let kind = usize::try_from(asked.facts.event.kind.number() - 1).unwrap_or_default();
        let mut spoken = None;
        let all: Vec<u16>;
        let candidates = if W::LISTENS {
            all = (0_u16..).take(answer.rules.len()).collect();
            &all
        } else {
            answer.by_kind.get(kind)?
        };
        for place in candidates {
            let rule = &answer.rules[usize::from(*place)];
            if !rule.rule.is_in_force(day) {
                witness.note(|| {
                    self.step(
                        answer,
                        rule,
                        StepOutcome::NotInForce,
                        format!("{day} is not within its days."),
                    )
                });
                continue;
            }
            let fits = asked.frame.value(rule.fits);
            if fits.is_no() {
                witness.note(|| {
                    self.step(
                        answer,
                        rule,
                        StepOutcome::DoesNotFit,
                        "It is for another sort of event.".to_owned(),
                    )
                });
            } else if spoken.is_none() {
                spoken = Some((rule, fits));
                if !W::LISTENS {
                    break;
                }
            } else {
                witness.note(|| {
                    self.step(
                        answer,
                        rule,
                        StepOutcome::NotReached,
                        "A rule before it decides.".to_owned(),
                    )
                });
            }
        }
        spoken
    }

    fn step(&self, answer: &Answer, rule: &CheckedRule, outcome: StepOutcome, why: String) -> Step {
        Step {
            regime: self.regime,
            pack: self.id.clone(),
            answer: answer.name.clone(),
            rule_id: rule.rule.id.clone(),
            rule_version: rule.rule.version,
            outcome,
            why,
        }
    }

    fn blank(&self, answer: &Answer, rule: &CheckedRule, asked: &Asked<'_>) -> Assessment {
        Assessment {
            regime: self.regime,
            answer: answer.name.clone().into(),
            rule_id: rule.rule.id.clone().into(),
            rule_version: rule.rule.version,
            applies: true,
            why: String::new(),
            entitlements: Vec::new(),
            flags: Vec::new(),
            distance_metres: answer.near.as_ref().map(|_| asked.frame.slots().metres()),
            inputs_hash: asked.inputs.hash(&rule.rule),
        }
    }

    fn refused(
        &self,
        answer: &Answer,
        rule: &CheckedRule,
        refused: &Check,
        asked: &Asked<'_>,
    ) -> Assessment {
        Assessment {
            applies: false,
            why: refused.because.fill(&asked.frame),
            ..self.blank(answer, rule, asked)
        }
    }

    /// Puts scope and doubts round what the rule grants.
    fn framed(
        &self,
        answer: &Answer,
        rule: &CheckedRule,
        finding: Finding,
        gate: FactSet,
        asked: &Asked<'_>,
    ) -> Assessment {
        let frame = &asked.frame;
        let mut assessment = self.blank(answer, rule, asked);
        let Finding {
            why,
            mut entitlements,
            mut missing,
            review,
        } = finding;
        let is_open = !entitlements.is_empty() || !missing.is_empty();
        if is_open {
            missing = missing.with(gate);
            assessment.flags.extend(reviews(&answer.reviews, frame));
        }
        if missing.is_faulty() {
            entitlements.clear();
            assessment.flags.push(Flag::ManualReview {
                reason: ReviewReason::BeyondArithmetic,
            });
        }
        for entitlement in &mut entitlements {
            entitlement.is_provisional = !missing.is_empty();
        }
        if let Some(near) = &answer.near {
            assessment
                .flags
                .extend(near_limits(frame.value(near.value), &near.limits));
        }
        if !entitlements.is_empty() {
            assessment.flags.extend(reviews(&rule.reviews, frame));
        }
        assessment
            .flags
            .extend(review.map(|reason| Flag::ManualReview { reason }));
        assessment.flags.extend(Flag::needing(missing.names()));
        assessment.entitlements = entitlements;
        assessment.why = why;
        assessment
    }
}

/// The first check that certainly ends the matter, or the facts on which the others still depend.
fn weigh<'a>(checks: &'a [Check], frame: &Frame<'_>) -> Result<FactSet, &'a Check> {
    let mut missing = FactSet::NONE;
    for check in checks {
        let value = frame.value(check.condition);
        if !value.is_known() {
            missing = missing.with(value.open);
        } else if value.is_yes() == check.ends_when {
            return Err(check);
        }
    }
    Ok(missing)
}

fn unclear(rule: &CheckedRule, fits: Value, frame: &Frame<'_>) -> Finding {
    Finding {
        why: filled(
            rule.if_unclear.as_ref(),
            "It is not known whether this rule decides.",
            frame,
        ),
        missing: fits.open,
        ..Finding::default()
    }
}

fn find(rule: &CheckedRule, asked: &Asked<'_>) -> Finding {
    let frame = &asked.frame;
    let mut missing = match weigh(&rule.checks, frame) {
        Ok(missing) => missing,
        Err(ended) => {
            return Finding {
                why: ended.because.fill(frame),
                review: ended.review,
                ..Finding::default()
            };
        }
    };
    let unmeasured = |missing| Finding {
        why: filled(
            rule.if_unmeasured.as_ref(),
            "What the amount is counted by is not known.",
            frame,
        ),
        missing,
        ..Finding::default()
    };
    if missing.shares(rule.needs) {
        return unmeasured(missing);
    }
    let mut entitlements = Vec::with_capacity(rule.grants.len());
    let mut of_amounts = FactSet::NONE;
    for grant in &rule.grants {
        let (granted, open) = grant.of(asked);
        of_amounts = of_amounts.with(open);
        entitlements.extend(granted);
    }
    if entitlements.is_empty() && of_amounts.is_empty() {
        // Whatever is unknown, nothing comes of it, so nothing is asked.
        return Finding {
            why: filled(rule.if_nothing.as_ref(), "Nothing is due.", frame),
            ..Finding::default()
        };
    }
    missing = missing.with(of_amounts);
    if missing.shares(rule.needs) || entitlements.is_empty() {
        return unmeasured(missing);
    }
    Finding {
        why: rule.why.fill(frame),
        entitlements,
        missing,
        review: None,
    }
}

fn filled(text: Option<&Text>, otherwise: &str, frame: &Frame<'_>) -> String {
    text.map_or_else(|| otherwise.to_owned(), |text| text.fill(frame))
}

fn reviews<'a>(reviews: &'a [Review], frame: &'a Frame<'_>) -> impl Iterator<Item = Flag> + 'a {
    let certain = reviews
        .iter()
        .filter(|review| frame.value(review.when).is_yes());
    certain.map(|review| Flag::ManualReview {
        reason: review.reason,
    })
}

/// Within 0.6 per cent of a limit the sphere and the ellipsoid can disagree.
fn near_limits(value: Value, limits: &[u32]) -> impl Iterator<Item = Flag> + '_ {
    let is_near =
        move |limit: i64| value.is_known() && (value.low - limit).abs() * 1_000 <= limit * 6;
    let near = limits
        .iter()
        .copied()
        .filter(move |limit| is_near(i64::from(*limit)));
    near.map(|threshold_metres| Flag::NearThreshold { threshold_metres })
}

impl Grant {
    /// What it comes to, at most, and the facts on which that depends.
    fn of(&self, asked: &Asked<'_>) -> (Option<Entitlement>, FactSet) {
        if !self.items.is_empty() {
            return self.care(asked);
        }
        let (mut best, mut open): (Option<(i64, &Row)>, FactSet) = (None, FactSet::NONE);
        let (mut low, mut high, mut is_closed) = (i64::MAX, i64::MIN, false);
        for row in &self.rows {
            let when = row.when.map_or(Value::YES, |when| asked.frame.value(when));
            if when.is_no() {
                continue;
            }
            let amount = asked.frame.value(row.amount);
            open = open.with(when.open).with(amount.open);
            (low, high) = (low.min(amount.low), high.max(amount.high));
            if best.is_none_or(|(most, _)| amount.high > most) {
                best = Some((amount.high, row));
            }
            if when.is_yes() {
                is_closed = true;
                break;
            }
        }
        if !is_closed {
            (low, high) = (low.min(0), high.max(0));
        }
        if low == high || high <= 0 && !open.is_faulty() {
            open = FactSet::NONE;
        }
        match best {
            Some((amount, row)) if amount > 0 && amount < i64::MAX => {
                let due = row.due.or(self.due);
                let entitlement = self.entitlement(asked, amount, &row.basis);
                let due_by = due.map(|due| due.from(asked.facts.event.incident_on));
                (
                    Some(Entitlement {
                        due_by,
                        ..entitlement
                    }),
                    open,
                )
            }
            _ => (None, open),
        }
    }

    /// Everything that is needed, or may be.
    fn care(&self, asked: &Asked<'_>) -> (Option<Entitlement>, FactSet) {
        let mut open = FactSet::NONE;
        let mut care = Vec::with_capacity(self.items.len());
        for (item, when) in &self.items {
            let when = when.map_or(Value::YES, |when| asked.frame.value(when));
            if !when.is_no() {
                care.push(*item);
                open = open.with(when.open);
            }
        }
        if care.is_empty() {
            return (None, open);
        }
        let entitlement = self.entitlement(asked, 0, &self.basis);
        (
            Some(Entitlement {
                care,
                ..entitlement
            }),
            open,
        )
    }

    fn entitlement(&self, asked: &Asked<'_>, amount_minor: i64, basis: &str) -> Entitlement {
        Entitlement {
            kind: self.kind,
            amount_minor,
            currency: self.currency(asked.facts),
            cash_required: self.cash_required,
            due_by: self.due.map(|due| due.from(asked.facts.event.incident_on)),
            basis: basis.to_owned().into(),
            is_provisional: false,
            care: Vec::new(),
            is_choice: self.is_choice || self.kind == EntitlementKind::Reroute,
            satisfied_by: None,
        }
    }

    fn currency(&self, facts: &CaseFacts) -> CurrencyCode {
        match self.unit {
            Unit::Currency(currency) => currency,
            Unit::AsPaid => facts.purchase.currency,
            Unit::AsClaimed => {
                (facts.damage.as_ref()).map_or(facts.purchase.currency, |damage| damage.currency)
            }
        }
    }
}
