//! When a message waits. Pure.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A part of each day, by local clocks; it may go over midnight. It begins with the first minute and ends before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    from: NaiveTime,
    until: NaiveTime,
}

impl Hours {
    /// Between two minutes of the day; `None` when one is none, or both are the same.
    pub fn between(from: i32, until: i32) -> Option<Self> {
        let time = |minute: i32| {
            let minute = u32::try_from(minute).ok()?;
            NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
        };
        let (from, until) = (time(from)?, time(until)?);
        (from != until).then_some(Self { from, until })
    }

    /// Until when a message waits that is ready at `now`; `None` when it need not.
    pub fn wait(self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let local = now.with_timezone(&zone).naive_local();
        if !self.hold(local.time()) {
            return None;
        }
        let today = local.date().and_time(self.until);
        let end = if local.time() < self.until {
            today
        } else {
            today.checked_add_days(Days::new(1))?
        };
        // Where clocks are set back at that very hour, it is over already.
        Some(instant(end, zone)).filter(|end| *end > now)
    }

    fn hold(self, time: NaiveTime) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        }
    }
}

/// The first instant at which clocks in `zone` show `local`; an hour later where they skip it.
fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| {
        zone.from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
    });
    found.map_or_else(|| local.and_utc(), |found| found.to_utc())
}

/// A minute of the day as people write it: `22:00`.
pub(crate) fn shown(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A minute of the day that somebody wrote.
pub(crate) fn read(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use chrono_tz::{Asia::Dubai, Europe::Berlin};
    use proptest::prelude::*;

    use super::*;

    fn night() -> Hours {
        Hours::between(22 * 60, 7 * 60).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_night_is_that_of_the_customer() {
        let evening = at("2026-11-20T18:30:00Z");
        let morning = Some(at("2026-11-21T03:00:00Z"));
        assert_eq!(night().wait(evening, Dubai), morning);
        assert_eq!(night().wait(evening, Berlin), None);
        assert_eq!(night().wait(at("2026-11-21T02:59:00Z"), Dubai), morning);
        assert_eq!(night().wait(at("2026-11-21T03:00:00Z"), Dubai), None);
    }

    #[test]
    fn a_night_on_which_clocks_change_ends_by_the_clock() {
        let before = at("2026-03-28T23:00:00Z");
        let spring = Some(at("2026-03-29T05:00:00Z"));
        assert_eq!(night().wait(before, Berlin), spring);
        let skipped = Hours::between(60, 150).unwrap();
        let now = at("2026-03-29T00:30:00Z");
        assert_eq!(skipped.wait(now, Berlin), Some(at("2026-03-29T01:30:00Z")));
    }

    #[test]
    fn times_are_read_as_they_are_shown() {
        for (text, minute) in [
            ("00:00", Some(0)),
            ("22:30", Some(1_350)),
            ("24:00", None),
            ("7:00", None),
            ("-1:00", None),
            ("+1:00", None),
            ("", None),
        ] {
            assert_eq!(read(text), minute, "{text}");
        }
        assert!(Hours::between(60, 60).is_none() && Hours::between(-1, 1_440).is_none());
    }

    proptest! {
        #[test]
        fn a_wait_ends_within_a_day_and_outside_quiet_hours(
            from in 0..1_440_i32,
            until in 0..1_440_i32,
            second in 0..4_000_000_000_i64,
            zone in prop::sample::select(vec![Dubai, Berlin, chrono_tz::America::New_York, chrono_tz::Asia::Kathmandu]),
        ) {
            prop_assume!(from != until);
            let hours = Hours::between(from, until).unwrap();
            let now = DateTime::from_timestamp(second, 0).unwrap();
            if let Some(end) = hours.wait(now, zone) {
                prop_assert!(end > now && end - now <= TimeDelta::hours(26));
            }
            prop_assert_eq!(read(&shown(from)), Some(from));
        }
    }
}
