//! The days of the demo world, all counted from the one it takes for today.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

/// How many days back every flight of the network exists.
const RECENT_DAYS: u64 = 21;
/// How many days ahead every flight of the network exists.
const COMING_DAYS: u64 = 45;
/// Earlier, flights exist on two days in every so many.
const HISTORY_STEP: u64 = 14;
/// How many such pairs of days there are: about eighteen months.
const HISTORY_PAIRS: u64 = 38;

/// The days of one world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    today: NaiveDate,
}

impl Calendar {
    pub(super) fn new(today: NaiveDate) -> Self {
        Self { today }
    }

    pub(super) fn today(self) -> NaiveDate {
        self.today
    }

    /// The instant up to which things have happened: the beginning of today, in UTC.
    pub(super) fn now(self) -> DateTime<Utc> {
        self.today.and_time(NaiveTime::MIN).and_utc()
    }

    /// The instant so many minutes before now.
    pub(super) fn minutes_ago(self, minutes: i64) -> DateTime<Utc> {
        self.now() - TimeDelta::minutes(minutes)
    }

    /// The day so many days from today; negative for the past.
    pub(super) fn day(self, offset: i64) -> NaiveDate {
        self.today + TimeDelta::days(offset)
    }

    /// Every day on which the flights of the network exist, in order.
    pub(super) fn network_days(self) -> Vec<NaiveDate> {
        let mut days: Vec<_> = (0..HISTORY_PAIRS)
            .rev()
            .flat_map(|pair| {
                let first = self.history_day(pair);
                [first, first + Days::new(1)]
            })
            .collect();
        days.extend(
            (0..=RECENT_DAYS + COMING_DAYS)
                .map(|day| self.today - Days::new(RECENT_DAYS) + Days::new(day)),
        );
        days
    }

    /// The first day of the `pair`-th pair of days of the past, counted backwards from 0.
    pub(super) fn history_day(self, pair: u64) -> NaiveDate {
        self.today - Days::new(RECENT_DAYS + HISTORY_STEP * (pair + 1))
    }

    /// How many pairs of days of the past there are.
    pub(super) fn history_pairs() -> usize {
        usize::try_from(HISTORY_PAIRS).unwrap_or_default()
    }
}

/// The Monday of the last whole week, Monday to Sunday, before `today`: where the real week of flights is put, so that
/// every flight keeps its day of the week.
pub fn demo_week_start(today: NaiveDate) -> NaiveDate {
    let days_since_monday = u64::from(today.weekday().num_days_from_monday());
    today - Days::new(days_since_monday + 7)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    #[test]
    fn the_week_is_whole_and_over() {
        let monday: NaiveDate = "2026-11-16".parse().unwrap();
        for day in 0..7 {
            let today = monday + Days::new(day);
            let start = demo_week_start(today);
            assert_eq!(start.weekday(), Weekday::Mon);
            assert!(start + Days::new(6) < today);
            assert!(start + Days::new(13) >= today);
        }
    }

    #[test]
    fn days_come_once_and_in_order() {
        let days = Calendar::new("2026-11-20".parse().unwrap()).network_days();
        assert!(days.is_sorted() && days.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(days.len(), 143);
    }
}
