use entities::order::flight::Status;
use serde::{Deserialize, Serialize};

use super::FlightRow;
use crate::flight::LATE_MINUTES;

/// Late enough on arrival for most laws to ask questions, in minutes.
const VERY_LATE_MINUTES: i32 = 180;

/// What an import counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows read, those that could not be right included.
    pub rows: u64,
    /// Flights that were not known before.
    pub inserted: u64,
    /// Flights of which something changed.
    pub updated: u64,
    /// Flights that already stood as the file says.
    pub unchanged: u64,
    /// Rows that tell of a cancellation.
    pub cancelled: u64,
    /// Rows that tell of a diversion.
    pub diverted: u64,
    /// Rows that tell of a departure or an arrival 15 minutes late or more.
    pub delayed: u64,
    /// Rows that tell of an arrival 180 minutes late or more.
    pub arriving_very_late: u64,
    /// Rows that cannot be right and were left out.
    pub bad: u64,
    /// Passenger journeys that were told of, because they end differently now.
    pub disrupted_journeys: u64,
}

impl Totals {
    pub(super) fn count(&mut self, row: &FlightRow) {
        self.rows += 1;
        let worst = row.departure_delay_minutes.max(row.arrival_delay_minutes);
        self.cancelled += u64::from(row.status == Some(Status::Cancelled));
        self.diverted += u64::from(row.status == Some(Status::Diverted));
        self.delayed += u64::from(worst.is_some_and(|minutes| minutes >= LATE_MINUTES));
        self.arriving_very_late += u64::from(
            row.arrival_delay_minutes
                .is_some_and(|minutes| minutes >= VERY_LATE_MINUTES),
        );
    }

    /// Both counts together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            rows: self.rows + other.rows,
            inserted: self.inserted + other.inserted,
            updated: self.updated + other.updated,
            unchanged: self.unchanged + other.unchanged,
            cancelled: self.cancelled + other.cancelled,
            diverted: self.diverted + other.diverted,
            delayed: self.delayed + other.delayed,
            arriving_very_late: self.arriving_very_late + other.arriving_very_late,
            bad: self.bad + other.bad,
            disrupted_journeys: self.disrupted_journeys + other.disrupted_journeys,
        }
    }
}
