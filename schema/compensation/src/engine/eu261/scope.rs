use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::assessment::{Flag, ReviewReason};
use super::super::fact::FactName;
use super::super::facts::{CaseFacts, EventKind, Journey};
use super::super::verdict::Verdict;
use super::super::zone;
use super::terms::{Band, LONG, MIDDLE, MIDDLE_UP_TO_METRES, SHORT, SHORT_UP_TO_METRES};

/// The journey as Art 7 measures it.
pub(super) struct Reading {
    pub(super) metres: u32,
    pub(super) band: &'static Band,
    is_intra: bool,
}

impl Reading {
    pub(super) fn of(journey: &Journey, on: NaiveDate) -> Self {
        let metres = journey.metres();
        let is_intra = zone::is_in_eu_zone(&journey.origin, on)
            && zone::is_in_eu_zone(&journey.destination, on);
        let band = if metres <= SHORT_UP_TO_METRES {
            &SHORT
        } else if is_intra || metres <= MIDDLE_UP_TO_METRES {
            &MIDDLE
        } else {
            &LONG
        };
        Self {
            metres,
            band,
            is_intra,
        }
    }

    /// Within 0.6 per cent of a limit the sphere and the ellipsoid can disagree.
    pub(super) fn near_limits(&self) -> impl Iterator<Item = Flag> {
        let metres = u64::from(self.metres);
        [SHORT_UP_TO_METRES, MIDDLE_UP_TO_METRES]
            .into_iter()
            .filter(move |limit| {
                metres.abs_diff(u64::from(*limit)) * 1_000 <= u64::from(*limit) * 6
            })
            .map(|threshold_metres| Flag::NearThreshold { threshold_metres })
    }

    /// Doubts about the band or the territory that the text of the Regulation leaves.
    pub(super) fn doubts(&self, journey: &Journey, on: NaiveDate) -> Vec<Flag> {
        let ends = [&journey.origin, &journey.destination];
        let rests_on_intra = self.is_intra && self.metres > MIDDLE_UP_TO_METRES;
        let reasons = [
            (
                ends.iter().any(|end| zone::is_disputed(end, on)),
                ReviewReason::OverseasTerritoryStatus,
            ),
            (
                rests_on_intra && ends.iter().any(|end| zone::is_associated(end)),
                ReviewReason::AssociatedStateBand,
            ),
            (
                rests_on_intra && ends.iter().any(|end| zone::is_outermost(end)),
                ReviewReason::OutermostRegionBand,
            ),
        ];
        let doubtful = reasons.into_iter().filter(|(is_doubtful, _)| *is_doubtful);
        doubtful
            .map(|(_, reason)| Flag::ManualReview { reason })
            .collect()
    }
}

/// Whether the Regulation reaches this passenger.
pub(super) struct Gate {
    /// The reason why it does not.
    pub(super) refusal: Option<&'static str>,
    /// The facts that would tell, when neither is certain.
    pub(super) missing: BTreeSet<FactName>,
}

/// Art 3: the journey, then the passenger. The first thing that keeps the passenger out is the reason given.
pub(super) fn gate(facts: &CaseFacts) -> Gate {
    let mut missing = BTreeSet::new();
    for (condition, otherwise) in conditions(facts) {
        if condition == Verdict::No {
            return Gate {
                refusal: Some(otherwise),
                missing: BTreeSet::new(),
            };
        }
        missing.extend(condition.missing());
    }
    Gate {
        refusal: None,
        missing,
    }
}

fn conditions(facts: &CaseFacts) -> Vec<(Verdict, &'static str)> {
    let (passenger, on) = (&facts.passenger, facts.event.incident_on);
    let mut conditions = Vec::with_capacity(6);

    if !zone::is_in_eu_zone(&facts.journey.origin, on) {
        conditions.push((
            zone::is_in_eu_zone(&facts.journey.destination, on).into(),
            "The journey neither starts nor ends in the EU zone; a transfer there does not count (Art 3(1), C-451/20).",
        ));
        conditions.push((
            facts
                .carrier
                .licence_country
                .test(FactName::LicenceCountry, |country| {
                    zone::is_eu_zone_country(*country, on)
                }),
            "The journey enters the EU zone on a carrier that is not licensed there (Art 3(1)(b)).",
        ));
        conditions.push((
            passenger.third_country_benefits.test(FactName::ThirdCountryBenefits, |received| !received),
            "Benefits and assistance were already received in the country of departure (Art 3(1)(b)).",
        ));
    }
    conditions.push((
        passenger.fare_free.test(FactName::FareFree, |free| !free),
        "The passenger travels free of charge or at a fare not open to the public (Art 3(3)).",
    ));
    conditions.push((
        (!passenger.infant_without_seat).into(),
        "An infant without a seat and reservation of its own is not covered (Guidelines C/2024/5687, 2.2.2).",
    ));
    if facts.event.kind == EventKind::Delay {
        conditions.push((
            passenger
                .presented
                .test(FactName::Presented, |presented| *presented),
            "The passenger was not at check-in in time (Art 3(2)(a), C-474/22).",
        ));
    }
    conditions
}
