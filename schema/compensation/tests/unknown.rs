//! What is not known never settles an answer that a known value would contradict, for every pack and every event.

#![expect(
    clippy::unwrap_used,
    reason = "a missing answer should stop the test where it is missing"
)]

#[path = "support/world.rs"]
#[expect(dead_code, reason = "shared with other tests")]
mod world;

use proptest::prelude::*;
use schema_compensation::engine::{
    Assessment, Cabin, CareItem, CaseFacts, Control, Damage, DiversionOutcome, EntitlementKind,
    EventKind, Fact, Issue, Regime, Rerouting, ServiceIssue, Tier,
};

use world::{assess, on_route};

const ROUTES: &[(&str, &str)] = &[
    ("FRA", "MAD"),
    ("CDG", "JFK"),
    ("DXB", "FRA"),
    ("DXB", "LHR"),
    ("LHR", "CDG"),
    ("JFK", "LAX"),
    ("YYZ", "LHR"),
    ("YYZ", "YVR"),
    ("BEG", "BKK"),
    ("CDG", "FDF"),
];

const KINDS: &[EventKind] = &[
    EventKind::Delay,
    EventKind::Cancellation,
    EventKind::Diversion,
    EventKind::BroughtForward,
    EventKind::ItineraryChange,
    EventKind::DeniedBoarding,
    EventKind::Downgrade,
    EventKind::BaggageDelayed,
    EventKind::BaggageDamaged,
    EventKind::BaggageLost,
    EventKind::AncillaryNotProvided,
    EventKind::ServiceIssue,
    EventKind::AnticipatedDelay,
    EventKind::TarmacDelay,
];

fn minutes() -> impl Strategy<Value = i64> {
    prop_oneof![
        3 => -200_i64..1_500,
        2 => prop::sample::select(vec![59, 60, 61, 119, 120, 179, 180, 239, 240, 359, 360, 480, 481, 540, 720, 721]),
        1 => 9_000_i64..45_000,
    ]
}

type Answers = (bool, bool, bool, bool, bool, bool);

fn answers() -> impl Strategy<Value = Answers> {
    let answer = any::<bool>;
    (answer(), answer(), answer(), answer(), answer(), answer())
}

fn damage() -> impl Strategy<Value = Option<Damage>> {
    let numbers = (0_i64..900_000, 0_i64..30, 0_i64..50_000, 0_i64..2_000_000);
    let damage =
        (numbers, answers()).prop_map(|((proven, complaint, deducted, declared), answers)| {
            Damage {
                action_on: None,
                arrived_on: None,
                complaint_days: Fact::Known(complaint),
                currency: "EUR".parse().unwrap(),
                declared_minor: answers.3.then_some(declared),
                deducted_minor: deducted,
                inherent_defect: Fact::Known(answers.0),
                measures_taken: Fact::Known(answers.1),
                proven_minor: Fact::Known(proven),
                rate: Fact::Known(121_273_000),
                rate_source: None,
                travellers: 1,
                wilful: Fact::Known(answers.2),
            }
        });
    prop::option::of(damage)
}

prop_compose! {
    /// Everything known.
    fn known_facts()(
        route in prop::sample::select(ROUTES),
        kind in prop::sample::select(KINDS),
        licence in prop::sample::select(vec!["DE", "AE", "GB", "US"]),
        times in (minutes(), minutes(), minutes(), minutes(), minutes(), minutes()),
        rerouting in prop::option::of((minutes(), minutes())),
        share in prop::option::of(0_u32..400),
        diversion in prop::sample::select(vec![
            DiversionOutcome::ReturnedToOrigin,
            DiversionOutcome::OtherRegion,
            DiversionOutcome::SameRegion,
            DiversionOutcome::ReachedDestination,
        ]),
        control in prop::sample::select(vec![Control::WithinControl, Control::Safety, Control::OutsideControl]),
        (person, stay, baggage) in (answers(), answers(), answers()),
        money in (0_i64..200_000, 0_i64..9_000, 0_i64..90_000, 0_i64..90_000),
        damage in damage(),
    ) -> CaseFacts {
        let mut facts = on_route(route.0, route.1, kind);
        facts.carrier.licence_country = Fact::Known(licence.parse().unwrap());
        let event = &mut facts.event;
        event.arrival_delay_minutes = Fact::Known(times.0);
        event.departure_delay_minutes = Fact::Known(times.1);
        event.notice_minutes = Fact::Known(times.2);
        event.rerouting = Fact::Known(rerouting.map(|(departs_earlier_minutes, arrives_later_minutes)| Rerouting {
            departs_earlier_minutes,
            arrives_later_minutes,
        }));
        (event.extraordinary, event.extraordinary_minutes) = (Fact::Known(person.0), share);
        event.diversion = Fact::Known(diversion);
        let passenger = &mut facts.passenger;
        passenger.fare_free = Fact::Known(person.1 && person.2);
        passenger.presented = Fact::Known(person.3 || person.2);
        passenger.accepted_alternative = Fact::Known(person.4);
        passenger.third_country_benefits = Fact::Known(person.5 && person.0);
        facts.operation.control = Fact::Known(control);
        facts.operation.large_carrier = Fact::Known(stay.0);
        facts.stay.connection_missed = Fact::Known(stay.1);
        facts.stay.in_transit = Fact::Known(stay.2);
        facts.stay.lives_there = Fact::Known(stay.3);
        facts.stay.overnight = Fact::Known(stay.4);
        facts.stay.next_connection_minutes = Fact::Known(times.3);
        facts.stay.tarmac_minutes = Fact::Known(times.4);
        facts.boarding.volunteered = Fact::Known(baggage.0);
        facts.boarding.refused_for_cause = Fact::Known(baggage.1 && baggage.2);
        facts.baggage.admitted_lost = Fact::Known(baggage.2);
        facts.baggage.own_fault = Fact::Known(baggage.3 && baggage.4);
        facts.baggage.report_filed = Fact::Known(baggage.5);
        facts.baggage.late_minutes = Fact::Known(times.5);
        facts.baggage.flight_minutes = Fact::Known(times.3);
        facts.baggage.fee_minor = money.1;
        facts.price.flight_minor = Fact::Known(money.2);
        facts.price.one_way_minor = Fact::Known(money.3);
        facts.price.refund_taken = Fact::Known(stay.5);
        (facts.purchase.fare_minor, facts.purchase.ancillary_minor) = (money.0, money.1);
        facts.damage = damage;
        if kind == EventKind::ServiceIssue {
            facts.service = Some(ServiceIssue {
                awards: 0,
                cabin: Cabin::J,
                issue: Issue::IfeInop,
                others: Vec::new(),
                prior_failures: 2,
                suspicious: false,
                tier: Tier::Gold,
            });
        }
        facts
    }
}

/// Takes facts away: one for each bit.
fn hidden(known: &CaseFacts, bits: u64) -> CaseFacts {
    let mut facts = known.clone();
    let mut bit = 0;
    macro_rules! hide {
        ($($fact:expr),* $(,)?) => {$(
            if bits & (1 << bit) != 0 {
                $fact = Fact::Unknown;
            }
            bit += 1;
        )*};
    }
    hide![
        facts.carrier.licence_country,
        facts.event.arrival_delay_minutes,
        facts.event.departure_delay_minutes,
        facts.event.notice_minutes,
        facts.event.rerouting,
        facts.event.extraordinary,
        facts.event.diversion,
        facts.passenger.fare_free,
        facts.passenger.presented,
        facts.passenger.accepted_alternative,
        facts.passenger.third_country_benefits,
        facts.operation.control,
        facts.operation.large_carrier,
        facts.stay.connection_missed,
        facts.stay.in_transit,
        facts.stay.lives_there,
        facts.stay.overnight,
        facts.stay.next_connection_minutes,
        facts.stay.tarmac_minutes,
        facts.boarding.volunteered,
        facts.boarding.refused_for_cause,
        facts.baggage.admitted_lost,
        facts.baggage.own_fault,
        facts.baggage.report_filed,
        facts.baggage.late_minutes,
        facts.baggage.flight_minutes,
        facts.price.flight_minor,
        facts.price.one_way_minor,
        facts.price.refund_taken,
    ];
    if let Some(damage) = &mut facts.damage {
        hide![
            damage.proven_minor,
            damage.complaint_days,
            damage.inherent_defect,
            damage.measures_taken,
            damage.rate,
            damage.wilful,
        ];
    }
    assert!(bit <= 64);
    facts
}

type Granted = Vec<(EntitlementKind, i64, String, Vec<CareItem>)>;

fn granted(assessments: &[Assessment], regime: Regime, answer: &str) -> Granted {
    let own = assessments
        .iter()
        .filter(|assessment| assessment.regime == regime && assessment.answer == answer);
    own.flat_map(|assessment| &assessment.entitlements)
        .map(|grant| {
            (
                grant.kind,
                grant.amount_minor,
                grant.currency.to_string(),
                grant.care.clone(),
            )
        })
        .collect()
}

fn is_asking(assessments: &[Assessment], regime: Regime, answer: &str) -> bool {
    assessments
        .iter()
        .any(|own| own.regime == regime && own.answer == answer && !own.missing_facts().is_empty())
}

/// Every question that either of them answers. What is not answered is settled with nothing.
fn questions(one: &[Assessment], other: &[Assessment]) -> Vec<(Regime, String)> {
    let all = one.iter().chain(other);
    all.map(|assessment| (assessment.regime, assessment.answer.to_string()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn an_answer_without_a_question_agrees_with_every_value_of_what_is_unknown(
        known in known_facts(),
        bits in any::<u64>(),
        more in any::<u64>(),
    ) {
        let (with_all, without) = (assess(&known), assess(&hidden(&known, bits & more)));
        for (regime, answer) in questions(&with_all, &without) {
            if !is_asking(&without, regime, &answer) {
                prop_assert_eq!(
                    granted(&without, regime, &answer),
                    granted(&with_all, regime, &answer),
                    "{} {}", regime, answer
                );
            }
        }
    }

    #[test]
    fn one_unknown_fact_alone_never_settles_wrongly(known in known_facts(), bit in 0_u32..35) {
        let (with_all, without) = (assess(&known), assess(&hidden(&known, 1 << bit)));
        for (regime, answer) in questions(&with_all, &without) {
            if !is_asking(&without, regime, &answer) {
                prop_assert_eq!(granted(&without, regime, &answer), granted(&with_all, regime, &answer));
            }
        }
    }

    #[test]
    fn a_case_of_which_all_is_known_leaves_no_question(known in known_facts()) {
        for assessment in assess(&known) {
            prop_assert!(assessment.missing_facts().is_empty(), "{assessment:?}");
            prop_assert!(assessment.entitlements.iter().all(|entitlement| !entitlement.is_provisional));
        }
    }

    #[test]
    fn a_longer_delay_never_compensates_less_under_any_law(known in known_facts(), late in -60_i64..900, more in 0_i64..300) {
        let at = |late: i64| {
            let mut facts = known.clone();
            facts.event.kind = EventKind::Delay;
            facts.event.arrival_delay_minutes = Fact::Known(late);
            compensation(&assess(&facts))
        };
        for (regime, amount) in at(late) {
            let longer = at(late + more);
            let of_it = longer.iter().find(|(other, _)| *other == regime);
            prop_assert!(of_it.is_some_and(|(_, longer)| amount <= *longer), "{regime}: {amount} {of_it:?}");
        }
    }
}

/// What each regime grants as a fixed sum, paid by it or by another.
fn compensation(assessments: &[Assessment]) -> Vec<(Regime, i64)> {
    let granted = assessments.iter().flat_map(|assessment| {
        let entitlements = assessment.entitlements.iter();
        entitlements.map(move |grant| (assessment.regime, grant))
    });
    granted
        .filter(|(_, grant)| grant.kind == EntitlementKind::Compensation)
        .map(|(regime, grant)| (regime, grant.amount_minor))
        .collect()
}
