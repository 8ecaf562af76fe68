//! Refunds of fares and ancillary fees under 14 CFR part 260. The United States know no cash compensation for delay.

mod terms;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::assessment::{Assessment, Entitlement, EntitlementKind, Flag, Regime, ReviewReason};
use super::fact::{Fact, FactName};
use super::facts::{CaseFacts, DiversionOutcome, EventKind, PaymentMethod, Purchase};
use super::inputs::Inputs;
use super::pack::RulePack;
use super::rule::{Rule, in_force};
use super::verdict::Verdict;
use super::zone;
use terms::{FARE_REFUND, RefundTerms};

/// The refund rules of the United States Department of Transportation.
pub(crate) struct UsDot;

impl RulePack for UsDot {
    fn regime(&self) -> Regime {
        Regime::UsDot
    }

    fn rules(&self) -> Vec<&'static Rule> {
        FARE_REFUND.iter().map(|row| &row.rule).collect()
    }

    fn assess(&self, facts: &CaseFacts, inputs: &Inputs) -> Option<Assessment> {
        let row = in_force(FARE_REFUND, facts.event.incident_on)?;
        let mut assessment = Assessment::under(&row.rule, inputs);
        decide(facts, &row.terms, &mut assessment);
        Some(assessment)
    }
}

fn decide(facts: &CaseFacts, terms: &RefundTerms, assessment: &mut Assessment) {
    let ends = [&facts.journey.origin, &facts.journey.destination].map(zone::is_in_united_states);
    if ends == [false, false] {
        assessment.applies = false;
        "The journey is neither to, from nor within the United States (14 CFR 260.2)."
            .clone_into(&mut assessment.why);
        return;
    }
    let is_domestic = ends == [true, true];
    let limit = if is_domestic {
        terms.domestic_minutes
    } else {
        terms.international_minutes
    };

    let is_significant = significance(facts, limit);
    let is_accepted = facts
        .passenger
        .accepted_alternative
        .test(FactName::AcceptedAlternative, |accepted| *accepted);
    if is_significant == Verdict::No {
        assessment.why = format!(
            "No change of {} hours or of another significant kind (14 CFR 260.2).",
            limit / 60
        );
    } else if is_accepted == Verdict::Yes {
        "The passenger accepted the changed flight or something in place of a refund (14 CFR 260.6).".clone_into(&mut assessment.why);
        if facts.event.cabin_downgraded {
            assessment.flags.push(Flag::ManualReview {
                reason: ReviewReason::FareDifference,
            });
        }
    } else {
        let mut missing = is_significant.missing();
        missing.extend(is_accepted.missing());
        refund(facts, terms, missing, assessment);
    }
}

fn refund(
    facts: &CaseFacts,
    terms: &RefundTerms,
    missing: BTreeSet<FactName>,
    assessment: &mut Assessment,
) {
    assessment.entitlements = unused(
        &facts.purchase,
        terms,
        facts.event.incident_on,
        !missing.is_empty(),
    )
    .collect();
    if assessment.entitlements.is_empty() {
        "Nothing was paid that could be refunded.".clone_into(&mut assessment.why);
        return;
    }
    "Cancelled or significantly changed, and nothing known shows that the passenger accepted it (14 CFR 260.6)."
        .clone_into(&mut assessment.why);
    assessment.flags.extend(Flag::needing(missing));
}

/// What was paid and not used, back in the original form of payment.
fn unused(
    purchase: &Purchase,
    terms: &RefundTerms,
    incident_on: NaiveDate,
    is_provisional: bool,
) -> impl Iterator<Item = Entitlement> {
    let deadline = match purchase.payment_method {
        PaymentMethod::Card => terms.card_deadline,
        PaymentMethod::Other => terms.other_deadline,
    };
    let due_by = Some(deadline.from(incident_on));
    let currency = purchase.currency;
    [
        (
            EntitlementKind::Refund,
            purchase.fare_minor,
            "14 CFR 260.6, 260.10",
        ),
        (
            EntitlementKind::FeeRefund,
            purchase.ancillary_minor,
            "14 CFR 260.4, 260.10",
        ),
    ]
    .into_iter()
    .filter(|(_, amount_minor, _)| *amount_minor > 0)
    .map(move |(kind, amount_minor, basis)| Entitlement {
        kind,
        amount_minor,
        currency,
        cash_required: true,
        due_by,
        basis: basis.into(),
        is_provisional,
    })
}

/// Whether the flight was cancelled or "significantly delayed or changed" (14 CFR 260.2).
fn significance(facts: &CaseFacts, limit: i64) -> Verdict {
    let event = &facts.event;
    let arrives_later = || {
        event
            .arrival_delay_minutes
            .test(FactName::ArrivalDelayMinutes, |delay| *delay >= limit)
    };
    let departs_earlier = || {
        event
            .departure_delay_minutes
            .test(FactName::DepartureDelayMinutes, |delay| *delay <= -limit)
    };
    let is_changed_otherwise = Verdict::from(
        event.airport_changed
            || event.added_connections > 0
            || event.cabin_downgraded
            || event.accessibility_lost,
    );
    let by_kind = match event.kind {
        EventKind::Cancellation => Verdict::Yes,
        EventKind::Delay => arrives_later(),
        EventKind::Diversion => match event.diversion {
            Fact::Known(DiversionOutcome::ReachedDestination) => arrives_later(),
            Fact::Known(_) => Verdict::Yes,
            Fact::Unknown => Verdict::any([arrives_later(), Verdict::open(FactName::Diversion)]),
        },
        EventKind::BroughtForward | EventKind::ItineraryChange => {
            Verdict::any([arrives_later(), departs_earlier()])
        }
    };
    Verdict::any([is_changed_otherwise, by_kind])
}
