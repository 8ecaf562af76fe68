//! What became of the flights of the real week. The world keeps it to itself: it is for the import to tell.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{calendar::demo_week_start, flight::FlightKey};

/// A week of real flights.
pub(super) const FILE: &str = include_str!("../../data/flights-2013-week-26.csv");

/// What became of a flight of the real week, which its import will tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It did not take place.
    Cancelled,
    /// It arrived three hours late or more.
    VeryLate,
    /// Anything else.
    Usual,
}

#[derive(Deserialize)]
struct WeekRow {
    year: i32,
    month: u32,
    day: u32,
    dep_time: String,
    arr_delay: String,
    carrier: String,
    flight: i32,
    origin: String,
}

/// What became of the flights of the real week, as it is moved to before `today`.
pub(super) fn fates(today: NaiveDate) -> anyhow::Result<BTreeMap<FlightKey, Fate>> {
    let rows = csv::Reader::from_reader(FILE.as_bytes())
        .into_deserialize()
        .collect::<Result<Vec<WeekRow>, _>>()?;
    let Some(first_day) = rows.iter().filter_map(WeekRow::day).min() else {
        return Ok(BTreeMap::new());
    };
    let moved_by = demo_week_start(today) - first_day;
    let fates = rows.into_iter().filter_map(|row| {
        let fate = row.fate();
        Some((
            (row.day()? + moved_by, row.carrier, row.flight, row.origin),
            fate,
        ))
    });
    Ok(fates.collect())
}

impl WeekRow {
    fn day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month, self.day)
    }

    fn fate(&self) -> Fate {
        if self.dep_time == "NA" {
            return Fate::Cancelled;
        }
        match self.arr_delay.parse::<i32>() {
            Ok(180..) => Fate::VeryLate,
            _ => Fate::Usual,
        }
    }
}
