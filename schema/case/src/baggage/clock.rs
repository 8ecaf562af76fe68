//! The periods of the Montreal Convention. Days are calendar days (Art 52), and the last one still counts.

use chrono::{Days, Months, NaiveDate};
use entities::case::baggage_report::{BaggageKind, Model};

/// Days from receipt to complain about damage (Art 31(2)).
pub(super) const DAMAGE: u64 = 7;
/// Days from disposal to complain about delay (Art 31(2)).
pub(super) const DELAY: u64 = 21;
/// Days after which a bag may be treated as lost (Art 17(3)).
pub(super) const LOSS: u64 = 21;
/// Months in which an action can be brought (Art 35).
const ACTION: u32 = 24;

/// The last day of a complaint in writing; `None` while it has not begun to run, and of a loss, which needs none.
pub fn complaint_due_on(kind: BaggageKind, at_disposal_on: Option<NaiveDate>) -> Option<NaiveDate> {
    let days = match kind {
        BaggageKind::Damaged | BaggageKind::Pilfered => DAMAGE,
        BaggageKind::Delayed => DELAY,
        BaggageKind::Lost => return None,
    };
    after(at_disposal_on?, days).into()
}

/// The day from which a bag that has not come may be treated as lost.
pub fn deemed_lost_on(arrived_on: NaiveDate) -> NaiveDate {
    after(arrived_on, LOSS)
}

/// The last day to bring an action.
pub fn action_due_on(arrived_on: NaiveDate) -> NaiveDate {
    arrived_on
        .checked_add_months(Months::new(ACTION))
        .unwrap_or(NaiveDate::MAX)
}

/// Whether the complaint in writing came in time; `None` while that is open.
pub fn is_complaint_in_time(report: &Model) -> Option<bool> {
    let last = complaint_due_on(report.kind, report.at_disposal_on)?;
    report.complained_on.map(|day| day <= last)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_period_has_its_last_day() {
        let got = Some(day("2026-03-02"));
        assert_eq!(
            complaint_due_on(BaggageKind::Damaged, got),
            Some(day("2026-03-09"))
        );
        assert_eq!(
            complaint_due_on(BaggageKind::Pilfered, got),
            Some(day("2026-03-09"))
        );
        assert_eq!(
            complaint_due_on(BaggageKind::Delayed, got),
            Some(day("2026-03-23"))
        );
        assert_eq!(complaint_due_on(BaggageKind::Delayed, None), None);
        assert_eq!(complaint_due_on(BaggageKind::Lost, got), None);
        assert_eq!(deemed_lost_on(day("2026-03-02")), day("2026-03-23"));
        assert_eq!(action_due_on(day("2024-02-29")), day("2026-02-28"));
    }
}
