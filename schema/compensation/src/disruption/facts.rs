//! From a report to the engine's facts. What the report does not say stays unknown.

use entities::compensation::disruption::DisruptionKind;
use thiserror::Error;

use super::{
    cause::CauseReading,
    report::{FareKind, JourneyDisrupted, PassengerKind, Payment, Place},
};
use crate::engine::{
    Airport, Carrier, CaseFacts, Coordinates, CoordinatesOutOfRange, DiversionOutcome, Event,
    EventKind, Fact, Journey, MalformedCode, Passenger, PaymentMethod, Purchase,
};

/// The report holds a value that cannot be right.
#[derive(Debug, PartialEq, Error)]
pub enum MalformedReport {
    /// A code of the wrong form.
    #[error(transparent)]
    Code(#[from] MalformedCode),
    /// A place that is not on the earth.
    #[error(transparent)]
    Place(#[from] CoordinatesOutOfRange),
    /// An airport is named of which nothing else is said.
    #[error("{0} is named, and nothing is said about where it lies")]
    UnknownPlace(String),
}

impl JourneyDisrupted {
    /// The report as the engine reads it. What the report does not say stays unknown.
    ///
    /// # Errors
    /// When a code or a place in the report cannot be right.
    pub fn case_facts(&self) -> Result<CaseFacts, MalformedReport> {
        let journey = Journey {
            origin: self.origin.airport()?,
            destination: self.destination.airport()?,
        };
        let purchase = Purchase {
            fare_minor: self.fare_minor,
            ancillary_minor: self.ancillary_fees_minor,
            currency: self.currency.parse()?,
            payment_method: self.payment_method.into(),
        };
        Ok(CaseFacts::of(
            journey,
            carrier(
                &self.operating_carrier,
                self.carrier_licence_country.as_deref(),
            )?,
            self.event(),
            passenger(self.fare_kind, self.passenger_kind, self.has_seat),
            purchase,
        ))
    }

    fn event(&self) -> Event {
        Event {
            kind: event_kind(self.kind),
            incident_on: self.incident_on,
            arrival_delay_minutes: self.arrival_delay_minutes.into(),
            departure_delay_minutes: self.departure_delay_minutes.into(),
            notice_minutes: self.notice_minutes.into(),
            rerouting: Fact::Unknown,
            extraordinary: CauseReading::of(self.cause_code.as_deref()).extraordinary(),
            extraordinary_minutes: None,
            diversion: self.diversion(),
            added_connections: 0,
            airport_changed: false,
            cabin_downgraded: false,
            accessibility_lost: false,
        }
    }

    // A delay at the final destination can only be measured of a passenger who got there.
    fn diversion(&self) -> Fact<DiversionOutcome> {
        match (self.kind, self.arrival_delay_minutes) {
            (DisruptionKind::Diversion, Some(_)) => {
                Fact::Known(DiversionOutcome::ReachedDestination)
            }
            (DisruptionKind::Diversion, None)
            | (
                DisruptionKind::Delay
                | DisruptionKind::Cancellation
                | DisruptionKind::BaggageDelayed
                | DisruptionKind::BaggageDamaged
                | DisruptionKind::BaggageLost,
                _,
            ) => Fact::Unknown,
        }
    }
}

impl From<Payment> for PaymentMethod {
    fn from(payment: Payment) -> Self {
        match payment {
            Payment::Card => Self::Card,
            Payment::Other => Self::Other,
        }
    }
}

impl Place {
    /// The airport as the engine reads it.
    ///
    /// # Errors
    /// When its code or its place cannot be right.
    pub fn airport(&self) -> Result<Airport, MalformedReport> {
        Ok(Airport {
            iata: self.iata.parse()?,
            country: self.country.parse()?,
            position: Coordinates::new(self.latitude, self.longitude)?,
        })
    }
}

/// The operating carrier by its designator, and by the state that licensed it where that is known.
///
/// # Errors
/// When a code is of the wrong form.
pub(crate) fn carrier(code: &str, licence_country: Option<&str>) -> Result<Carrier, MalformedCode> {
    let licence_country = licence_country.map(str::parse).transpose()?;
    Ok(Carrier {
        code: code.parse()?,
        licence_country: licence_country.into(),
    })
}

/// A passenger with a confirmed reservation, of whom nothing else is known than what was booked.
pub(crate) fn passenger(fare: FareKind, kind: PassengerKind, has_seat: bool) -> Passenger {
    Passenger {
        fare_free: Fact::Known(fare == FareKind::Staff),
        // Who holds a confirmed reservation need not prove that they were at check-in; the carrier has to show that
        // they were not carried (C-756/18).
        presented: Fact::Known(true),
        infant_without_seat: kind == PassengerKind::Infant && !has_seat,
        accepted_alternative: Fact::Unknown,
        third_country_benefits: Fact::Unknown,
    }
}

/// The sort of disruption in the engine's words.
pub(crate) fn event_kind(kind: DisruptionKind) -> EventKind {
    match kind {
        DisruptionKind::Delay => EventKind::Delay,
        DisruptionKind::Cancellation => EventKind::Cancellation,
        DisruptionKind::Diversion => EventKind::Diversion,
        DisruptionKind::BaggageDelayed => EventKind::BaggageDelayed,
        DisruptionKind::BaggageDamaged => EventKind::BaggageDamaged,
        DisruptionKind::BaggageLost => EventKind::BaggageLost,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn report(changes: Value) -> JourneyDisrupted {
        let mut report = json!({
            "journey_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e01", "order_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e02",
            "passenger_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e03", "flight_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e04",
            "flight_event_id": "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e05", "flight_designator": "LH1112", "kind": "DELAY",
            "origin": {"iata": "FRA", "country": "DE", "latitude": 50.0333, "longitude": 8.57046},
            "destination": {"iata": "MAD", "country": "ES", "latitude": 40.4719, "longitude": -3.56264},
            "connections": 0, "operating_carrier": "LH", "carrier_licence_country": "DE",
            "incident_on": "2026-03-02", "departure_delay_minutes": 180, "arrival_delay_minutes": 185,
            "missed_connection": false, "notice_minutes": null, "cause_code": "41", "fare_minor": 20000,
            "ancillary_fees_minor": 0, "currency": "EUR", "payment_method": "CARD", "fare_kind": "PUBLIC",
            "passenger_kind": "ADULT", "has_seat": true, "cabin": "Y",
        });
        let fields = report.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            fields.insert(name.clone(), value.clone());
        }
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn what_is_reported_is_known_and_the_rest_is_not() {
        let facts = report(json!({})).case_facts().unwrap();
        assert_eq!(facts.event.arrival_delay_minutes, Fact::Known(185));
        assert_eq!(facts.event.extraordinary, Fact::Known(false));
        assert_eq!(facts.event.notice_minutes, Fact::Unknown);
        assert_eq!(facts.event.rerouting, Fact::Unknown);
        assert_eq!(facts.passenger.accepted_alternative, Fact::Unknown);
        assert_eq!(
            facts.carrier.licence_country,
            Fact::Known("DE".parse().unwrap())
        );
    }

    #[test]
    fn weather_and_silence_leave_the_cause_open() {
        for cause in [json!("72"), json!("99"), json!(null)] {
            let facts = report(json!({"cause_code": cause})).case_facts().unwrap();
            assert_eq!(facts.event.extraordinary, Fact::Unknown);
        }
    }

    #[test]
    fn only_staff_fares_are_free_and_only_lap_infants_have_no_seat() {
        for (kind, free) in [("PUBLIC", false), ("AWARD", false), ("STAFF", true)] {
            let facts = report(json!({"fare_kind": kind})).case_facts().unwrap();
            assert_eq!(facts.passenger.fare_free, Fact::Known(free), "{kind}");
        }
        for (kind, seat, infant) in [
            ("INFANT", false, true),
            ("INFANT", true, false),
            ("CHILD", false, false),
        ] {
            let facts = report(json!({"passenger_kind": kind, "has_seat": seat}))
                .case_facts()
                .unwrap();
            assert_eq!(facts.passenger.infant_without_seat, infant, "{kind} {seat}");
        }
    }

    #[test]
    fn a_diversion_with_a_measured_delay_reached_its_destination() {
        let diverted = |delay: Value| {
            report(json!({"kind": "DIVERSION", "arrival_delay_minutes": delay}))
                .case_facts()
                .unwrap()
                .event
                .diversion
        };
        assert_eq!(
            diverted(json!(240)),
            Fact::Known(DiversionOutcome::ReachedDestination)
        );
        assert_eq!(diverted(json!(null)), Fact::Unknown);
    }

    #[test]
    fn what_cannot_be_right_is_refused() {
        let nowhere = json!({"iata": "FRA", "country": "DE", "latitude": 91.0, "longitude": 0.0});
        for changes in [
            json!({"currency": "euro"}),
            json!({"operating_carrier": "LHA"}),
            json!({"origin": nowhere}),
        ] {
            assert!(report(changes.clone()).case_facts().is_err(), "{changes}");
        }
    }
}
