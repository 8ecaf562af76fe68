use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// How long a payer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// So many days, all of them counted.
    CalendarDays(u32),
    /// So many days from Monday to Friday that are no federal holidays of the United States (14 CFR 260.2).
    UsBusinessDays(u32),
}

impl Deadline {
    /// Last day to pay when the debt arises on `day`, which is not counted.
    pub fn from(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::CalendarDays(days) => later(day, u64::from(days)),
            Self::UsBusinessDays(days) => (0..days).fold(day, |day, _| next_us_business_day(day)),
        }
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days))
        .unwrap_or(NaiveDate::MAX)
}

fn next_us_business_day(day: NaiveDate) -> NaiveDate {
    (1..=5)
        .map(|days| later(day, days))
        .find(|day| is_us_business_day(*day))
        .unwrap_or(NaiveDate::MAX)
}

fn is_us_business_day(day: NaiveDate) -> bool {
    let observed = match day.weekday() {
        Weekday::Sat | Weekday::Sun => return false,
        Weekday::Mon => day.pred_opt(),
        Weekday::Fri => day.succ_opt(),
        _ => None,
    };
    !(is_fixed_holiday(day) || observed.is_some_and(is_fixed_holiday) || is_moving_holiday(day))
}

/// 5 USC 6103, the holidays with a date. One that falls on a Saturday is kept on Friday, on a Sunday on Monday.
fn is_fixed_holiday(day: NaiveDate) -> bool {
    matches!(
        (day.month(), day.day()),
        (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25)
    )
}

/// 5 USC 6103, the holidays with a weekday.
fn is_moving_holiday(day: NaiveDate) -> bool {
    let week = day.day0() / 7 + 1;
    match (day.month(), day.weekday()) {
        (1 | 2, Weekday::Mon) => week == 3,
        (5, Weekday::Mon) => day.day() > 24,
        (9, Weekday::Mon) => week == 1,
        (10, Weekday::Mon) => week == 2,
        (11, Weekday::Thu) => week == 4,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn seven_business_days_skip_two_weekends_and_no_more() {
        assert_eq!(
            Deadline::UsBusinessDays(7).from(day("2026-03-02")),
            day("2026-03-11")
        );
        assert_eq!(
            Deadline::UsBusinessDays(7).from(day("2026-03-06")),
            day("2026-03-17")
        );
        assert_eq!(
            Deadline::UsBusinessDays(7).from(day("2026-03-07")),
            day("2026-03-17")
        );
    }

    #[test]
    fn holidays_are_kept_on_the_nearest_weekday() {
        assert_eq!(
            Deadline::UsBusinessDays(1).from(day("2026-07-02")),
            day("2026-07-06")
        );
        assert_eq!(
            Deadline::UsBusinessDays(1).from(day("2022-12-23")),
            day("2022-12-27")
        );
        assert_eq!(
            Deadline::UsBusinessDays(1).from(day("2026-11-25")),
            day("2026-11-27")
        );
    }

    #[test]
    fn the_year_2026_has_eleven_federal_holidays_on_weekdays() {
        let new_year = day("2026-01-01");
        let weekdays = new_year
            .iter_days()
            .take(365)
            .filter(|day| day.weekday().num_days_from_monday() < 5);
        assert_eq!(weekdays.filter(|day| !is_us_business_day(*day)).count(), 11);
    }

    #[test]
    fn calendar_days_count_every_day() {
        assert_eq!(
            Deadline::CalendarDays(20).from(day("2026-12-20")),
            day("2027-01-09")
        );
    }
}
