use chrono::NaiveDate;

use super::super::circumstances::{Baggage, Boarding, Damage, Operation, Price, Stay};
use super::super::code::Code;
use super::super::distance::Coordinates;
use super::super::fact::Fact;
use super::super::facts::{
    Airport, Carrier, CaseFacts, Event, EventKind, Journey, Passenger, PaymentMethod, Purchase,
};

/// A case of which nothing is known that can be unknown.
pub(super) fn case() -> CaseFacts {
    let nowhere = Airport {
        iata: Code::literal(*b"ZZZ"),
        country: Code::literal(*b"ZZ"),
        position: Coordinates::ORIGIN,
    };
    CaseFacts {
        baggage: Baggage::default(),
        boarding: Boarding::default(),
        carrier: Carrier {
            code: Code::literal(*b"ZZ"),
            licence_country: Fact::Unknown,
        },
        damage: Some(damage()),
        event: event(),
        flight: None,
        journey: Journey {
            origin: nowhere,
            destination: nowhere,
        },
        operation: Operation::default(),
        passenger: Passenger {
            fare_free: Fact::Unknown,
            presented: Fact::Unknown,
            infant_without_seat: false,
            accepted_alternative: Fact::Unknown,
            third_country_benefits: Fact::Unknown,
        },
        price: Price::default(),
        purchase: Purchase {
            fare_minor: 0,
            ancillary_minor: 0,
            currency: Code::literal(*b"XXX"),
            payment_method: PaymentMethod::Other,
        },
        service: None,
        stay: Stay::default(),
    }
}

fn event() -> Event {
    Event {
        kind: EventKind::Delay,
        incident_on: NaiveDate::MIN,
        arrival_delay_minutes: Fact::Unknown,
        departure_delay_minutes: Fact::Unknown,
        notice_minutes: Fact::Unknown,
        rerouting: Fact::Unknown,
        extraordinary: Fact::Unknown,
        extraordinary_minutes: None,
        diversion: Fact::Unknown,
        added_connections: 0,
        airport_changed: false,
        cabin_downgraded: false,
        accessibility_lost: false,
    }
}

fn damage() -> Damage {
    Damage {
        action_on: None,
        arrived_on: None,
        complaint_days: Fact::Unknown,
        currency: Code::literal(*b"XXX"),
        declared_minor: None,
        deducted_minor: 0,
        inherent_defect: Fact::Unknown,
        measures_taken: Fact::Unknown,
        proven_minor: Fact::Unknown,
        rate: Fact::Unknown,
        rate_source: None,
        travellers: 1,
        wilful: Fact::Unknown,
    }
}

/// The same with every group filled in, for tests of its form.
#[cfg(test)]
pub(super) fn full() -> CaseFacts {
    use super::super::circumstances::{Cabin, Control, Issue, ServiceIssue, Tier};
    use super::super::facts::Rerouting;

    let mut facts = case();
    let offer = Rerouting {
        departs_earlier_minutes: 1,
        arrives_later_minutes: 2,
    };
    facts.event.rerouting = Fact::Known(Some(offer));
    facts.flight = Some(facts.journey.clone());
    facts.baggage = Baggage {
        admitted_lost: Fact::Known(true),
        fee_minor: 1,
        flight_minutes: Fact::Known(1),
        late_minutes: Fact::Known(1),
        own_fault: Fact::Known(true),
        report_filed: Fact::Known(true),
    };
    facts.boarding = Boarding {
        refused_for_cause: Fact::Known(true),
        small_aircraft: true,
        volunteered: Fact::Known(true),
    };
    facts.operation = Operation {
        control: Fact::Known(Control::Safety),
        large_carrier: Fact::Known(true),
    };
    facts.price = Price {
        flight_minor: Fact::Known(1),
        one_way_minor: Fact::Known(1),
        refund_taken: Fact::Known(true),
    };
    facts.service = Some(ServiceIssue {
        awards: 1,
        cabin: Cabin::Y,
        issue: Issue::IfeInop,
        others: Vec::new(),
        prior_failures: 1,
        suspicious: true,
        tier: Tier::Base,
    });
    facts.stay = Stay {
        connection_missed: Fact::Known(true),
        in_transit: Fact::Known(true),
        lives_there: Fact::Known(true),
        next_connection_minutes: Fact::Known(1),
        overnight: Fact::Known(true),
        tarmac_minutes: Fact::Known(1),
    };
    facts
}
