//! The kinds and states of a journey and its segments, as the graph names them.

use async_graphql::Enum;

/// Which way a journey goes. Out and back are two journeys even in one order (C-173/07).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::journey::JourneyDirection")]
pub enum JourneyDirection {
    /// Away from where the order begins.
    Outbound,
    /// Back to where the order begins.
    Inbound,
}

/// A cabin, by its IATA letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::flight_segment::Cabin")]
pub enum Cabin {
    /// First.
    F,
    /// Business.
    J,
    /// Premium economy.
    W,
    /// Economy.
    Y,
}

/// What the booking of a segment is worth; AIRIMP codes are mapped to these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::flight_segment::SegmentStatus")]
pub enum SegmentStatus {
    /// The seat is held (HK, KK, KL, RR).
    Confirmed,
    /// The seat is held at new times (TK).
    ScheduleChange,
    /// The airline was asked (SS, NN, HN, PN).
    Requested,
    /// Waiting for a place (HL, LL, UU, US, TL).
    Waitlisted,
    /// The airline said no (UC, NO).
    Rejected,
    /// The airline took it back (HX, UN).
    CancelledByCarrier,
    /// The customer gave it up (XX, XK, XL).
    Cancelled,
    /// Only noted, never a booking of its own (GK, PK, BK, MK).
    Passive,
    /// The passenger did not come (NS).
    NoShow,
}

/// What became of the passenger on the flight. The flight's own status is kept with the flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::flight_segment::TravelStatus")]
pub enum TravelStatus {
    /// The passenger is expected.
    Expected,
    /// The passenger has checked in.
    CheckedIn,
    /// The passenger flew.
    Flown,
    /// The passenger did not come.
    NoShow,
    /// The passenger came and was not let on board.
    DeniedBoarding,
    /// The passenger was taken off the flight.
    Offloaded,
    /// The passenger came without a booking and flew.
    GoShow,
    /// The airline moved the passenger to another flight.
    InvolRebooked,
    /// The airline moved the passenger to a lower cabin.
    InvolDowngraded,
    /// The airline moved the passenger to a higher cabin.
    InvolUpgraded,
}
