use super::super::assessment::Regime;
use super::super::calendar::Deadline;
use super::super::code::{Code, CurrencyCode};
use super::super::rule::{Dated, Rule, day};

// Durations below are in minutes.

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// No article sets a day; the Commission recommends two months. A default of ours.
pub(super) const PAYMENT: Deadline = Deadline::CalendarDays(14);

/// A distance band of Art 7(1) with its re-routing limit of Art 7(2).
pub(super) struct Band {
    pub(super) amount_minor: i64,
    pub(super) rerouting_limit: i64,
    pub(super) article: &'static str,
}

/// Up to this length a journey is in the short band.
pub(super) const SHORT_UP_TO_METRES: u32 = 1_500_000;
/// Up to this length a journey that is not intra-Community is in the middle band.
pub(super) const MIDDLE_UP_TO_METRES: u32 = 3_500_000;
/// Currency of every amount below.
pub(super) const CURRENCY: CurrencyCode = Code::literal(*b"EUR");

pub(super) const SHORT: Band = Band {
    amount_minor: 25_000,
    rerouting_limit: 2 * HOUR,
    article: "Art 7(1)(a)",
};
pub(super) const MIDDLE: Band = Band {
    amount_minor: 40_000,
    rerouting_limit: 3 * HOUR,
    article: "Art 7(1)(b)",
};
pub(super) const LONG: Band = Band {
    amount_minor: 60_000,
    rerouting_limit: 4 * HOUR,
    article: "Art 7(1)(c)",
};

/// Long delay at arrival. Half is paid while the delay is **less** than the re-routing limit of the band
/// (C-402/07 paragraph 63, Guidelines 4.4.10), which only the long band can meet.
pub(super) struct DelayTerms {
    pub(super) due_from: i64,
}

/// Re-routing so close to the booked times that nothing is due.
pub(super) struct Tolerance {
    /// Only with at least this much notice; `None` with any.
    pub(super) notice_from: Option<i64>,
    /// Departs earlier by this much at most.
    pub(super) earlier_up_to: i64,
    /// Arrives later by **less** than this.
    pub(super) later_below: i64,
}

/// Cancellation. Half is paid when re-routing arrives at the limit of the band **or** sooner (Art 7(2)).
pub(super) struct CancellationTerms {
    pub(super) free_from_notice: i64,
    pub(super) tolerances: &'static [Tolerance],
}

/// A flight brought forward; never halved (C-146/20).
pub(super) struct BroughtForwardTerms {
    /// Up to this much earlier it is no cancellation.
    pub(super) tolerated_up_to: i64,
    pub(super) free_from_notice: i64,
    /// With this much notice up to that much earlier is read as tolerated.
    pub(super) notice_from: i64,
    pub(super) earlier_up_to: i64,
}

const fn rule(id: &'static str, source: &'static str) -> Rule {
    Rule {
        id,
        version: 1,
        regime: Regime::Eu261,
        effective_from: day(2005, 2, 17),
        effective_to: None,
        source,
    }
}

// The Court limited the effect in time of none of the judgments below, so they hold from the first day.

pub(super) const DELAY: &[Dated<DelayTerms>] = &[Dated {
    rule: rule(
        "EU261-DELAY",
        "Regulation (EC) 261/2004 Art 5, 6, 7; C-402/07 Sturgeon; C-581/10 Nelson; Guidelines C/2024/5687, 4.4.7",
    ),
    terms: DelayTerms { due_from: 3 * HOUR },
}];

pub(super) const CANCELLATION: &[Dated<CancellationTerms>] = &[Dated {
    rule: rule(
        "EU261-CANCELLATION",
        "Regulation (EC) 261/2004 Art 5(1)(c), 5(3), 7; Guidelines C/2024/5687, 4.4",
    ),
    terms: CancellationTerms {
        free_from_notice: 14 * DAY,
        tolerances: &[
            Tolerance {
                notice_from: Some(7 * DAY),
                earlier_up_to: 2 * HOUR,
                later_below: 4 * HOUR,
            },
            Tolerance {
                notice_from: None,
                earlier_up_to: HOUR,
                later_below: 2 * HOUR,
            },
        ],
    },
}];

pub(super) const BROUGHT_FORWARD: &[Dated<BroughtForwardTerms>] = &[Dated {
    rule: rule(
        "EU261-BROUGHT-FORWARD",
        "Regulation (EC) 261/2004 Art 5(1)(c), 7(1); C-146/20 Azurair; Guidelines C/2024/5687, 3.2.2, 4.4.10",
    ),
    terms: BroughtForwardTerms {
        tolerated_up_to: HOUR,
        free_from_notice: 14 * DAY,
        notice_from: 7 * DAY,
        earlier_up_to: 2 * HOUR,
    },
}];
