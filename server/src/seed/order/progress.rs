//! How far passengers have come, and what that makes of everything that hangs on it.

use entities::order::{
    flight_segment::{SegmentStatus, TravelStatus},
    service::DeliveryStatus,
    ticket::CouponStatus,
};

/// How far a passenger has come on a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::seed) enum Progress {
    Coming,
    CheckedIn,
    OnBoard,
    Flown,
    GivenUp,
}

impl Progress {
    pub(super) fn segment(self) -> SegmentStatus {
        match self {
            Self::Coming | Self::CheckedIn | Self::OnBoard | Self::Flown => {
                SegmentStatus::Confirmed
            }
            Self::GivenUp => SegmentStatus::Cancelled,
        }
    }

    pub(super) fn travel(self) -> TravelStatus {
        match self {
            Self::Coming | Self::GivenUp => TravelStatus::Expected,
            Self::CheckedIn | Self::OnBoard => TravelStatus::CheckedIn,
            Self::Flown => TravelStatus::Flown,
        }
    }

    pub(super) fn coupon(self) -> CouponStatus {
        match self {
            Self::Coming => CouponStatus::Open,
            Self::CheckedIn => CouponStatus::CheckedIn,
            Self::OnBoard => CouponStatus::Lifted,
            Self::Flown => CouponStatus::Flown,
            Self::GivenUp => CouponStatus::Refunded,
        }
    }

    pub(super) fn delivery(self) -> DeliveryStatus {
        match self {
            Self::Coming => DeliveryStatus::ReadyToProceed,
            Self::CheckedIn | Self::OnBoard => DeliveryStatus::InProgress,
            Self::Flown => DeliveryStatus::Delivered,
            Self::GivenUp => DeliveryStatus::Removed,
        }
    }
}
