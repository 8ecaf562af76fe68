//! The CSV layout of the public *nycflights13* set. Pure.
//!
//! Times are local to the airport, written `hmm`; midnight at the end of a day may be written `2400`. `NA`, or nothing,
//! stands for what is not known: a flight without a departure time was cancelled, one that left and has no arrival delay
//! went to another airport.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use csv::ByteRecord;
use entities::order::flight::Status;
use schema_kernel::{Error, Result, scalar::IataAirline};

use super::{
    airports::Airports,
    row::{FlightKey, FlightRow, Wrong},
};
use crate::{
    flight::PLAUSIBLE_DELAY,
    reference::{PLAUSIBLE_YEARS, instant_at},
};

const COLUMNS: [&str; 14] = [
    "year",
    "month",
    "day",
    "sched_dep_time",
    "sched_arr_time",
    "dep_time",
    "dep_delay",
    "arr_time",
    "arr_delay",
    "carrier",
    "flight",
    "tailnum",
    "origin",
    "dest",
];

/// Where the columns stand.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    places: [usize; COLUMNS.len()],
    width: usize,
}

impl Layout {
    /// Finds the columns by their names; others may stand between them.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` with the columns that are missing.
    pub(super) fn of(header: &ByteRecord) -> Result<Self> {
        let place = |name: &str| {
            header
                .iter()
                .position(|column| column.trim_ascii() == name.as_bytes())
        };
        let missing: Vec<&str> = COLUMNS
            .into_iter()
            .filter(|name| place(name).is_none())
            .collect();
        if missing.is_empty() {
            let places = COLUMNS.map(|name| place(name).unwrap_or_default());
            return Ok(Self {
                places,
                width: header.len(),
            });
        }
        Err(Error::bad_user_input(format!(
            "The first line of the file has to name the columns of nycflights13; it lacks {}.",
            missing.join(", ")
        )))
    }

    fn read<'record>(&self, record: &'record ByteRecord) -> Result<Row<'record>, Wrong> {
        if record.len() != self.width {
            let reason = format!(
                "The row has {} columns; the first line of the file names {}.",
                record.len(),
                self.width
            );
            return Err(Wrong::new("", reason));
        }
        let mut values = [""; COLUMNS.len()];
        for ((value, place), name) in values.iter_mut().zip(self.places).zip(COLUMNS) {
            let bytes = record.get(place).unwrap_or_default();
            let text = std::str::from_utf8(bytes)
                .map_err(|_| Wrong::new(name, "This is not UTF-8 text."))?;
            *value = text.trim();
        }
        Ok(Row(values))
    }
}

/// One row, by column.
struct Row<'record>([&'record str; COLUMNS.len()]);

impl<'record> Row<'record> {
    /// The value, `None` where it is not known.
    fn known(&self, name: &str) -> Option<&'record str> {
        let place = COLUMNS.iter().position(|column| *column == name)?;
        self.0
            .get(place)
            .copied()
            .filter(|value| !matches!(*value, "NA" | ""))
    }

    fn needed(&self, name: &'static str) -> Result<&'record str, Wrong> {
        self.known(name)
            .ok_or_else(|| Wrong::new(name, "This value is needed."))
    }

    fn number(&self, name: &'static str) -> Result<i32, Wrong> {
        self.needed(name)?
            .parse()
            .map_err(|_| Wrong::new(name, "This must be a whole number."))
    }

    fn date(&self) -> Result<NaiveDate, Wrong> {
        let part = |name| {
            u32::try_from(self.number(name)?)
                .map_err(|_| Wrong::new(name, "This must not be negative."))
        };
        let (year, month, day) = (self.number("year")?, part("month")?, part("day")?);
        let plausible = PLAUSIBLE_YEARS.contains(&year);
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|_| plausible)
            .ok_or_else(|| {
                Wrong::new(
                    "day",
                    "There is no such day in the calendar between 1970 and 2200.",
                )
            })
    }

    fn delay(&self, name: &'static str) -> Result<i32, Wrong> {
        let minutes = self.number(name)?;
        if PLAUSIBLE_DELAY.contains(&minutes) {
            return Ok(minutes);
        }
        Err(Wrong::new(
            name,
            "A flight is at most 24 hours early (-1440) and 7 days late (10080).",
        ))
    }

    /// A time of day; `true` beside it when it is midnight at the end of the day.
    fn time(&self, name: &'static str) -> Result<(NaiveTime, bool), Wrong> {
        let wrong = || {
            Wrong::new(
                name,
                "A time is written hmm, from 0 to 2400, like 517 or 1950.",
            )
        };
        let digits: u32 = self.needed(name)?.parse().map_err(|_| wrong())?;
        if digits == 2_400 {
            return Ok((NaiveTime::MIN, true));
        }
        let time = NaiveTime::from_hms_opt(digits / 100, digits % 100, 0).ok_or_else(wrong)?;
        Ok((time, false))
    }

    fn instant(
        &self,
        name: &'static str,
        date: NaiveDate,
        zone: Tz,
    ) -> Result<DateTime<Utc>, Wrong> {
        let (time, next_day) = self.time(name)?;
        let date = if next_day { date + Days::new(1) } else { date };
        Ok(instant_at(date.and_time(time), zone))
    }

    /// The scheduled arrival: on the day of departure, or on the next one when the clock at the destination would otherwise
    /// show a time before the departure.
    fn arrival(
        &self,
        date: NaiveDate,
        zone: Tz,
        departure: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Wrong> {
        let arrival = self.instant("sched_arr_time", date, zone)?;
        if arrival > departure {
            return Ok(arrival);
        }
        self.instant("sched_arr_time", date + Days::new(1), zone)
    }

    fn key(&self, departs_on: NaiveDate, origin: &str) -> Result<FlightKey, Wrong> {
        let carrier = IataAirline::parse(self.needed("carrier")?)
            .map_err(|reason| Wrong::new("carrier", reason))?;
        let number = self.number("flight")?;
        if !(1..=9_999).contains(&number) {
            return Err(Wrong::new(
                "flight",
                "A flight number is between 1 and 9999.",
            ));
        }
        let origin = origin.to_owned();
        Ok(FlightKey {
            departs_on,
            carrier: carrier.into(),
            number,
            suffix: String::new(),
            origin,
        })
    }

    fn registration(&self) -> Result<Option<String>, Wrong> {
        let registration = self.known("tailnum");
        let right = |text: &str| {
            (2..=10).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if registration.is_none_or(right) {
            return Ok(registration.map(str::to_owned));
        }
        Err(Wrong::new(
            "tailnum",
            "A registration has 2 to 10 letters, digits and hyphens.",
        ))
    }

    /// How it went: status, departure delay, arrival delay.
    fn went(&self) -> Result<(Status, Option<i32>, Option<i32>), Wrong> {
        if self.known("dep_time").is_none() {
            return Ok((Status::Cancelled, None, None));
        }
        self.time("dep_time")?;
        let departure = Some(self.delay("dep_delay")?);
        if self.known("arr_delay").is_none() {
            return Ok((Status::Diverted, departure, None));
        }
        self.time("arr_time")?;
        Ok((Status::Arrived, departure, Some(self.delay("arr_delay")?)))
    }
}

/// Reads one row.
pub(super) fn parse(
    layout: &Layout,
    record: &ByteRecord,
    airports: &Airports,
) -> Result<FlightRow, Wrong> {
    let row = layout.read(record)?;
    let date = row.date()?;
    let (origin_code, destination_code) = (row.needed("origin")?, row.needed("dest")?);
    let origin = airports.find("origin", origin_code)?;
    let destination = airports.find("dest", destination_code)?;
    if origin_code == destination_code {
        return Err(Wrong::new(
            "dest",
            "A flight goes to another airport than it leaves from.",
        ));
    }
    let departs = row.instant("sched_dep_time", date, origin.zone)?;
    let (status, departure_delay_minutes, arrival_delay_minutes) = row.went()?;
    Ok(FlightRow {
        key: row.key(date, origin_code)?,
        destination: destination_code.to_owned(),
        scheduled_departure_at: departs,
        scheduled_arrival_at: row.arrival(date, destination.zone, departs)?,
        departure_delay_minutes,
        arrival_delay_minutes,
        has_departed: departure_delay_minutes.is_some(),
        has_arrived: arrival_delay_minutes.is_some(),
        status: Some(status),
        cause_code: None,
        gate: None,
        aircraft_registration: row.registration()?,
        diverted_to: None,
        distance_km: origin.distance_km(&destination),
    })
}

#[cfg(test)]
mod tests;
