//! How a journey stands, from how its flights stand.

use async_graphql::Enum;
use entities::order::{
    flight::{self, Status},
    flight_segment::SegmentStatus,
};
use schema_kernel::scalar::DateTime;

use crate::flight::{MINIMUM_CONNECTION, is_late, journey_outcome};

/// How a journey stands as a whole, from how its flights stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum JourneyStatus {
    /// Every flight is expected within 15 minutes of its schedule.
    OnTime,
    /// A flight is expected to leave or arrive 15 minutes late or more, and every connection still holds.
    Delayed,
    /// A flight is cancelled or diverted, or a connection is missed: the journey cannot be flown as it was sold.
    Disrupted,
    /// The first flight has left, and the last has not arrived.
    InProgress,
    /// The last flight has arrived.
    Completed,
    /// The booking was given up, or every flight is cancelled.
    Cancelled,
}

/// Whether a segment in this status holds a place on its flight.
pub fn holds(status: SegmentStatus) -> bool {
    match status {
        SegmentStatus::Confirmed | SegmentStatus::ScheduleChange => true,
        SegmentStatus::Requested
        | SegmentStatus::Waitlisted
        | SegmentStatus::Rejected
        | SegmentStatus::CancelledByCarrier
        | SegmentStatus::Cancelled
        | SegmentStatus::Passive
        | SegmentStatus::NoShow => false,
    }
}

/// When a flight leaves, as far as is known.
pub fn departure(flight: &flight::Model) -> DateTime {
    flight
        .actual_departure_at
        .or(flight.estimated_departure_at)
        .unwrap_or(flight.scheduled_departure_at)
}

/// When a flight arrives, as far as is known.
pub fn arrival(flight: &flight::Model) -> DateTime {
    flight
        .actual_arrival_at
        .or(flight.estimated_arrival_at)
        .unwrap_or(flight.scheduled_arrival_at)
}

/// Whether a flight has left the ground.
pub fn has_left(flight: &flight::Model) -> bool {
    match flight.status {
        Status::Departed | Status::Arrived | Status::Diverted => true,
        Status::Scheduled | Status::Delayed | Status::Cancelled => false,
    }
}

/// Whether a passenger who arrives on `inbound` can leave on `outbound`.
pub fn connects(inbound: &flight::Model, outbound: &flight::Model) -> bool {
    departure(outbound) - arrival(inbound) >= MINIMUM_CONNECTION
}

/// How a journey stands. `flights` are those on which a place is held, in order of travel.
pub fn status(flights: &[&flight::Model]) -> JourneyStatus {
    let (Some(first), Some(last)) = (flights.first(), flights.last()) else {
        return JourneyStatus::Cancelled;
    };
    if flights
        .iter()
        .all(|flight| flight.status == Status::Cancelled)
    {
        return JourneyStatus::Cancelled;
    }
    let broken = flights
        .iter()
        .any(|flight| matches!(flight.status, Status::Cancelled | Status::Diverted));
    if broken || journey_outcome(flights).is_some_and(|outcome| outcome.missed_connection) {
        return JourneyStatus::Disrupted;
    }
    if last.status == Status::Arrived {
        return JourneyStatus::Completed;
    }
    if flights
        .iter()
        .any(|flight| flight.status == Status::Delayed || is_late(flight))
    {
        return JourneyStatus::Delayed;
    }
    if has_left(first) {
        JourneyStatus::InProgress
    } else {
        JourneyStatus::OnTime
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    fn standing(statuses: &[Status]) -> JourneyStatus {
        let flights: Vec<_> = sample::chain(statuses.len())
            .into_iter()
            .zip(statuses)
            .map(|(flight, status)| flight::Model {
                status: *status,
                ..flight
            })
            .collect();
        status(&flights.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_journey_stands_as_its_flights_do() {
        assert_eq!(standing(&[]), JourneyStatus::Cancelled);
        assert_eq!(
            standing(&[Status::Scheduled, Status::Scheduled]),
            JourneyStatus::OnTime
        );
        assert_eq!(
            standing(&[Status::Departed, Status::Scheduled]),
            JourneyStatus::InProgress
        );
        assert_eq!(
            standing(&[Status::Arrived, Status::Delayed]),
            JourneyStatus::Delayed
        );
        assert_eq!(
            standing(&[Status::Arrived, Status::Cancelled]),
            JourneyStatus::Disrupted
        );
        assert_eq!(
            standing(&[Status::Cancelled, Status::Cancelled]),
            JourneyStatus::Cancelled
        );
        assert_eq!(
            standing(&[Status::Arrived, Status::Arrived]),
            JourneyStatus::Completed
        );
    }

    #[test]
    fn a_late_arrival_breaks_a_connection() {
        let [mut first, second] = <[flight::Model; 2]>::try_from(sample::chain(2)).unwrap();
        first.arrival_delay_minutes = Some(40);
        assert_eq!(status(&[&first, &second]), JourneyStatus::Delayed);
        first.arrival_delay_minutes = Some(41);
        assert_eq!(status(&[&first, &second]), JourneyStatus::Disrupted);
    }

    fn any_status() -> impl Strategy<Value = Status> {
        prop::sample::select(vec![
            Status::Scheduled,
            Status::Delayed,
            Status::Departed,
            Status::Arrived,
            Status::Cancelled,
            Status::Diverted,
        ])
    }

    proptest! {
        #[test]
        fn nothing_broken_is_called_whole(statuses in prop::collection::vec(any_status(), 1..6)) {
            let broken = statuses.iter().any(|status| matches!(status, Status::Cancelled | Status::Diverted));
            let standing = standing(&statuses);
            prop_assert_eq!(broken, matches!(standing, JourneyStatus::Disrupted | JourneyStatus::Cancelled));
        }
    }
}
