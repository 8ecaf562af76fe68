use std::collections::BTreeSet;

use super::super::assessment::ReviewReason;
use super::super::fact::{Fact, FactName};
use super::super::facts::{Event, EventKind};
use super::super::verdict::Verdict;
use super::scope::Reading;
use super::terms::{BroughtForwardTerms, CancellationTerms, DelayTerms, Tolerance};

const TOLD_EARLY: &str = "Told at least two weeks before departure (Art 5(1)(c)(i)).";
const PROVEN: &str = "Extraordinary circumstances and all reasonable measures are proven (Art 5(3)); Art 8 and 9 remain.";

/// What an article grants to a passenger in scope.
pub(super) struct Finding {
    /// Zero when nothing is due or nothing can be said; the highest possible sum while facts are missing.
    pub(super) amount_minor: i64,
    pub(super) why: String,
    pub(super) basis: String,
    pub(super) missing: BTreeSet<FactName>,
    pub(super) review: Option<ReviewReason>,
}

impl Finding {
    fn nothing(why: impl Into<String>) -> Self {
        Self {
            amount_minor: 0,
            why: why.into(),
            basis: String::new(),
            missing: BTreeSet::new(),
            review: None,
        }
    }

    fn waiting(why: &str, missing: impl IntoIterator<Item = FactName>) -> Self {
        Self {
            missing: missing.into_iter().collect(),
            ..Self::nothing(why)
        }
    }

    pub(super) fn of_unknown_diversion() -> Self {
        Self::waiting(
            "It is not known where the diverted flight ended: elsewhere it counts as cancelled, here as delayed.",
            [FactName::Diversion],
        )
    }
}

/// Long delay at arrival (C-402/07), less its proven extraordinary share (C-315/15).
pub(super) fn of_delay(event: &Event, terms: &DelayTerms, reading: &Reading) -> Finding {
    if event.extraordinary == Fact::Known(true) && event.extraordinary_minutes.is_none() {
        return Finding::nothing(PROVEN);
    }
    let unproven = is_proven(event).missing();
    let Fact::Known(gross) = event.arrival_delay_minutes else {
        let missing = unproven.into_iter().chain([FactName::ArrivalDelayMinutes]);
        return Finding::waiting("The delay at the final destination is not known.", missing);
    };
    let net = gross.saturating_sub(proven_share(event));
    if net < terms.due_from {
        return Finding::nothing(short_delay(gross, net, terms));
    }

    let limit = reading.band.rerouting_limit;
    let is_halved = net < limit;
    let (amount_minor, basis) = share(reading, is_halved);
    let late = clock(net);
    let distance = kilometres(reading.metres);
    Finding {
        amount_minor,
        why: format!(
            "Arrived {late} late on a journey of {distance}, which is {} or more.",
            clock(terms.due_from)
        ),
        basis: format!("{basis}, C-402/07"),
        missing: unproven,
        review: (is_halved && gross >= limit).then_some(ReviewReason::NetOrGrossDelay),
    }
}

fn proven_share(event: &Event) -> i64 {
    match event.extraordinary {
        Fact::Known(true) => event.extraordinary_minutes.map_or(0, i64::from),
        Fact::Known(false) | Fact::Unknown => 0,
    }
}

fn short_delay(gross: i64, net: i64, terms: &DelayTerms) -> String {
    let (late, threshold) = (clock(gross.max(0)), clock(terms.due_from));
    if net == gross {
        format!("Arrived {late} late, less than {threshold} (C-402/07).")
    } else {
        let rest = clock(net.max(0));
        format!(
            "Arrived {late} late; without the proven extraordinary share {rest}, less than {threshold} (C-315/15)."
        )
    }
}

/// Cancellation (Art 5(1)(c)): due unless notice, close re-routing or extraordinary circumstances excuse the carrier.
pub(super) fn of_cancellation(
    event: &Event,
    terms: &CancellationTerms,
    reading: &Reading,
) -> Finding {
    let notice = notice(event);
    let is_close = Verdict::any(
        terms
            .tolerances
            .iter()
            .map(|tolerance| is_tolerated(event, notice, tolerance)),
    );
    let excuses = [
        Excuse::new(is_told(notice, terms.free_from_notice), TOLD_EARLY),
        Excuse::new(
            is_close,
            "Re-routing close to the booked times was offered (Art 5(1)(c)(ii), (iii)).",
        ),
        Excuse::new(is_proven(event), PROVEN),
    ];
    let mut missing = match weigh(excuses) {
        Ok(missing) => missing,
        Err(nothing) => return nothing,
    };

    let limit = reading.band.rerouting_limit;
    let halving = event.rerouting.test(FactName::Rerouting, |offer| {
        offer.is_some_and(|offer| offer.arrives_later_minutes <= limit)
    });
    let (amount_minor, basis) = share(reading, halving == Verdict::Yes);
    missing.extend(halving.missing());
    let distance = kilometres(reading.metres);
    Finding {
        amount_minor,
        why: format!("Cancelled on a journey of {distance}, and nothing known excuses it."),
        basis: format!("Art 5(1)(c), {basis}"),
        missing,
        review: None,
    }
}

/// A departure more than an hour early is a cancellation, paid in full (C-146/20).
pub(super) fn of_flight_brought_forward(
    event: &Event,
    terms: &BroughtForwardTerms,
    reading: &Reading,
) -> Finding {
    let is_within = |limit: i64| {
        event
            .departure_delay_minutes
            .test(FactName::DepartureDelayMinutes, |delay| *delay >= -limit)
    };
    let notice = event.notice_minutes;
    let is_tolerated = Verdict::all([
        is_told(notice, terms.notice_from),
        is_within(terms.earlier_up_to),
    ]);
    let excuses = [
        Excuse::new(
            is_within(terms.tolerated_up_to),
            "Brought forward by an hour or less, which is no cancellation (C-146/20).",
        ),
        Excuse::new(is_told(notice, terms.free_from_notice), TOLD_EARLY),
        Excuse::new(is_proven(event), PROVEN),
        Excuse {
            review: Some(ReviewReason::BroughtForwardTolerance),
            ..Excuse::new(
                is_tolerated,
                "Told at least a week before a departure at most two hours early (Art 5(1)(c)(ii)).",
            )
        },
    ];
    let missing = match weigh(excuses) {
        Ok(missing) => missing,
        Err(nothing) => return nothing,
    };

    let (amount_minor, basis) = share(reading, false);
    Finding {
        amount_minor,
        why: "Brought forward by more than an hour, which is a cancellation, and nothing known excuses it.".to_owned(),
        basis: format!("Art 5(1)(c), {basis}, C-146/20"),
        missing,
        review: None,
    }
}

/// A reason for which nothing is due.
struct Excuse {
    holds: Verdict,
    why: &'static str,
    review: Option<ReviewReason>,
}

impl Excuse {
    fn new(holds: Verdict, why: &'static str) -> Self {
        Self {
            holds,
            why,
            review: None,
        }
    }
}

/// The facts on which an excuse still depends, or the finding that the first excuse to hold leads to.
fn weigh<const N: usize>(excuses: [Excuse; N]) -> Result<BTreeSet<FactName>, Finding> {
    if let Some(excuse) = excuses.iter().find(|excuse| excuse.holds == Verdict::Yes) {
        return Err(Finding {
            review: excuse.review,
            ..Finding::nothing(excuse.why)
        });
    }
    Ok(Verdict::any(excuses.into_iter().map(|excuse| excuse.holds)).missing())
}

fn is_proven(event: &Event) -> Verdict {
    event
        .extraordinary
        .test(FactName::Extraordinary, |proven| *proven)
}

fn is_told(notice: Fact<i64>, least: i64) -> Verdict {
    notice.test(FactName::NoticeMinutes, |minutes| *minutes >= least)
}

/// Nobody is told of a diversion before departure.
fn notice(event: &Event) -> Fact<i64> {
    if event.kind == EventKind::Diversion {
        Fact::Known(0)
    } else {
        event.notice_minutes
    }
}

fn is_tolerated(event: &Event, notice: Fact<i64>, tolerance: &Tolerance) -> Verdict {
    let is_close = event.rerouting.test(FactName::Rerouting, |offer| {
        offer.is_some_and(|offer| {
            offer.departs_earlier_minutes <= tolerance.earlier_up_to
                && offer.arrives_later_minutes < tolerance.later_below
        })
    });
    let is_told = tolerance
        .notice_from
        .map_or(Verdict::Yes, |least| is_told(notice, least));
    Verdict::all([is_told, is_close])
}

/// The amount of the band, whole or halved, with its article.
fn share(reading: &Reading, is_halved: bool) -> (i64, String) {
    let band = reading.band;
    if is_halved {
        (
            band.amount_minor / 2,
            format!("{} halved by Art 7(2)", band.article),
        )
    } else {
        (band.amount_minor, band.article.to_owned())
    }
}

fn clock(minutes: i64) -> String {
    format!("{}h{:02}", minutes / 60, minutes % 60)
}

fn kilometres(metres: u32) -> String {
    format!("{}.{} km", metres / 1_000, metres % 1_000 / 100)
}
