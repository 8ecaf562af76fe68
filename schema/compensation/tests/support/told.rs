//! The facts of the vectors that the file tells in words only; the expectations stand in the file.

use schema_compensation::engine::{
    Cabin, CaseFacts, Damage, EventKind, Fact, Issue, Rerouting, ServiceIssue, Tier,
};
use serde_json::Value;

use crate::world::on_route;

fn offer(arrives_later_minutes: i64) -> Fact<Option<Rerouting>> {
    Fact::Known(Some(Rerouting {
        departs_earlier_minutes: 0,
        arrives_later_minutes,
    }))
}

pub(crate) fn united_states(id: &str) -> CaseFacts {
    let (route, kind) = match id {
        "US-01" | "US-08" => (("JFK", "LAX"), EventKind::Cancellation),
        "US-02" | "US-03" | "US-07" => (("JFK", "LAX"), EventKind::Delay),
        "US-04" | "US-05" => (("JFK", "DXB"), EventKind::BroughtForward),
        "US-06" => (("JFK", "LAX"), EventKind::ItineraryChange),
        "US-09" | "US-10" | "US-13" => (("JFK", "LAX"), EventKind::BaggageDelayed),
        "US-11" | "US-12" => (("JFK", "DXB"), EventKind::BaggageDelayed),
        "US-14" => (("JFK", "LAX"), EventKind::AncillaryNotProvided),
        "US-20" | "US-21" => (("JFK", "DXB"), EventKind::DeniedBoarding),
        "US-23" => (("DXB", "JFK"), EventKind::DeniedBoarding),
        "US-24" => (("JFK", "LAX"), EventKind::BaggageLost),
        _ => (("JFK", "LAX"), EventKind::DeniedBoarding),
    };
    let mut facts = on_route(route.0, route.1, kind);
    united_states_fares(id, &mut facts);
    united_states_baggage(id, &mut facts);
    united_states_boarding(id, &mut facts);
    facts
}

fn united_states_fares(id: &str, facts: &mut CaseFacts) {
    match id {
        "US-02" => facts.event.arrival_delay_minutes = Fact::Known(179),
        "US-03" => facts.event.arrival_delay_minutes = Fact::Known(180),
        "US-04" => facts.event.departure_delay_minutes = Fact::Known(-359),
        "US-05" => facts.event.departure_delay_minutes = Fact::Known(-360),
        "US-06" => facts.event.added_connections = 1,
        "US-07" => {
            facts.event.arrival_delay_minutes = Fact::Known(300);
            facts.passenger.accepted_alternative = Fact::Known(true);
        }
        _ => {}
    }
    (facts.purchase.fare_minor, facts.purchase.ancillary_minor) = match id {
        "US-01" => (32_040, 3_500),
        "US-05" => (90_000, 0),
        "US-06" => (25_000, 0),
        "US-08" => (41_000, 0),
        "US-14" => (32_040, 1_800),
        _ => (32_040, 0),
    };
}

fn united_states_baggage(id: &str, facts: &mut CaseFacts) {
    let (late, fee_minor, flight) = match id {
        "US-09" => (12 * 60, 3_500, 6 * 60),
        "US-10" => (12 * 60 + 1, 3_500, 6 * 60),
        "US-11" => (15 * 60 + 1, 7_500, 12 * 60),
        "US-12" => (29 * 60, 7_500, 12 * 60 + 1),
        "US-13" => (20 * 60, 3_500, 6 * 60),
        _ => (0, 0, 0),
    };
    facts.baggage.late_minutes = Fact::Known(late);
    facts.baggage.fee_minor = fee_minor;
    facts.baggage.flight_minutes = Fact::Known(flight);
    facts.baggage.report_filed = Fact::Known(id != "US-13");
    facts.baggage.own_fault = Fact::Known(false);
    if id == "US-24" {
        facts.damage = Some(damage("USD", 600_000));
    }
}

fn united_states_boarding(id: &str, facts: &mut CaseFacts) {
    let (later, fare) = match id {
        "US-15" => (60, 30_000),
        "US-16" => (90, 30_000),
        "US-17" | "US-22" => (90, 70_000),
        "US-18" => (120, 30_000),
        "US-19" => (130, 70_000),
        "US-20" => (239, 50_000),
        "US-21" => (240, 50_000),
        _ => (600, 30_000),
    };
    facts.event.rerouting = offer(later);
    facts.price.one_way_minor = Fact::Known(fare);
    facts.boarding.volunteered = Fact::Known(false);
    facts.boarding.refused_for_cause = Fact::Known(false);
    if id == "US-22" {
        facts.event.incident_on = "2024-12-15".parse().unwrap();
    }
}

// Each line is one of the vectors, in their order.
#[expect(
    clippy::match_same_arms,
    reason = "a table of vectors, each with its name"
)]
pub(crate) fn canada(id: &str) -> CaseFacts {
    use schema_compensation::engine::Control::{OutsideControl, Safety, WithinControl};

    let day = 24 * 60;
    let (is_large, control, notice, late) = match id {
        "CA-01" => (true, WithinControl, 0, 179),
        "CA-02" => (true, WithinControl, 0, 180),
        "CA-03" => (true, WithinControl, 0, 359),
        "CA-04" => (true, WithinControl, 0, 360),
        "CA-05" => (true, WithinControl, 0, 539),
        "CA-06" => (true, WithinControl, 0, 540),
        "CA-07" => (false, WithinControl, 0, 180),
        "CA-08" => (false, WithinControl, 0, 540),
        "CA-09" => (true, WithinControl, 15 * day, 360),
        "CA-10" => (true, WithinControl, 14 * day, 360),
        "CA-11" => (true, Safety, 0, 540),
        "CA-12" => (true, OutsideControl, 0, 540),
        "CA-13" => (true, WithinControl, 0, 180),
        "CA-14" => (false, WithinControl, 0, 359),
        "CA-15" => (true, WithinControl, 0, 360),
        "CA-16" => (true, WithinControl, 0, 540),
        other => panic!("{other} is no vector of Canada"),
    };
    let is_denied = matches!(id, "CA-14" | "CA-15" | "CA-16");
    let kind = if is_denied {
        EventKind::DeniedBoarding
    } else {
        EventKind::Delay
    };
    let mut facts = on_route("YYZ", "YVR", kind);
    facts.operation.large_carrier = Fact::Known(is_large);
    facts.operation.control = Fact::Known(control);
    facts.event.notice_minutes = Fact::Known(notice);
    facts.event.arrival_delay_minutes = Fact::Known(late);
    facts.event.rerouting = offer(late);
    facts.price.refund_taken = Fact::Known(id == "CA-13");
    facts.boarding.volunteered = Fact::Known(false);
    facts.boarding.refused_for_cause = Fact::Known(false);
    facts
}

/// Claimed in time, nothing excusing anybody, at the rate of 2026-10-30.
fn damage(currency: &str, proven_minor: i64) -> Damage {
    Damage {
        action_on: None,
        arrived_on: None,
        complaint_days: Fact::Known(0),
        currency: currency.parse().unwrap(),
        declared_minor: None,
        deducted_minor: 0,
        inherent_defect: Fact::Known(false),
        measures_taken: Fact::Known(false),
        proven_minor: Fact::Known(proven_minor),
        rate: Fact::Known(if currency == "XDR" {
            100_000_000
        } else {
            121_273_000
        }),
        rate_source: Some("ECB 2026-10-30".to_owned()),
        travellers: 1,
        wilful: Fact::Known(false),
    }
}

pub(crate) fn montreal(id: &str) -> CaseFacts {
    let (kind, currency, proven) = match id {
        "MC-01" => (EventKind::BaggageDelayed, "EUR", 24_000),
        "MC-02" => (EventKind::BaggageLost, "EUR", 300_000),
        "MC-03" | "MC-04" => (EventKind::BaggageLost, "XDR", 300_000),
        "MC-05" => (EventKind::Delay, "EUR", 900_000),
        "MC-06" => (EventKind::Delay, "EUR", 0),
        "MC-07" => (EventKind::BaggageDamaged, "EUR", 15_000),
        "MC-08" | "MC-09" => (EventKind::BaggageDelayed, "EUR", 30_000),
        "MC-10" => (EventKind::BaggageLost, "EUR", 90_000),
        "MC-11" => (EventKind::BaggageLost, "XDR", 270_000),
        "MC-12" => (EventKind::BaggageLost, "XDR", 250_000),
        "MC-13" => (EventKind::BaggageLost, "EUR", 50_000),
        "MC-14" => (EventKind::Delay, "EUR", 40_000),
        "MC-15" => (EventKind::BaggageLost, "XDR", 400_000),
        other => panic!("{other} is no vector of Montreal"),
    };
    let mut facts = on_route("DXB", "SYD", kind);
    let is_missing_only = id == "MC-10";
    facts.baggage.admitted_lost = Fact::Known(!is_missing_only);
    facts.baggage.late_minutes = Fact::Known(21 * 24 * 60);
    let mut damage = damage(currency, proven);
    match id {
        "MC-03" => facts.event.incident_on = "2024-12-27".parse().unwrap(),
        "MC-04" => facts.event.incident_on = "2024-12-28".parse().unwrap(),
        "MC-07" => damage.complaint_days = Fact::Known(7),
        "MC-08" => damage.complaint_days = Fact::Known(21),
        "MC-09" => damage.complaint_days = Fact::Known(22),
        "MC-11" => damage.declared_minor = Some(300_000),
        "MC-12" => damage.travellers = 2,
        "MC-13" => {
            damage.arrived_on = Some("2026-03-02".parse().unwrap());
            damage.action_on = Some("2028-03-03".parse().unwrap());
        }
        "MC-14" => damage.deducted_minor = 25_000,
        "MC-15" => damage.wilful = Fact::Known(true),
        _ => {}
    }
    facts.damage = Some(damage);
    facts
}

pub(crate) fn emirates(id: &str) -> CaseFacts {
    let hour = 60;
    let (kind, late, notice) = match id {
        "AE-01" => (EventKind::AnticipatedDelay, 2 * hour, 0),
        "AE-02" => (EventKind::AnticipatedDelay, 3 * hour, 0),
        "AE-03" => (EventKind::AnticipatedDelay, 8 * hour, 0),
        "AE-04" => (EventKind::AnticipatedDelay, 8 * hour + 1, 0),
        "AE-05" => (EventKind::Delay, 4 * hour, 0),
        "AE-06" => (EventKind::Cancellation, 0, 47 * hour),
        "AE-07" => (EventKind::Cancellation, 0, 49 * hour),
        "AE-08" => (EventKind::Cancellation, 0, 10 * hour),
        "AE-09" => (EventKind::Delay, 6 * hour, 0),
        other => panic!("{other} is no vector of the Emirates"),
    };
    let route = if id == "AE-09" {
        ("LHR", "DXB")
    } else {
        ("DXB", "LHR")
    };
    let mut facts = on_route(route.0, route.1, kind);
    facts.event.departure_delay_minutes = Fact::Known(late);
    facts.event.notice_minutes = Fact::Known(notice);
    facts.stay.connection_missed = Fact::Known(id == "AE-05");
    facts.stay.next_connection_minutes = Fact::Known(9 * hour);
    facts.stay.in_transit = Fact::Known(id == "AE-06");
    facts.stay.lives_there = Fact::Known(id != "AE-06");
    facts
}

pub(crate) fn eu_care(id: &str) -> CaseFacts {
    let (route, late) = match id {
        "EC-01" => (("FRA", "MAD"), 119),
        "EC-02" => (("FRA", "MAD"), 120),
        "EC-03" => (("AMS", "LIS"), 179),
        "EC-04" => (("AMS", "LIS"), 180),
        "EC-05" => (("CDG", "JFK"), 239),
        "EC-06" => (("CDG", "JFK"), 240),
        "EC-07" => (("FRA", "MAD"), 300),
        "EC-08" => (("FRA", "MAD"), 13 * 60),
        "EC-09" => (("FRA", "MAD"), 4 * 24 * 60),
        other => panic!("{other} is no vector of care"),
    };
    let mut facts = on_route(route.0, route.1, EventKind::Delay);
    facts.event.departure_delay_minutes = Fact::Known(late);
    facts.event.extraordinary = Fact::Known(id == "EC-09");
    facts.stay.overnight = Fact::Known(matches!(id, "EC-08" | "EC-09"));
    facts.purchase.fare_minor = 20_000;
    facts
}

pub(crate) fn goodwill(input: &Value) -> CaseFacts {
    let read = |name: &str| input[name].clone();
    let mut facts = on_route("DXB", "LHR", EventKind::ServiceIssue);
    facts.service = Some(ServiceIssue {
        awards: 0,
        cabin: serde_json::from_value::<Cabin>(read("cabin")).unwrap(),
        issue: serde_json::from_value::<Issue>(read("issue")).unwrap(),
        others: Vec::new(),
        prior_failures: serde_json::from_value(read("prior")).unwrap(),
        suspicious: false,
        tier: serde_json::from_value::<Tier>(read("tier")).unwrap(),
    });
    facts
}
