//! The states of an order, and which lead to which.

use entities::order::{
    flight,
    flight_segment::{self, TravelStatus},
    order::OrderStatus,
};
use schema_kernel::{problem::TransitionNotAllowed, scalar::DateTime};

use crate::journey::state::{departure, has_left, holds};

/// The states that can be reached from `from`.
pub fn next(from: OrderStatus) -> &'static [OrderStatus] {
    match from {
        OrderStatus::Open => &[OrderStatus::Cancelled, OrderStatus::Completed],
        OrderStatus::Cancelled | OrderStatus::Completed => &[],
    }
}

/// Whether `from` leads to `to`.
pub fn leads_to(from: OrderStatus, to: OrderStatus) -> bool {
    next(from).contains(&to)
}

/// The refusal of a step that `from` does not allow.
pub fn refusal(from: OrderStatus, to: OrderStatus) -> TransitionNotAllowed {
    let allowed = next(from)
        .iter()
        .map(|status| name(*status).to_owned())
        .collect();
    TransitionNotAllowed::of(name(from), name(to), allowed)
        .by("order life cycle: only what is open can be changed or cancelled")
}

/// A state as the graph writes it.
pub fn name(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Open => "OPEN",
        OrderStatus::Cancelled => "CANCELLED",
        OrderStatus::Completed => "COMPLETED",
    }
}

/// Whether a place on a flight is used up at `now`: it was flown, or its flight has left, or should have left and was
/// not called off. Only what is not used up can be changed or given back.
pub fn is_used(segment: &flight_segment::Model, flight: &flight::Model, now: DateTime) -> bool {
    match segment.travel_status {
        TravelStatus::Flown | TravelStatus::GoShow | TravelStatus::NoShow => true,
        // Refused or taken off by the airline: not carried, whatever became of the flight.
        TravelStatus::DeniedBoarding | TravelStatus::Offloaded => false,
        TravelStatus::Expected
        | TravelStatus::CheckedIn
        | TravelStatus::InvolRebooked
        | TravelStatus::InvolDowngraded
        | TravelStatus::InvolUpgraded => {
            has_left(flight)
                || (flight.status != flight::Status::Cancelled && departure(flight) <= now)
        }
    }
}

/// Whether a segment is still to be flown at `now`.
pub fn is_ahead(segment: &flight_segment::Model, flight: &flight::Model, now: DateTime) -> bool {
    holds(segment.status) && !is_used(segment, flight, now)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_status() -> impl Strategy<Value = OrderStatus> {
        prop::sample::select(vec![
            OrderStatus::Open,
            OrderStatus::Cancelled,
            OrderStatus::Completed,
        ])
    }

    proptest! {
        #[test]
        fn closed_orders_never_move_again(steps in prop::collection::vec(any_status(), 0..20)) {
            let mut state = OrderStatus::Open;
            let mut moves = 0;
            for step in steps {
                if leads_to(state, step) {
                    state = step;
                    moves += 1;
                } else {
                    prop_assert_eq!(refusal(state, step).allowed.len(), next(state).len());
                }
            }
            prop_assert!(moves <= 1);
            prop_assert_eq!(moves == 1, state != OrderStatus::Open);
        }
    }
}
