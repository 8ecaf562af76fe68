use proptest::prelude::*;

use super::*;
use crate::flight::sample;

fn changes() -> impl Strategy<Value = Change> {
    let cause = || prop::sample::select(vec!["41", "71", "93"]).prop_map(str::to_owned);
    prop_oneof![
        (prop::option::of(-60..600_i32), -60..600_i32, cause()).prop_map(
            |(departure, arrival, cause)| Change::Delay {
                departure,
                arrival,
                cause
            }
        ),
        cause().prop_map(|cause| Change::Cancellation { cause }),
        (prop::option::of(0..600_i32), prop::option::of(cause())).prop_map(|(arrival, cause)| {
            Change::Diversion {
                to: "BOS".to_owned(),
                arrival,
                cause,
            }
        }),
        "[A-C][1-9]".prop_map(|gate| Change::GateChange { gate }),
        Just(Change::Restoration),
        (-30..600_i64).prop_map(|minutes| Change::Arrival {
            at: sample::flight().scheduled_arrival_at + TimeDelta::minutes(minutes),
            departed_at: None,
        }),
    ]
}

fn check(flight: &Model) {
    let planned = sample::flight();
    assert_eq!(flight.id, planned.id);
    assert_eq!(
        flight.scheduled_departure_at,
        planned.scheduled_departure_at
    );
    assert_eq!(flight.scheduled_arrival_at, planned.scheduled_arrival_at);
    if let Some(at) = flight.actual_arrival_at.or(flight.estimated_arrival_at) {
        let delay = minutes_between(flight.scheduled_arrival_at, at);
        assert_eq!(flight.arrival_delay_minutes, Some(delay));
    }
    match flight.status {
        Status::Scheduled => assert!(!is_late(flight)),
        Status::Delayed => assert!(is_late(flight)),
        Status::Departed => assert!(flight.actual_departure_at.is_some()),
        Status::Arrived => assert!(flight.actual_arrival_at.is_some()),
        Status::Cancelled => {
            assert!(flight.arrival_delay_minutes.is_none() && flight.cause_code.is_some());
        }
        Status::Diverted => assert!(flight.diverted_to.is_some()),
    }
}

proptest! {
    #[test]
    fn no_sequence_of_changes_leaves_the_rules(sequence in prop::collection::vec(changes(), 0..20)) {
        let mut flight = sample::flight();
        for change in sequence {
            let allowed = may_happen(flight.status).contains(&change.kind());
            let next = apply(&flight, &change);
            prop_assert_eq!(next.is_some(), allowed);
            let Some(next) = next else { continue };
            check(&next);
            prop_assert_eq!(next.version != flight.version, next != flight);
            prop_assert_eq!(apply(&next, &change).unwrap_or_else(|| next.clone()).version, next.version);
            flight = next;
        }
    }
}

#[test]
fn an_arrived_flight_takes_a_corrected_delay_and_nothing_else() {
    let landed = sample::flight().scheduled_arrival_at + TimeDelta::minutes(20);
    let arrived = apply(
        &sample::flight(),
        &Change::Arrival {
            at: landed,
            departed_at: None,
        },
    )
    .unwrap();
    assert_eq!(arrived.arrival_delay_minutes, Some(20));

    let correction = Change::Delay {
        departure: None,
        arrival: 200,
        cause: "41".to_owned(),
    };
    let corrected = apply(&arrived, &correction).unwrap();
    assert_eq!(corrected.status, Status::Arrived);
    assert_eq!(corrected.arrival_delay_minutes, Some(200));
    assert_eq!(
        corrected.actual_arrival_at,
        Some(landed + TimeDelta::minutes(180))
    );
    assert!(
        apply(
            &arrived,
            &Change::Cancellation {
                cause: "41".to_owned()
            }
        )
        .is_none()
    );
    assert!(apply(&arrived, &Change::Restoration).is_none());
}

#[test]
fn a_cancelled_flight_can_only_be_restored() {
    let cancelled = apply(
        &sample::flight(),
        &Change::Cancellation {
            cause: "41".to_owned(),
        },
    )
    .unwrap();
    assert_eq!(may_happen(cancelled.status), [Kind::Restoration]);
    let restored = apply(&cancelled, &Change::Restoration).unwrap();
    assert_eq!(restored.status, Status::Scheduled);
    assert_eq!(restored.cause_code, None);
}
