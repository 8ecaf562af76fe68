use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The years in which flights can be: since computers count, and as far as anybody plans.
pub const PLAUSIBLE_YEARS: RangeInclusive<i32> = 1_970..=2_200;

/// The instant at which a clock in `zone` shows `local`.
///
/// An hour that comes twice, in autumn, is taken the first time. An hour that is left out, in spring, is moved on by as
/// much as the clocks are: 02:30 on the night of the change is 03:30.
pub fn instant_at(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let resolved = zone.from_local_datetime(&local);
    if let Some(found) = resolved.earliest() {
        return found.to_utc();
    }
    // No clock is moved by more than a day at once; before the gap the old offset still holds.
    let before = local - TimeDelta::days(1);
    let day_before = zone.from_local_datetime(&before).earliest();
    day_before.map_or_else(
        || local.and_utc(),
        |day_before| day_before.to_utc() + TimeDelta::days(1),
    )
}

/// The calendar day that a clock in `zone` shows at `instant`.
pub fn local_date(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::New_York, Asia::Dubai, Europe::Berlin, Pacific::Honolulu};

    use super::*;

    fn utc(local: &str, zone: Tz) -> String {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        instant_at(local, zone)
            .format("%Y-%m-%dT%H:%MZ")
            .to_string()
    }

    #[test]
    fn local_times_become_instants() {
        let vectors = [
            ("2013-06-24 19:50", New_York, "2013-06-24T23:50Z"),
            ("2013-01-01 05:17", New_York, "2013-01-01T10:17Z"),
            ("2013-01-01 14:30", Honolulu, "2013-01-02T00:30Z"),
            ("2013-07-01 14:30", Honolulu, "2013-07-02T00:30Z"),
            ("2026-11-20 02:00", Dubai, "2026-11-19T22:00Z"),
        ];
        for (local, zone, instant) in vectors {
            assert_eq!(utc(local, zone), instant, "{local} in {zone}");
        }
    }

    #[test]
    fn the_nights_on_which_clocks_change_have_an_answer() {
        let vectors = [
            ("2013-03-10 01:59", New_York, "2013-03-10T06:59Z"),
            ("2013-03-10 02:30", New_York, "2013-03-10T07:30Z"),
            ("2013-03-10 03:00", New_York, "2013-03-10T07:00Z"),
            ("2013-11-03 01:30", New_York, "2013-11-03T05:30Z"),
            ("2013-11-03 02:30", New_York, "2013-11-03T07:30Z"),
            ("2026-03-29 02:30", Berlin, "2026-03-29T01:30Z"),
        ];
        for (local, zone, instant) in vectors {
            assert_eq!(utc(local, zone), instant, "{local} in {zone}");
        }
    }

    #[test]
    fn the_day_is_the_one_on_the_local_calendar() {
        let late = DateTime::parse_from_rfc3339("2026-11-19T22:30:00Z")
            .unwrap()
            .to_utc();
        assert_eq!(local_date(late, Dubai).to_string(), "2026-11-20");
        assert_eq!(local_date(late, New_York).to_string(), "2026-11-19");
    }
}
