//! What must hold for any facts at all.

#![expect(
    clippy::unwrap_used,
    reason = "a missing answer should stop the test where it is missing"
)]

#[path = "support/world.rs"]
mod world;

use proptest::prelude::*;
use schema_compensation::engine::{
    Assessment, CaseFacts, DiversionOutcome, EventKind, Fact, FactName, PaymentMethod, Regime,
    Rerouting,
};

use world::{answer, assess, on_route, sum};

const ROUTES: &[(&str, &str)] = &[
    ("FRA", "MAD"),
    ("AMS", "LIS"),
    ("CDG", "JFK"),
    ("JFK", "CDG"),
    ("DXB", "FRA"),
    ("HEL", "LPA"),
    ("JFK", "LAX"),
    ("BEG", "BKK"),
    ("CDG", "SBH"),
    ("OSL", "LPA"),
];

fn fact<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Fact<T>> {
    prop_oneof![3 => value.prop_map(Fact::Known), 1 => Just(Fact::Unknown)].boxed()
}

fn minutes() -> BoxedStrategy<i64> {
    prop_oneof![
        8 => -1_000_i64..30_000,
        4 => prop::sample::select(vec![59, 60, 61, 119, 120, 121, 179, 180, 181, 239, 240, 241, 359, 360, 10_080, 20_160]),
        1 => prop::sample::select(vec![i64::MIN, i64::MAX]),
    ]
    .boxed()
}

fn offer() -> impl Strategy<Value = Option<Rerouting>> {
    prop::option::of((minutes(), minutes()).prop_map(
        |(departs_earlier_minutes, arrives_later_minutes)| Rerouting {
            departs_earlier_minutes,
            arrives_later_minutes,
        },
    ))
}

prop_compose! {
    fn any_facts()(
        route in prop::sample::select(ROUTES),
        kind in prop::sample::select(vec![
            EventKind::Delay,
            EventKind::Cancellation,
            EventKind::Diversion,
            EventKind::BroughtForward,
            EventKind::ItineraryChange,
        ]),
        licence in fact(prop::sample::select(vec!["DE", "AE", "GB", "US"])),
        times in (fact(minutes()), fact(minutes()), fact(minutes())),
        rerouting in fact(offer()),
        extraordinary in (fact(any::<bool>()), prop::option::of(0_u32..1_000)),
        diversion in fact(prop::sample::select(vec![
            DiversionOutcome::ReturnedToOrigin,
            DiversionOutcome::OtherRegion,
            DiversionOutcome::SameRegion,
            DiversionOutcome::ReachedDestination,
        ])),
        person in (fact(any::<bool>()), fact(any::<bool>()), any::<bool>(), fact(any::<bool>()), fact(any::<bool>())),
        paid in (0_i64..1_000_000, 0_i64..50_000, any::<bool>()),
    ) -> CaseFacts {
        let mut facts = on_route(route.0, route.1, kind);
        facts.carrier.licence_country = match licence {
            Fact::Known(country) => Fact::Known(country.parse().unwrap()),
            Fact::Unknown => Fact::Unknown,
        };
        let event = &mut facts.event;
        (event.arrival_delay_minutes, event.departure_delay_minutes, event.notice_minutes) = times;
        event.rerouting = rerouting;
        (event.extraordinary, event.extraordinary_minutes) = extraordinary;
        event.diversion = diversion;
        let passenger = &mut facts.passenger;
        passenger.fare_free = person.0;
        passenger.presented = person.1;
        passenger.infant_without_seat = person.2;
        passenger.accepted_alternative = person.3;
        passenger.third_country_benefits = person.4;
        (facts.purchase.fare_minor, facts.purchase.ancillary_minor) = (paid.0, paid.1);
        if paid.2 {
            facts.purchase.payment_method = PaymentMethod::Other;
        }
        facts
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_longer_delay_never_pays_less(facts in any_facts(), late in -60_i64..900, more in 0_i64..300) {
        let at = |late: i64| {
            let mut facts = facts.clone();
            facts.event.kind = EventKind::Delay;
            facts.event.arrival_delay_minutes = Fact::Known(late);
            facts
        };
        for regime in [Regime::Eu261, Regime::UsDot] {
            prop_assert!(sum(&answer(&at(late), regime)) <= sum(&answer(&at(late + more), regime)));
        }
    }

    #[test]
    fn a_longer_notice_never_pays_more(facts in any_facts(), notice in -60_i64..21_000, more in 0_i64..21_000) {
        let at = |notice: i64| {
            let mut facts = facts.clone();
            facts.event.kind = EventKind::Cancellation;
            facts.event.notice_minutes = Fact::Known(notice);
            facts
        };
        prop_assert!(sum(&answer(&at(notice + more), Regime::Eu261)) <= sum(&answer(&at(notice), Regime::Eu261)));
    }

    #[test]
    fn the_same_facts_give_the_same_bytes(facts in any_facts()) {
        let bytes = |facts: &CaseFacts| serde_json::to_vec(&assess(facts)).unwrap();
        let read_back: CaseFacts = serde_json::from_str(&facts.canonical_json()).unwrap();
        prop_assert_eq!(&read_back, &facts);
        prop_assert_eq!(bytes(&read_back), bytes(&facts));
    }

    #[test]
    fn an_assessment_survives_storage(facts in any_facts()) {
        let answers = assess(&facts);
        let stored = serde_json::to_string(&answers).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Assessment>>(&stored).unwrap(), answers);
    }

    #[test]
    fn an_amount_is_provisional_exactly_when_facts_are_missing(facts in any_facts()) {
        for answer in assess(&facts) {
            let is_open = !answer.missing_facts().is_empty();
            prop_assert!(answer.entitlements.iter().all(|entitlement| entitlement.is_provisional == is_open));
            prop_assert!(answer.entitlements.iter().all(|entitlement| entitlement.amount_minor > 0 || !entitlement.care.is_empty()));
            prop_assert!(answer.applies || (answer.entitlements.is_empty() && answer.is_settled()));
            prop_assert!(!answer.why.is_empty());
        }
    }

    #[test]
    fn unknown_circumstances_never_pay_without_asking(mut facts in any_facts()) {
        facts.event.extraordinary = Fact::Unknown;
        let answer = assess(&facts).into_iter().find(|answer| answer.regime == Regime::Eu261);
        if let Some(answer) = answer && !answer.entitlements.is_empty() {
            prop_assert!(answer.missing_facts().contains(&FactName::Extraordinary));
        }
    }

    #[test]
    fn learning_a_missing_fact_never_raises_the_exposure(facts in any_facts(), proven in any::<bool>(), late in minutes()) {
        let before = assess(&facts);
        let mut told = facts.clone();
        if told.event.extraordinary == Fact::Unknown {
            told.event.extraordinary = Fact::Known(proven);
        }
        if told.event.rerouting == Fact::Unknown {
            told.event.rerouting =
                Fact::Known(Some(Rerouting { departs_earlier_minutes: 0, arrives_later_minutes: late }));
        }
        for (before, after) in before.iter().zip(assess(&told)) {
            prop_assert!(sum(&after) <= sum(before));
        }
    }

    #[test]
    fn other_facts_or_other_rules_have_another_fingerprint(facts in any_facts(), other in any_facts()) {
        let hashes = |facts: &CaseFacts| assess(facts).into_iter().map(|answer| answer.inputs_hash).collect::<Vec<_>>();
        if facts != other {
            prop_assert!(hashes(&facts).iter().all(|hash| !hashes(&other).contains(hash)));
        }
        let mut own = hashes(&facts);
        own.dedup();
        prop_assert_eq!(own.len(), assess(&facts).len());
    }
}
