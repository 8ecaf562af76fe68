//! Regulation (EC) 261/2004: delay at arrival, cancellation, and flights brought forward.
//!
//! Fixed compensation only. Care (Art 9), the choice between refund and re-routing (Art 8), denied boarding (Art 4)
//! and downgrading (Art 10) are other rules of the same regime.

mod finding;
mod scope;
mod terms;

use chrono::NaiveDate;

use super::assessment::{Assessment, Entitlement, EntitlementKind, Flag, Regime};
use super::fact::Fact;
use super::facts::{CaseFacts, DiversionOutcome, EventKind};
use super::inputs::Inputs;
use super::pack::RulePack;
use super::rule::{Dated, Rule, in_force};
use finding::Finding;
use scope::Reading;
use terms::{BROUGHT_FORWARD, CANCELLATION, CURRENCY, DELAY, PAYMENT};

/// The European Union's air passenger rights.
pub(crate) struct Eu261;

impl RulePack for Eu261 {
    fn regime(&self) -> Regime {
        Regime::Eu261
    }

    fn rules(&self) -> Vec<&'static Rule> {
        let delay = DELAY.iter().map(|row| &row.rule);
        let cancellation = CANCELLATION.iter().map(|row| &row.rule);
        delay
            .chain(cancellation)
            .chain(BROUGHT_FORWARD.iter().map(|row| &row.rule))
            .collect()
    }

    fn assess(&self, facts: &CaseFacts, inputs: &Inputs) -> Option<Assessment> {
        let reading = Reading::of(&facts.journey, facts.event.incident_on);
        let (rule, finding) = find(facts, &reading)?;
        Some(frame(facts, &reading, rule, finding, inputs))
    }
}

/// What the article for this event grants, scope and exclusions aside.
fn find(facts: &CaseFacts, reading: &Reading) -> Option<(&'static Rule, Finding)> {
    let event = &facts.event;
    let day = event.incident_on;
    let delay = || under(DELAY, day, |terms| finding::of_delay(event, terms, reading));
    let cancellation = || {
        under(CANCELLATION, day, |terms| {
            finding::of_cancellation(event, terms, reading)
        })
    };

    match event.kind {
        EventKind::Delay => delay(),
        EventKind::Cancellation => cancellation(),
        EventKind::BroughtForward => under(BROUGHT_FORWARD, day, |terms| {
            finding::of_flight_brought_forward(event, terms, reading)
        }),
        EventKind::Diversion => match event.diversion {
            Fact::Known(DiversionOutcome::ReturnedToOrigin | DiversionOutcome::OtherRegion) => {
                cancellation()
            }
            Fact::Known(DiversionOutcome::SameRegion | DiversionOutcome::ReachedDestination) => {
                delay()
            }
            Fact::Unknown => under(CANCELLATION, day, |_| Finding::of_unknown_diversion()),
        },
        EventKind::ItineraryChange => None,
    }
}

fn under<T>(
    rows: &'static [Dated<T>],
    day: NaiveDate,
    decide: impl FnOnce(&T) -> Finding,
) -> Option<(&'static Rule, Finding)> {
    in_force(rows, day).map(|row| (&row.rule, decide(&row.terms)))
}

/// Puts scope (Art 3) round what the article grants.
fn frame(
    facts: &CaseFacts,
    reading: &Reading,
    rule: &Rule,
    finding: Finding,
    inputs: &Inputs,
) -> Assessment {
    let mut assessment = Assessment {
        distance_metres: Some(reading.metres),
        ..Assessment::under(rule, inputs)
    };
    let gate = scope::gate(facts);
    if let Some(refusal) = gate.refusal {
        return Assessment {
            applies: false,
            why: refusal.to_owned(),
            ..assessment
        };
    }

    let Finding {
        amount_minor,
        why,
        basis,
        mut missing,
        review,
    } = finding;
    let incident_on = facts.event.incident_on;
    if amount_minor > 0 || !missing.is_empty() {
        missing.extend(gate.missing);
        assessment
            .flags
            .extend(reading.doubts(&facts.journey, incident_on));
    }
    if amount_minor > 0 {
        assessment.entitlements.push(Entitlement {
            kind: EntitlementKind::Compensation,
            amount_minor,
            currency: CURRENCY,
            cash_required: true,
            due_by: Some(PAYMENT.from(incident_on)),
            basis: basis.into(),
            is_provisional: !missing.is_empty(),
        });
    }
    assessment.why = why;
    assessment.flags.extend(reading.near_limits());
    assessment
        .flags
        .extend(review.map(|reason| Flag::ManualReview { reason }));
    assessment.flags.extend(Flag::needing(missing));
    assessment
}
