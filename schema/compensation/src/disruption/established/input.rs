//! Established facts, as a person states them.

use async_graphql::InputObject;
use schema_kernel::problem::FieldProblem;
use serde::Serialize;

use super::Established;
use crate::{
    disruption::DiversionEnd,
    engine::{Fact, Rerouting},
};

/// What a person has found out. What is left out stays as it was: known from before, or not known.
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct EstablishedFactsInput {
    /// Whether extraordinary circumstances **and** all reasonable measures are proven (Art 5(3)); the carrier bears the
    /// burden of proof.
    pub is_extraordinary: Option<bool>,
    /// The proven extraordinary share of the delay in minutes, when it is not the whole delay (C-315/15). Only with
    /// `isExtraordinary: true`.
    pub extraordinary_minutes: Option<i32>,
    /// Whether the passenger flew the changed flight, took re-booking, or affirmatively took a voucher or the like in
    /// place of money. Silence while the flight leaves is `false` (14 CFR 260.7).
    pub has_accepted_alternative: Option<bool>,
    /// Whether the passenger was at check-in in time.
    pub was_at_check_in: Option<bool>,
    /// Whether the passenger received benefits **and** assistance for this event under a third country's law
    /// (Art 3(1)(b)).
    pub has_third_country_benefits: Option<bool>,
    /// Minutes late at the final destination, where operations did not report it.
    pub arrival_delay_minutes: Option<i32>,
    /// Where a diverted flight left its passengers, where operations did not report it.
    pub diversion_end: Option<DiversionEnd>,
    /// Whether other travel to the destination was offered; `true` goes with `rerouting`.
    pub is_rerouting_offered: Option<bool>,
    /// The other travel that was offered, against the booked times.
    pub rerouting: Option<ReroutingInput>,
}

/// Other travel to the final destination, against the booked times.
#[derive(Clone, Copy, Debug, InputObject, Serialize)]
pub struct ReroutingInput {
    /// Minutes it departs before the booked departure; negative when later.
    pub departs_earlier_minutes: i32,
    /// Minutes it arrives after the booked arrival; negative when earlier.
    pub arrives_later_minutes: i32,
}

/// No delay, notice or re-routing that anybody decides about is longer than a year.
const MINUTES_OF_A_YEAR: i32 = 366 * 24 * 60;

/// Notes a number of minutes that cannot be right.
pub(crate) fn check_minutes(path: &str, minutes: Option<i32>, problems: &mut Vec<FieldProblem>) {
    if minutes.is_some_and(|minutes| {
        minutes
            .checked_abs()
            .is_none_or(|minutes| minutes > MINUTES_OF_A_YEAR)
    }) {
        problems.push(FieldProblem::at(
            path,
            "Minutes are at most those of a year, 527040, either way.",
        ));
    }
}

impl EstablishedFactsInput {
    /// The facts, or what is wrong with them below `path`.
    pub(crate) fn read(&self, path: &str, problems: &mut Vec<FieldProblem>) -> Established {
        let at = |field: &str| format!("{path}.{field}");
        check_minutes(
            &at("arrivalDelayMinutes"),
            self.arrival_delay_minutes,
            problems,
        );
        if let Some(offer) = self.rerouting {
            check_minutes(
                &at("rerouting.departsEarlierMinutes"),
                Some(offer.departs_earlier_minutes),
                problems,
            );
            check_minutes(
                &at("rerouting.arrivesLaterMinutes"),
                Some(offer.arrives_later_minutes),
                problems,
            );
        }
        let extraordinary_minutes = self.extraordinary_minutes.map(u32::try_from);
        if matches!(extraordinary_minutes, Some(Err(_))) {
            problems.push(FieldProblem::at(
                &at("extraordinaryMinutes"),
                "A share of a delay is not negative.",
            ));
        }
        if self.extraordinary_minutes.is_some() && self.is_extraordinary != Some(true) {
            let message = "A share is only extraordinary with `isExtraordinary: true`.";
            problems.push(FieldProblem::at(&at("extraordinaryMinutes"), message).by("C-315/15"));
        }
        let rerouting = match (self.is_rerouting_offered, self.rerouting) {
            (None | Some(true), Some(offer)) => Fact::Known(Some(offer.into())),
            (Some(false), None) => Fact::Known(None),
            (None, None) => Fact::Unknown,
            (Some(offered), _) => {
                let message = if offered {
                    "Give the times of the other travel that was offered."
                } else {
                    "Nothing was offered, so leave the times out."
                };
                problems.push(FieldProblem::at(&at("rerouting"), message));
                Fact::Unknown
            }
        };
        Established {
            extraordinary: self.is_extraordinary.into(),
            extraordinary_minutes: extraordinary_minutes.and_then(Result::ok),
            accepted_alternative: self.has_accepted_alternative.into(),
            presented: self.was_at_check_in.into(),
            third_country_benefits: self.has_third_country_benefits.into(),
            rerouting,
            arrival_delay_minutes: self.arrival_delay_minutes.map(i64::from).into(),
            diversion: self.diversion_end.map(Into::into).into(),
        }
    }
}

impl From<ReroutingInput> for Rerouting {
    fn from(offer: ReroutingInput) -> Self {
        Self {
            departs_earlier_minutes: offer.departs_earlier_minutes.into(),
            arrives_later_minutes: offer.arrives_later_minutes.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(input: &EstablishedFactsInput) -> Vec<String> {
        let mut problems = Vec::new();
        input.read("input.establishedFacts", &mut problems);
        problems
            .into_iter()
            .map(|problem| problem.path.join("."))
            .collect()
    }

    #[test]
    fn a_contradiction_is_named_where_it_stands() {
        let share_of_nothing = EstablishedFactsInput {
            extraordinary_minutes: Some(80),
            ..EstablishedFactsInput::default()
        };
        assert_eq!(
            problems(&share_of_nothing),
            ["input.establishedFacts.extraordinaryMinutes"]
        );

        let offer = ReroutingInput {
            departs_earlier_minutes: 0,
            arrives_later_minutes: 60,
        };
        let offered_and_not = EstablishedFactsInput {
            is_rerouting_offered: Some(false),
            rerouting: Some(offer),
            ..EstablishedFactsInput::default()
        };
        assert_eq!(
            problems(&offered_and_not),
            ["input.establishedFacts.rerouting"]
        );

        let endless = EstablishedFactsInput {
            arrival_delay_minutes: Some(i32::MIN),
            ..EstablishedFactsInput::default()
        };
        assert_eq!(
            problems(&endless),
            ["input.establishedFacts.arrivalDelayMinutes"]
        );
    }

    #[test]
    fn nothing_stated_is_nothing_known() {
        let mut problems = Vec::new();
        let established = EstablishedFactsInput::default().read("input", &mut problems);
        assert_eq!(established, Established::default());
        assert!(problems.is_empty());
    }
}
