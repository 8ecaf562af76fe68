use super::super::assessment::Regime;
use super::super::calendar::Deadline;
use super::super::rule::{Dated, Rule, day};

const HOUR: i64 = 60;

/// When a change is significant, and how soon the money is due.
pub(super) struct RefundTerms {
    /// Minutes earlier at departure or later at arrival, within the United States.
    pub(super) domestic_minutes: i64,
    /// The same to or from the United States.
    pub(super) international_minutes: i64,
    pub(super) card_deadline: Deadline,
    pub(super) other_deadline: Deadline,
}

// Before part 260 each carrier set its own idea of a significant change, so no row reaches further back.

pub(super) const FARE_REFUND: &[Dated<RefundTerms>] = &[Dated {
    rule: Rule {
        id: "US-DOT-FARE-REFUND",
        version: 1,
        regime: Regime::UsDot,
        effective_from: day(2024, 6, 25),
        effective_to: None,
        source: "14 CFR 260.2, 260.4, 260.6, 260.10 (89 FR 32832, 89 FR 65536); 49 USC 42305",
    },
    terms: RefundTerms {
        domestic_minutes: 3 * HOUR,
        international_minutes: 6 * HOUR,
        card_deadline: Deadline::UsBusinessDays(7),
        other_deadline: Deadline::CalendarDays(20),
    },
}];
