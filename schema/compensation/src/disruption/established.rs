//! Facts that a person established, kept beside what was reported.

mod input;

use serde::{Deserialize, Serialize};

pub(crate) use self::input::check_minutes;
pub use self::input::{EstablishedFactsInput, ReroutingInput};
use crate::engine::{CaseFacts, Control, DiversionOutcome, Fact, Rerouting};

/// What people have found out about one disruption.
///
/// It outlives corrections of the report. What operations measure (delay, where a diversion ended) only fills what the
/// report leaves open; what operations cannot know (proof of the cause, the passenger's choice) stands over the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Established {
    /// Whether extraordinary circumstances and all reasonable measures are proven.
    pub extraordinary: Fact<bool>,
    /// The proven share of the delay, in minutes; without it the whole delay.
    pub extraordinary_minutes: Option<u32>,
    /// Whether the passenger flew, took re-booking, or took something in place of money.
    pub accepted_alternative: Fact<bool>,
    /// Whether the passenger was at check-in in time.
    pub presented: Fact<bool>,
    /// Whether benefits and assistance were received under a third country's law.
    pub third_country_benefits: Fact<bool>,
    /// What other travel was offered.
    pub rerouting: Fact<Option<Rerouting>>,
    /// Minutes late at the final destination.
    pub arrival_delay_minutes: Fact<i64>,
    /// Where a diverted flight left its passengers.
    pub diversion: Fact<DiversionOutcome>,
}

impl Established {
    /// Both together; where both know, `newer` is right.
    #[must_use]
    pub fn with(self, newer: &Self) -> Self {
        Self {
            // The share belongs to the proof and is replaced with it.
            extraordinary_minutes: match newer.extraordinary {
                Fact::Known(_) => newer.extraordinary_minutes,
                Fact::Unknown => self.extraordinary_minutes,
            },
            extraordinary: first_known(newer.extraordinary, self.extraordinary),
            accepted_alternative: first_known(
                newer.accepted_alternative,
                self.accepted_alternative,
            ),
            presented: first_known(newer.presented, self.presented),
            third_country_benefits: first_known(
                newer.third_country_benefits,
                self.third_country_benefits,
            ),
            rerouting: first_known(newer.rerouting, self.rerouting),
            arrival_delay_minutes: first_known(
                newer.arrival_delay_minutes,
                self.arrival_delay_minutes,
            ),
            diversion: first_known(newer.diversion, self.diversion),
        }
    }

    /// The reported facts together with these.
    #[must_use]
    pub fn over(&self, reported: &CaseFacts) -> CaseFacts {
        let mut facts = reported.clone();
        let (event, passenger) = (&mut facts.event, &mut facts.passenger);
        if let Fact::Known(_) = self.extraordinary {
            event.extraordinary = self.extraordinary;
            event.extraordinary_minutes = self.extraordinary_minutes;
        }
        event.rerouting = first_known(self.rerouting, event.rerouting);
        event.arrival_delay_minutes =
            first_known(event.arrival_delay_minutes, self.arrival_delay_minutes);
        event.diversion = first_known(event.diversion, self.diversion);
        passenger.accepted_alternative =
            first_known(self.accepted_alternative, passenger.accepted_alternative);
        passenger.presented = first_known(self.presented, passenger.presented);
        passenger.third_country_benefits = first_known(
            self.third_country_benefits,
            passenger.third_country_benefits,
        );
        facts
    }

    /// The answers to everything still open in `facts` that would cost the carrier most: what is at stake.
    pub(crate) fn worst_case(facts: &CaseFacts) -> CaseFacts {
        const TWO_DAYS: i64 = 2 * 24 * 60;
        let mut facts = facts.clone();
        let (event, passenger) = (&mut facts.event, &mut facts.passenger);
        event.extraordinary = first_known(event.extraordinary, Fact::Known(false));
        event.arrival_delay_minutes =
            first_known(event.arrival_delay_minutes, Fact::Known(TWO_DAYS));
        event.notice_minutes = first_known(event.notice_minutes, Fact::Known(0));
        event.rerouting = first_known(event.rerouting, Fact::Known(None));
        event.diversion = first_known(event.diversion, Fact::Known(DiversionOutcome::OtherRegion));
        passenger.fare_free = first_known(passenger.fare_free, Fact::Known(false));
        passenger.presented = first_known(passenger.presented, Fact::Known(true));
        passenger.accepted_alternative =
            first_known(passenger.accepted_alternative, Fact::Known(false));
        passenger.third_country_benefits =
            first_known(passenger.third_country_benefits, Fact::Known(false));
        let operation = &mut facts.operation;
        operation.control = first_known(operation.control, Fact::Known(Control::WithinControl));
        operation.large_carrier = first_known(operation.large_carrier, Fact::Known(true));
        facts
    }
}

fn first_known<T>(first: Fact<T>, second: Fact<T>) -> Fact<T> {
    match first {
        Fact::Known(_) => first,
        Fact::Unknown => second,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_findings_replace_older_ones_and_keep_the_rest() {
        let older = Established {
            extraordinary: Fact::Known(true),
            extraordinary_minutes: Some(80),
            presented: Fact::Known(true),
            ..Established::default()
        };
        let newer = Established {
            extraordinary: Fact::Known(false),
            ..Established::default()
        };
        let both = older.clone().with(&newer);
        assert_eq!(
            (both.extraordinary, both.extraordinary_minutes),
            (Fact::Known(false), None)
        );
        assert_eq!(both.presented, Fact::Known(true));
        assert_eq!(older.clone().with(&Established::default()), older);
    }

    #[test]
    fn an_empty_record_of_findings_is_read_as_nothing_known() {
        let nothing: Established = serde_json::from_str("{}").unwrap();
        assert_eq!(nothing, Established::default());
    }
}
