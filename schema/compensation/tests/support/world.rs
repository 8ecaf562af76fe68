//! Real airports, and a journey on which nothing is special until a test says so.

use std::collections::HashMap;
use std::sync::LazyLock;

use schema_compensation::engine::{
    self, Airport, Assessment, Carrier, CaseFacts, Coordinates, Event, EventKind, Fact, Journey,
    Passenger, PaymentMethod, Purchase, Regime, RuleSet,
};

pub(crate) static AIRPORTS: LazyLock<HashMap<String, Airport>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_path(data("server/data/airports.csv")).unwrap();
    let rows = reader.deserialize().map(Result::unwrap);
    rows.map(|row: HashMap<String, String>| {
        let position =
            Coordinates::new(row["lat"].parse().unwrap(), row["lon"].parse().unwrap()).unwrap();
        let airport = Airport {
            iata: row["iata"].parse().unwrap(),
            country: row["country"].parse().unwrap(),
            position,
        };
        (row["iata"].clone(), airport)
    })
    .collect()
});

/// A file of the repository.
pub(crate) fn data(path: &str) -> String {
    format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))
}

/// Everything known, nothing excusing anybody, everything on time, today's law.
pub(crate) fn ordinary(
    origin: Airport,
    destination: Airport,
    licence_country: &str,
    kind: EventKind,
) -> CaseFacts {
    let journey = Journey {
        origin,
        destination,
    };
    let carrier = Carrier {
        code: "XX".parse().unwrap(),
        licence_country: Fact::Known(licence_country.parse().unwrap()),
    };
    let passenger = Passenger {
        fare_free: Fact::Known(false),
        presented: Fact::Known(true),
        infant_without_seat: false,
        accepted_alternative: Fact::Known(false),
        third_country_benefits: Fact::Known(false),
    };
    let purchase = Purchase {
        fare_minor: 0,
        ancillary_minor: 0,
        currency: "USD".parse().unwrap(),
        payment_method: PaymentMethod::Card,
    };
    CaseFacts::of(journey, carrier, uneventful(kind), passenger, purchase)
}

fn uneventful(kind: EventKind) -> Event {
    Event {
        kind,
        incident_on: "2026-03-02".parse().unwrap(),
        arrival_delay_minutes: Fact::Known(0),
        departure_delay_minutes: Fact::Known(0),
        notice_minutes: Fact::Known(0),
        rerouting: Fact::Known(None),
        extraordinary: Fact::Known(false),
        extraordinary_minutes: None,
        diversion: Fact::Unknown,
        added_connections: 0,
        airport_changed: false,
        cabin_downgraded: false,
        accessibility_lost: false,
    }
}

/// Every answer of the shipped rules.
pub(crate) fn assess(facts: &CaseFacts) -> Vec<Assessment> {
    engine::assess(facts, RuleSet::shipped())
}

/// The same between two airports, by their codes.
pub(crate) fn on_route(origin: &str, destination: &str, kind: EventKind) -> CaseFacts {
    ordinary(AIRPORTS[origin], AIRPORTS[destination], "DE", kind)
}

/// The first answer of a regime, which is about compensation or refund.
pub(crate) fn answer(facts: &CaseFacts, regime: Regime) -> Assessment {
    assess(facts)
        .into_iter()
        .find(|assessment| assessment.regime == regime)
        .unwrap()
}

/// All that is granted, in minor units; only for answers in one currency.
pub(crate) fn sum(answer: &Assessment) -> i64 {
    answer
        .entitlements
        .iter()
        .map(|entitlement| entitlement.amount_minor)
        .sum()
}
