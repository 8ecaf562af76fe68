use std::fmt;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

/// A calendar month, in UTC: the grid of everything that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// The month in which an instant lies.
    pub fn of(instant: DateTime<Utc>) -> Self {
        let day = instant.date_naive();
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Reads `"2026-09"`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 7 && text.is_ascii();
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        (is_plain && (1900..=9998).contains(&first.year())).then_some(Self(first))
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month so many before it.
    #[must_use]
    pub fn before(self, months: u32) -> Self {
        Self(
            self.0
                .checked_sub_months(Months::new(months))
                .unwrap_or(self.0),
        )
    }

    /// The instant at which it is over.
    pub fn ends_at(self) -> DateTime<Utc> {
        self.next().0.and_time(chrono::NaiveTime::MIN).and_utc()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y-%m"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_and_written() {
        let month = Month::parse("2026-12").unwrap();
        assert_eq!(month.to_string(), "2026-12");
        assert_eq!(month.next().to_string(), "2027-01");
        assert_eq!(month.before(12).to_string(), "2025-12");
        assert_eq!(month.ends_at().to_rfc3339(), "2027-01-01T00:00:00+00:00");
        for text in [
            "2026-13",
            "2026-1",
            "26-01",
            "2026-01-01",
            "+026-01",
            "",
            "٢٠٢٦-١",
        ] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
