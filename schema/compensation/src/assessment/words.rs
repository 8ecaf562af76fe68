//! What the engine flags, in sentences for people.

use crate::{
    disruption::CauseReading,
    engine::{FactName, Flag, ReviewReason},
};

/// What a flag says, in one sentence.
pub fn of_flag(flag: &Flag) -> String {
    match flag {
        Flag::NearThreshold { threshold_metres } => format!(
            "The distance is so close to {} km that another model of the earth could give another amount.",
            threshold_metres / 1_000
        ),
        Flag::NeedsFacts { which } => {
            let questions: Vec<_> = which.iter().map(|name| of_fact(*name)).collect();
            format!("Not known: {}.", questions.join("; "))
        }
        Flag::ManualReview { reason } => of_doubt(*reason).to_owned(),
        Flag::OverlapsWith { regime } => {
            format!(
                "{regime} grants the same sort of entitlement for the same event; it is paid once."
            )
        }
        Flag::SatisfiedBy { regime } => {
            format!(
                "It is paid under {regime}, where the journey starts; compensation is paid once."
            )
        }
        Flag::Satisfies { regime } => {
            format!("It also satisfies what {regime} grants; compensation is paid once.")
        }
    }
}

/// The open questions behind a flag, one sentence each; none for a flag that is only worth knowing.
pub(crate) fn questions(flag: &Flag, cause: CauseReading) -> Vec<String> {
    match flag {
        Flag::NearThreshold { .. } | Flag::SatisfiedBy { .. } | Flag::Satisfies { .. } => {
            Vec::new()
        }
        Flag::NeedsFacts { which } => which.iter().map(|name| question(*name, cause)).collect(),
        Flag::ManualReview { .. } | Flag::OverlapsWith { .. } => vec![of_flag(flag)],
    }
}

fn question(name: FactName, cause: CauseReading) -> String {
    let hint = match (name, cause) {
        (FactName::Extraordinary, CauseReading::LikelyExtraordinary) => {
            "; the delay code makes them likely"
        }
        _ => "",
    };
    format!("Not known: {}{hint}.", of_fact(name))
}

fn of_fact(name: FactName) -> &'static str {
    match name {
        FactName::AcceptedAlternative => {
            "whether the passenger took the changed flight, another one, or something in place of money"
        }
        FactName::ArrivalDelayMinutes => "how late the passenger arrived at the final destination",
        FactName::ConnectionMissed => "whether a connection was missed",
        FactName::Control => "whose matter the cause was: the carrier's, its safety's, or nobody's",
        FactName::DepartureDelayMinutes => "how late or early the flight left",
        FactName::Diversion => "where the diverted flight left its passengers",
        FactName::Extraordinary => {
            "whether extraordinary circumstances and all reasonable measures are proven"
        }
        FactName::FareFree => "whether the fare was free or not open to the public",
        FactName::FlightPrice => {
            "the price of the flight without taxes that do not depend on the class"
        }
        FactName::InTransit => "whether the passenger is in transit",
        FactName::LargeCarrier => "whether the carrier is a large one",
        FactName::LicenceCountry => "which state licensed the operating carrier",
        FactName::LivesThere => "whether the passenger lives where the flight starts",
        FactName::NextConnectionMinutes => "how long it is until the next connection",
        FactName::NoticeMinutes => "how long before departure the passenger was told",
        FactName::OneWayFare => "the one-way fare to the destination or first stopover",
        FactName::Overnight => "whether a night is needed until the new departure",
        FactName::Presented => "whether the passenger was at check-in in time",
        FactName::RefundTaken => "whether the passenger took the fare back",
        FactName::RefusedForCause => "whether boarding was refused on reasonable grounds",
        FactName::Rerouting => "what other travel was offered",
        FactName::TarmacMinutes => "how long the passengers waited on board on the ground",
        FactName::ThirdCountryBenefits => {
            "whether the passenger received benefits and assistance under another country's law"
        }
        FactName::Volunteered => "whether the passenger gave up the seat",
        FactName::BaggageAdmittedLost
        | FactName::BaggageLateMinutes
        | FactName::BaggageOwnFault
        | FactName::BaggageReportFiled
        | FactName::ComplaintDays
        | FactName::FlightMinutes
        | FactName::InherentDefect
        | FactName::MeasuresTaken
        | FactName::ProvenDamage
        | FactName::SpecialDrawingRate
        | FactName::Wilful => of_damage(name),
    }
}

fn of_damage(name: FactName) -> &'static str {
    match name {
        FactName::BaggageAdmittedLost => "whether the carrier admits that the baggage is lost",
        FactName::BaggageLateMinutes => "how late the baggage was delivered",
        FactName::BaggageOwnFault => "whether the passenger caused the trouble with the baggage",
        FactName::BaggageReportFiled => "whether a report of mishandled baggage was filed",
        FactName::ComplaintDays => "how soon the passenger complained in writing",
        FactName::FlightMinutes => "how long the flight with the baggage was to take",
        FactName::InherentDefect => "whether the baggage itself was the cause of its damage",
        FactName::MeasuresTaken => "whether the carrier took all measures that could be required",
        FactName::ProvenDamage => "how much damage is proven",
        FactName::SpecialDrawingRate => "what one Special Drawing Right was worth",
        _ => "whether the damage was done with intent or recklessly",
    }
}

fn of_doubt(reason: ReviewReason) -> &'static str {
    match reason {
        ReviewReason::NetOrGrossDelay => {
            "Without its proven extraordinary share the delay is under the halving limit, with it over; whether the share counts is unsettled."
        }
        ReviewReason::OverseasTerritoryStatus => {
            "Saint Barthélemy left the Union in 2012, yet the Commission's guidelines still list it."
        }
        ReviewReason::AssociatedStateBand => {
            "The amount rests on reading a flight to or from Iceland, Norway or Switzerland as intra-Community."
        }
        ReviewReason::OutermostRegionBand => {
            "The amount rests on reading a long flight to or from an outermost region as intra-Community."
        }
        ReviewReason::BroughtForwardTolerance => {
            "Nothing was granted because the tolerance of Art 5(1)(c)(ii) was read as covering a flight brought forward."
        }
        ReviewReason::FareDifference => {
            "The passenger flew in a lower cabin: by guidance, not by rule, the difference in fare is owed."
        }
        ReviewReason::BeyondArithmetic => {
            "The numbers of the case are beyond what the rules can compute with."
        }
        ReviewReason::GoodwillAbuse => {
            "Goodwill was given more than four times in twelve months, refused before, or asked for by somebody else."
        }
    }
}
