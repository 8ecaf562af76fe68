use async_graphql::{Enum, InputObject};
use chrono::Datelike;
use entities::order::flight;
use schema_kernel::{
    Error, Result,
    scalar::{Date, IataAirline, IataAirport},
};
use sea_orm::{ColumnTrait, Condition, Order};

use super::FlightStatus;
use crate::reference::PLAUSIBLE_YEARS;

/// Which flights are listed. Every condition that is given has to hold; without any, all flights are listed.
#[derive(Clone, Debug, Default, InputObject)]
pub struct FlightFilter {
    /// Flights of this operating airline. Example: `"EK"`.
    pub carrier: Option<IataAirline>,
    /// Flights with this number, without the airline. Example: `47`.
    pub number: Option<i32>,
    /// Flights that leave from this airport. Example: `"DXB"`.
    pub origin: Option<IataAirport>,
    /// Flights that are scheduled to this airport. Example: `"FRA"`.
    pub destination: Option<IataAirport>,
    /// Flights that are scheduled to leave on this day, on the calendar of their origin. Example: `"2026-11-20"`.
    pub departs_on: Option<Date>,
    /// Flights that are scheduled to leave between two days, on the calendar of their origin.
    pub departs_between: Option<FlightDays>,
    /// Flights in any of these states. An empty list lists none.
    pub status: Option<Vec<FlightStatus>>,
}

/// A span of days of departure.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct FlightDays {
    /// The first day, included. Example: `"2026-11-20"`.
    pub from: Date,
    /// The last day, included. Example: `"2026-11-26"`.
    pub to: Date,
}

/// How a list of flights is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum FlightSort {
    /// By scheduled departure, earliest first.
    #[default]
    ScheduledDeparture,
    /// By scheduled departure, latest first.
    ScheduledDepartureDescending,
}

impl FlightSort {
    pub(super) fn order(self) -> Order {
        match self {
            Self::ScheduledDeparture => Order::Asc,
            Self::ScheduledDepartureDescending => Order::Desc,
        }
    }
}

impl FlightFilter {
    /// Refuses days that no flight can leave on.
    pub(super) fn check(&self) -> Result<()> {
        let days = self.departs_between.map(|days| [days.from, days.to]);
        let given = self
            .departs_on
            .into_iter()
            .chain(days.into_iter().flatten());
        if given
            .into_iter()
            .all(|day| PLAUSIBLE_YEARS.contains(&day.0.year()))
        {
            return Ok(());
        }
        Err(Error::bad_user_input(
            "Flights leave between the years 1970 and 2200; a day looks like \"2026-11-20\".",
        ))
    }

    pub(super) fn condition(&self) -> Condition {
        let equal =
            |column: flight::Column, value: Option<&str>| value.map(|value| column.eq(value));
        let days = self.departs_between;
        Condition::all()
            .add_option(equal(
                flight::Column::Carrier,
                self.carrier.as_ref().map(IataAirline::as_str),
            ))
            .add_option(self.number.map(|number| flight::Column::Number.eq(number)))
            .add_option(equal(
                flight::Column::Origin,
                self.origin.as_ref().map(IataAirport::as_str),
            ))
            .add_option(equal(
                flight::Column::Destination,
                self.destination.as_ref().map(IataAirport::as_str),
            ))
            .add_option(
                self.departs_on
                    .map(|day| flight::Column::DepartsOn.eq(day.0)),
            )
            .add_option(days.map(|days| flight::Column::DepartsOn.between(days.from.0, days.to.0)))
            .add_option(self.status.as_ref().map(|states| {
                flight::Column::Status
                    .is_in(states.iter().map(|status| flight::Status::from(*status)))
            }))
    }
}
