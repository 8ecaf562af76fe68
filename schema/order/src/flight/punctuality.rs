//! How punctual flights like this one were: the record on which forecasts rest.

mod store;

use async_graphql::{Enum, SimpleObject};

pub(crate) use self::store::PunctualityOf;

/// How many flights a record needs before it stands for a route; with fewer the next wider record is taken.
pub const ENOUGH_FLIGHTS: usize = 30;

/// How many of the latest flights a record holds at most.
pub const RECORDED_FLIGHTS: u64 = 400;

/// How far back a record goes, in days.
pub const RECORDED_DAYS: i64 = 365;

/// Which flights a record of punctuality is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PunctualityBasis {
    /// Flights from the same origin to the same destination.
    Route,
    /// Flights from the same origin.
    Origin,
    /// All flights.
    Network,
}

/// How punctual the latest flights like this one were.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
#[graphql(requires_scopes = "flight:read")]
pub struct Punctuality {
    /// Which flights it is about.
    pub basis: PunctualityBasis,
    /// How many flights it is about, those that were cancelled included. Example: `312`.
    pub flight_count: i32,
    /// How many of them were cancelled. Example: `4`.
    pub cancelled_count: i32,
    /// The arrival delay in minutes that half of those that arrived kept within, negative when early; null when none
    /// arrived. Example: `-5`.
    pub median_arrival_delay_minutes: Option<i32>,
    /// The arrival delay in minutes that 95 of 100 of those that arrived kept within; null when none arrived. Example: `96`.
    pub p95_arrival_delay_minutes: Option<i32>,
    /// Minutes that they gained or lost between departure and arrival, ascending.
    #[graphql(skip)]
    pub en_route_minutes: Vec<i32>,
}

/// What a flight on record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Performance {
    /// Minutes late at departure; unknown of flights that did not leave.
    pub(crate) departure_delay_minutes: Option<i32>,
    /// Minutes late at arrival; unknown of flights that did not arrive.
    pub(crate) arrival_delay_minutes: Option<i32>,
    /// Whether it did not take place.
    pub(crate) is_cancelled: bool,
}

/// The record of these flights.
pub(crate) fn punctuality(basis: PunctualityBasis, flights: &[Performance]) -> Punctuality {
    let mut arrivals: Vec<i32> = flights
        .iter()
        .filter_map(|flight| flight.arrival_delay_minutes)
        .collect();
    arrivals.sort_unstable();
    let mut en_route: Vec<i32> = flights
        .iter()
        .filter_map(|flight| Some(flight.arrival_delay_minutes? - flight.departure_delay_minutes?))
        .collect();
    en_route.sort_unstable();
    Punctuality {
        basis,
        flight_count: count(flights.len()),
        cancelled_count: count(flights.iter().filter(|flight| flight.is_cancelled).count()),
        median_arrival_delay_minutes: quantile(&arrivals, 50),
        p95_arrival_delay_minutes: quantile(&arrivals, 95),
        en_route_minutes: en_route,
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The smallest value that at least `percent` of 100 values of `ascending` do not exceed (nearest rank).
fn quantile(ascending: &[i32], percent: usize) -> Option<i32> {
    let rank = (ascending.len() * percent).div_ceil(100).max(1);
    ascending.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flight(departure: i32, arrival: i32) -> Performance {
        Performance {
            departure_delay_minutes: Some(departure),
            arrival_delay_minutes: Some(arrival),
            is_cancelled: false,
        }
    }

    #[test]
    fn a_record_counts_what_was_cancelled_and_measures_what_arrived() {
        let cancelled = Performance {
            departure_delay_minutes: None,
            arrival_delay_minutes: None,
            is_cancelled: true,
        };
        let record = punctuality(
            PunctualityBasis::Route,
            &[flight(10, 2), flight(0, -12), cancelled, flight(60, 75)],
        );
        assert_eq!((record.flight_count, record.cancelled_count), (4, 1));
        assert_eq!(record.median_arrival_delay_minutes, Some(2));
        assert_eq!(record.p95_arrival_delay_minutes, Some(75));
        assert_eq!(record.en_route_minutes, [-12, -8, 15]);
    }

    #[test]
    fn without_arrivals_there_is_no_delay_to_speak_of() {
        let record = punctuality(PunctualityBasis::Network, &[]);
        assert_eq!(record.median_arrival_delay_minutes, None);
        assert_eq!(record.p95_arrival_delay_minutes, None);
    }

    proptest! {
        #[test]
        fn a_quantile_is_one_of_the_values_and_holds_its_share(mut values in prop::collection::vec(-60_i32..600, 1..80), percent in 1_usize..=100) {
            values.sort_unstable();
            let found = quantile(&values, percent).unwrap();
            let within = values.iter().filter(|value| **value <= found).count();
            prop_assert!(within * 100 >= values.len() * percent);
            prop_assert!(values.contains(&found));
        }
    }
}
