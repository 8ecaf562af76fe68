//! The way of a bag: which state leads where, and who may say so.
//!
//! ```text
//! delayed  REPORTED -> TRACING -> LOCATED -> FORWARDED -> ARRIVED -> OUT_FOR_DELIVERY -> DELIVERED -> CLOSED
//!          any before ARRIVED -> LOST -> LOCATED | CLOSED
//! damaged  REPORTED -> ASSESSED -> CLOSED
//! ```

use chrono::NaiveDate;
use entities::case::baggage_report::{BaggageKind, BaggageState, Model};

use super::clock;

/// Every state, for those who ask which can be reached.
pub const ALL: [BaggageState; 10] = [
    BaggageState::Reported,
    BaggageState::Tracing,
    BaggageState::Located,
    BaggageState::Forwarded,
    BaggageState::Arrived,
    BaggageState::OutForDelivery,
    BaggageState::Delivered,
    BaggageState::Assessed,
    BaggageState::Lost,
    BaggageState::Closed,
];

/// What the way asks of a report.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// What is wrong.
    pub kind: BaggageKind,
    /// How far it has come.
    pub state: BaggageState,
    /// The day on which the bag arrived, or ought to have.
    pub arrived_on: NaiveDate,
    /// Whether the airline admits, now or before, that it is lost.
    pub is_loss_admitted: bool,
}

impl From<&Model> for Standing {
    fn from(report: &Model) -> Self {
        Self {
            kind: report.kind,
            state: report.state,
            arrived_on: report.arrived_on,
            is_loss_admitted: report.is_loss_admitted,
        }
    }
}

/// Who says where a bag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its owner, who says that it came, or treats it as lost.
    Customer,
    /// Somebody who traces it.
    Staff,
}

/// Where a report of this kind begins.
pub fn first(kind: BaggageKind) -> BaggageState {
    match kind {
        BaggageKind::Delayed | BaggageKind::Damaged | BaggageKind::Pilfered => {
            BaggageState::Reported
        }
        BaggageKind::Lost => BaggageState::Lost,
    }
}

/// Whether the table has a way from one state to the other, whoever goes and whenever.
pub fn leads(kind: BaggageKind, from: BaggageState, to: BaggageState) -> bool {
    use BaggageState::{
        Arrived, Assessed, Closed, Delivered, Forwarded, Located, Lost, OutForDelivery, Reported,
        Tracing,
    };
    let onwards: &[BaggageState] = match kind {
        BaggageKind::Damaged | BaggageKind::Pilfered => match from {
            Reported => &[Assessed, Closed],
            Assessed => &[Closed],
            Tracing | Located | Forwarded | Arrived | OutForDelivery | Delivered | Lost
            | Closed => &[],
        },
        BaggageKind::Delayed | BaggageKind::Lost => match from {
            Reported => &[Tracing, Located, Arrived, Delivered, Lost, Closed],
            Tracing => &[Located, Lost, Closed],
            Located => &[Forwarded, Arrived, Tracing, Lost],
            Forwarded => &[Arrived, Tracing, Lost],
            Arrived => &[OutForDelivery, Delivered],
            OutForDelivery => &[Delivered, Arrived],
            Delivered => &[Closed],
            Lost => &[Located, Closed],
            Assessed | Closed => &[],
        },
    };
    onwards.contains(&to)
}

/// Decides one step on the day `today`; a refusal names the rule.
///
/// # Errors
/// The rule by which there is no such way, or not yet, or not for whoever goes.
pub fn step(
    standing: Standing,
    part: Part,
    to: BaggageState,
    today: NaiveDate,
) -> Result<(), &'static str> {
    if !leads(standing.kind, standing.state, to) {
        return Err("domain 2.6: the way of a bag");
    }
    if part == Part::Customer && !matches!(to, BaggageState::Delivered | BaggageState::Lost) {
        return Err("domain 2.6: a customer says that a bag came, or treats it as lost");
    }
    let is_lost = standing.is_loss_admitted || today >= clock::deemed_lost_on(standing.arrived_on);
    if to == BaggageState::Lost && !is_lost {
        return Err(
            "Montreal Convention Art 17(3): lost when the carrier admits it, or after 21 days",
        );
    }
    Ok(())
}

/// The states to which this part can bring the report on the day `today`. Staff can admit a loss at any time, which is not
/// counted here.
pub fn reachable(standing: Standing, part: Part, today: NaiveDate) -> Vec<BaggageState> {
    ALL.into_iter()
        .filter(|to| step(standing, part, *to, today).is_ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [BaggageKind; 4] = [
        BaggageKind::Delayed,
        BaggageKind::Damaged,
        BaggageKind::Pilfered,
        BaggageKind::Lost,
    ];

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap() + chrono::Days::new(number)
    }

    fn standing(kind: BaggageKind, state: BaggageState) -> Standing {
        Standing {
            kind,
            state,
            arrived_on: day(0),
            is_loss_admitted: false,
        }
    }

    #[test]
    fn a_bag_is_lost_after_21_days_or_when_it_is_admitted() {
        let traced = standing(BaggageKind::Delayed, BaggageState::Tracing);
        for part in [Part::Customer, Part::Staff] {
            assert!(step(traced, part, BaggageState::Lost, day(20)).is_err());
            assert!(step(traced, part, BaggageState::Lost, day(21)).is_ok());
        }
        let admitted = Standing {
            is_loss_admitted: true,
            ..traced
        };
        assert!(step(admitted, Part::Staff, BaggageState::Lost, day(1)).is_ok());
    }

    #[test]
    fn a_customer_says_that_it_came_and_does_not_trace() {
        let at_the_door = standing(BaggageKind::Delayed, BaggageState::OutForDelivery);
        assert_eq!(
            reachable(at_the_door, Part::Customer, day(2)),
            [BaggageState::Delivered]
        );
        let reported = standing(BaggageKind::Delayed, BaggageState::Reported);
        assert!(step(reported, Part::Customer, BaggageState::Tracing, day(1)).is_err());
    }

    #[test]
    fn damage_is_looked_at_and_not_traced() {
        for kind in [BaggageKind::Damaged, BaggageKind::Pilfered] {
            let reported = standing(kind, BaggageState::Reported);
            assert_eq!(
                reachable(reported, Part::Staff, day(40)),
                [BaggageState::Assessed, BaggageState::Closed]
            );
        }
    }

    #[test]
    fn every_state_that_can_be_reached_leads_to_an_end_and_the_end_leads_nowhere() {
        for kind in KINDS {
            let mut seen = vec![first(kind)];
            let mut next = 0;
            while let Some(from) = seen.get(next).copied() {
                for to in ALL {
                    if leads(kind, from, to) && !seen.contains(&to) {
                        seen.push(to);
                    }
                }
                next += 1;
            }
            assert!(seen.contains(&BaggageState::Closed), "{kind:?}");
            for state in seen {
                let is_end = ALL.iter().all(|to| !leads(kind, state, *to));
                assert_eq!(is_end, state == BaggageState::Closed, "{kind:?} {state:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn nobody_goes_where_the_table_does_not_lead(
            kind in 0..4_usize, from in 0..10_usize, to in 0..10_usize, days in 0..90_u64, admitted in any::<bool>(), staff in any::<bool>(),
        ) {
            let standing = Standing { is_loss_admitted: admitted, ..standing(KINDS[kind], ALL[from]) };
            let part = if staff { Part::Staff } else { Part::Customer };
            if step(standing, part, ALL[to], day(days)).is_ok() {
                prop_assert!(leads(KINDS[kind], ALL[from], ALL[to]));
                prop_assert_ne!(from, to);
            }
        }
    }
}
