//! What of a flight something is about: its course, or one report of baggage.

use entities::id::BaggageReportId;

/// The course of the flight: its delay, its cancellation.
pub(crate) const COURSE: &str = "";

const BAGGAGE: &str = "baggage/";

/// What names the matter of a baggage report.
pub(crate) fn of_baggage(report: BaggageReportId) -> String {
    format!("{BAGGAGE}{report}")
}

/// Whether it is a matter of baggage.
pub(crate) fn is_baggage(matter: &str) -> bool {
    matter.starts_with(BAGGAGE)
}

/// The baggage report that it is about; `None` of the course of a flight.
pub(crate) fn baggage_report(matter: &str) -> Option<BaggageReportId> {
    matter
        .strip_prefix(BAGGAGE)?
        .parse::<uuid::Uuid>()
        .ok()
        .map(BaggageReportId)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_report_is_read_back_as_it_was_named(number in any::<u128>()) {
            let report = BaggageReportId(uuid::Uuid::from_u128(number));
            prop_assert_eq!(baggage_report(&of_baggage(report)), Some(report));
        }
    }

    #[test]
    fn the_course_is_about_no_report() {
        assert_eq!(baggage_report(COURSE), None);
        assert!(!is_baggage(COURSE));
    }
}
