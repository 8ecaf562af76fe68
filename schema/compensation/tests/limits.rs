//! Exactly at every limit, and on both sides of it.

#![expect(
    clippy::unwrap_used,
    reason = "a missing answer should stop the test where it is missing"
)]

#[path = "support/world.rs"]
mod world;

use schema_compensation::engine::{
    Assessment, CaseFacts, DiversionOutcome, EventKind, Fact, FactName, Flag, PackStatus, Regime,
    Rerouting, ReviewReason, RulePack, RuleSet,
};
use sha2::{Digest, Sha256};

use world::{answer, assess, on_route, sum};

fn granted(facts: &CaseFacts, regime: Regime) -> i64 {
    sum(&answer(facts, regime))
}

fn eu261_delay(route: (&str, &str), minutes: i64) -> i64 {
    let mut facts = on_route(route.0, route.1, EventKind::Delay);
    facts.event.arrival_delay_minutes = Fact::Known(minutes);
    granted(&facts, Regime::Eu261)
}

fn eu261_cancellation(notice: i64, offer: Option<(i64, i64)>) -> i64 {
    let mut facts = on_route("FRA", "MAD", EventKind::Cancellation);
    facts.event.notice_minutes = Fact::Known(notice);
    facts.event.rerouting = Fact::Known(offer.map(
        |(departs_earlier_minutes, arrives_later_minutes)| Rerouting {
            departs_earlier_minutes,
            arrives_later_minutes,
        },
    ));
    granted(&facts, Regime::Eu261)
}

#[test]
fn delay_counts_from_three_hours_and_in_full_from_four_on_long_routes() {
    assert_eq!(
        [179, 180, 239, 240].map(|late| eu261_delay(("FRA", "MAD"), late)),
        [0, 25_000, 25_000, 25_000]
    );
    assert_eq!(
        [179, 180, 239, 240].map(|late| eu261_delay(("AMS", "LIS"), late)),
        [0, 40_000, 40_000, 40_000]
    );
    assert_eq!(
        [179, 180, 239, 240].map(|late| eu261_delay(("CDG", "JFK"), late)),
        [0, 30_000, 30_000, 60_000]
    );
}

#[test]
fn notice_of_fourteen_and_of_seven_days_is_counted_to_the_minute() {
    let day = 24 * 60;
    assert_eq!(
        [14 * day, 14 * day - 1].map(|notice| eu261_cancellation(notice, None)),
        [0, 25_000]
    );
    let offer = Some((120, 239));
    assert_eq!(
        [7 * day, 7 * day - 1].map(|notice| eu261_cancellation(notice, offer)),
        [0, 25_000]
    );
}

#[test]
fn told_after_departure_is_told_with_less_than_a_week() {
    assert_eq!(eu261_cancellation(-30, Some((0, 119))), 0);
    assert_eq!(eu261_cancellation(-30, Some((0, 120))), 12_500);
}

#[test]
fn only_an_unknown_that_matters_is_asked_for() {
    let mut facts = on_route("FRA", "MAD", EventKind::Cancellation);
    facts.event.extraordinary = Fact::Unknown;
    facts.event.rerouting = Fact::Unknown;
    facts.passenger.presented = Fact::Unknown;
    facts.event.notice_minutes = Fact::Known(14 * 24 * 60);
    assert!(answer(&facts, Regime::Eu261).is_settled());

    facts.event.notice_minutes = Fact::Known(60);
    let open = answer(&facts, Regime::Eu261);
    assert_eq!(
        Vec::from_iter(open.missing_facts()),
        [FactName::Extraordinary, FactName::Rerouting]
    );
    assert_eq!(open.entitlements[0].amount_minor, 25_000);
    assert!(open.entitlements[0].is_provisional);
}

#[test]
fn an_unknown_delay_grants_nothing_and_asks() {
    let mut facts = on_route("FRA", "MAD", EventKind::Delay);
    facts.event.arrival_delay_minutes = Fact::Unknown;
    let open = answer(&facts, Regime::Eu261);
    assert!(open.entitlements.is_empty());
    assert_eq!(
        Vec::from_iter(open.missing_facts()),
        [FactName::ArrivalDelayMinutes]
    );
}

#[test]
fn an_unknown_licence_matters_only_on_the_way_in() {
    let mut facts = on_route("DXB", "FRA", EventKind::Delay);
    facts.event.arrival_delay_minutes = Fact::Known(300);
    facts.carrier.licence_country = Fact::Unknown;
    assert_eq!(
        Vec::from_iter(answer(&facts, Regime::Eu261).missing_facts()),
        [FactName::LicenceCountry]
    );
    std::mem::swap(&mut facts.journey.origin, &mut facts.journey.destination);
    assert!(answer(&facts, Regime::Eu261).is_settled());
}

#[test]
fn passengers_outside_the_regulation_get_nothing_from_it() {
    let mut late = on_route("CDG", "JFK", EventKind::Delay);
    late.event.arrival_delay_minutes = Fact::Known(300);
    let exclusions: [fn(&mut CaseFacts); 3] = [
        |facts| facts.passenger.infant_without_seat = true,
        |facts| facts.passenger.presented = Fact::Known(false),
        |facts| facts.passenger.fare_free = Fact::Known(true),
    ];
    for exclude in exclusions {
        let mut facts = late.clone();
        exclude(&mut facts);
        let answer = answer(&facts, Regime::Eu261);
        assert!(
            !answer.applies && answer.entitlements.is_empty() && answer.is_settled(),
            "{answer:?}"
        );
    }
    let mut inbound = on_route("JFK", "CDG", EventKind::Delay);
    inbound.event.arrival_delay_minutes = Fact::Known(300);
    assert_eq!(granted(&inbound, Regime::Eu261), 60_000);
    inbound.passenger.third_country_benefits = Fact::Known(true);
    assert!(!answer(&inbound, Regime::Eu261).applies);
}

#[test]
fn a_diversion_is_a_cancellation_elsewhere_and_a_delay_here() {
    let mut facts = on_route("FRA", "MAD", EventKind::Diversion);
    facts.event.arrival_delay_minutes = Fact::Known(100);
    facts.event.notice_minutes = Fact::Unknown;
    assert_eq!(
        Vec::from_iter(answer(&facts, Regime::Eu261).missing_facts()),
        [FactName::Diversion]
    );
    facts.event.diversion = Fact::Known(DiversionOutcome::SameRegion);
    assert_eq!(granted(&facts, Regime::Eu261), 0);
    facts.event.diversion = Fact::Known(DiversionOutcome::ReturnedToOrigin);
    assert_eq!(granted(&facts, Regime::Eu261), 25_000);
    assert!(answer(&facts, Regime::Eu261).is_settled());
}

#[test]
fn a_flight_brought_forward_is_never_halved() {
    let advance = |minutes: i64, notice: i64| {
        let mut facts = on_route("CDG", "JFK", EventKind::BroughtForward);
        facts.event.departure_delay_minutes = Fact::Known(-minutes);
        facts.event.arrival_delay_minutes = Fact::Known(-minutes);
        facts.event.notice_minutes = Fact::Known(notice);
        answer(&facts, Regime::Eu261)
    };
    let amount = |answer: &Assessment| {
        answer
            .entitlements
            .first()
            .map(|entitlement| entitlement.amount_minor)
    };
    let week = 7 * 24 * 60;
    assert_eq!(amount(&advance(60, 0)), None);
    assert_eq!(amount(&advance(61, 0)), Some(60_000));
    assert_eq!(amount(&advance(121, week)), Some(60_000));
    assert_eq!(amount(&advance(61, 2 * week)), None);
    let tolerated = advance(120, week);
    assert_eq!(amount(&tolerated), None);
    assert!(tolerated.flags.contains(&Flag::ManualReview {
        reason: ReviewReason::BroughtForwardTolerance
    }));
}

#[test]
fn a_doubt_about_the_law_is_shown_to_a_person() {
    let doubts = |origin, destination, late| {
        let mut facts = on_route(origin, destination, EventKind::Delay);
        facts.event.arrival_delay_minutes = Fact::Known(late);
        answer(&facts, Regime::Eu261).flags
    };
    let review = |reason| Flag::ManualReview { reason };
    assert!(doubts("OSL", "LPA", 300).contains(&review(ReviewReason::AssociatedStateBand)));
    assert!(doubts("CDG", "FDF", 300).contains(&review(ReviewReason::OutermostRegionBand)));
    assert!(doubts("CDG", "SBH", 300).contains(&review(ReviewReason::OverseasTerritoryStatus)));
    assert!(doubts("CDG", "SBH", 100).is_empty());

    let mut facts = on_route("CDG", "JFK", EventKind::Delay);
    facts.event.arrival_delay_minutes = Fact::Known(250);
    facts.event.extraordinary = Fact::Known(true);
    facts.event.extraordinary_minutes = Some(20);
    let split = answer(&facts, Regime::Eu261);
    assert_eq!(split.entitlements[0].amount_minor, 30_000);
    assert!(split.flags.contains(&review(ReviewReason::NetOrGrossDelay)));
}

#[test]
fn the_united_states_count_three_hours_at_home_and_six_abroad() {
    let refund = |origin, destination, late| {
        let mut facts = on_route(origin, destination, EventKind::Delay);
        facts.purchase.fare_minor = 10_000;
        facts.event.arrival_delay_minutes = Fact::Known(late);
        granted(&facts, Regime::UsDot)
    };
    assert_eq!(
        [179, 180].map(|late| refund("JFK", "SJU", late)),
        [0, 10_000]
    );
    assert_eq!(
        [359, 360].map(|late| refund("DXB", "JFK", late)),
        [0, 10_000]
    );
    assert_eq!(refund("FRA", "DXB", 900), 0);
}

#[test]
fn any_significant_change_is_enough_for_a_refund() {
    let changes: [fn(&mut CaseFacts); 5] = [
        |facts| facts.event.added_connections = 1,
        |facts| facts.event.airport_changed = true,
        |facts| facts.event.cabin_downgraded = true,
        |facts| facts.event.accessibility_lost = true,
        |facts| facts.event.departure_delay_minutes = Fact::Known(-180),
    ];
    for change in changes {
        let mut facts = on_route("JFK", "LAX", EventKind::ItineraryChange);
        facts.purchase.fare_minor = 10_000;
        assert_eq!(granted(&facts, Regime::UsDot), 0);
        change(&mut facts);
        assert_eq!(granted(&facts, Regime::UsDot), 10_000);
    }
}

#[test]
fn flying_on_in_a_lower_cabin_is_for_a_person_to_price() {
    let mut facts = on_route("JFK", "LAX", EventKind::ItineraryChange);
    facts.purchase.fare_minor = 10_000;
    facts.event.cabin_downgraded = true;
    facts.passenger.accepted_alternative = Fact::Known(true);
    let answer = answer(&facts, Regime::UsDot);
    assert!(answer.entitlements.is_empty());
    assert_eq!(
        answer.flags,
        [Flag::ManualReview {
            reason: ReviewReason::FareDifference
        }]
    );
}

#[test]
fn the_day_of_the_incident_chooses_the_law() {
    let mut facts = on_route("JFK", "LAX", EventKind::Cancellation);
    facts.purchase.fare_minor = 10_000;
    let regimes = |facts: &CaseFacts| {
        assess(facts)
            .iter()
            .map(|answer| answer.regime)
            .collect::<Vec<_>>()
    };
    facts.event.incident_on = "2024-06-24".parse().unwrap();
    assert_eq!(regimes(&facts), [Regime::Eu261]);
    facts.event.incident_on = "2024-06-25".parse().unwrap();
    assert_eq!(regimes(&facts), [Regime::Eu261, Regime::UsDot]);
    facts.event.incident_on = "2005-02-16".parse().unwrap();
    assert!(assess(&facts).is_empty());
}

#[test]
fn every_shipped_pack_is_right_and_only_the_reform_is_disabled() {
    let packs = RuleSet::shipped().packs();
    assert!(packs.iter().all(|pack| pack.rules().next().is_some()));
    let disabled = packs
        .iter()
        .filter(|pack| pack.status() == PackStatus::Disabled);
    assert_eq!(
        disabled.map(RulePack::id).collect::<Vec<_>>(),
        ["EU261_2026"]
    );
}

#[test]
fn the_fingerprint_can_be_made_again_from_the_stored_facts() {
    let facts = on_route("FRA", "MAD", EventKind::Delay);
    let stored = format!(
        r#"{{"facts":{},"rule_id":"EU261-DELAY","rule_version":1}}"#,
        facts.canonical_json()
    );
    assert_eq!(
        answer(&facts, Regime::Eu261).inputs_hash,
        format!("{:x}", Sha256::digest(stored))
    );
}
