use std::str::FromStr;

use async_graphql::{Enum, InputObject};
use schema_kernel::{
    Money,
    money::Long,
    problem::FieldProblem,
    scalar::{CountryCode, Date, IataAirline, IataAirport},
};

use super::circumstances::CircumstancesInput;
use crate::{
    disruption::{DisruptionKind, EstablishedFactsInput, established::check_minutes},
    engine::{
        Airport, Carrier, CaseFacts, Coordinates, Event, Fact, Journey, MalformedCode, Passenger,
        PaymentMethod, Purchase,
    },
};

/// A journey and what happened to it. What is left out is not known, and the answer says where that matters.
#[derive(Clone, Debug, InputObject)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of the law with an answer of its own"
)]
pub struct AssessDisruptionInput {
    /// What sort of disruption it is.
    pub kind: DisruptionKind,
    /// The local date of the disrupted flight's scheduled departure; the law of that day decides. Example: `"2026-03-02"`.
    pub incident_on: Date,
    /// The first origin of the journey, not of the disrupted leg.
    pub origin: AssessedAirportInput,
    /// The final destination of the journey, not of the disrupted leg.
    pub destination: AssessedAirportInput,
    /// The carrier that operated, or was to operate, the disrupted flight. Example: `"LH"`.
    pub operating_carrier: IataAirline,
    /// The state that licensed that carrier. Example: `"DE"`.
    pub licence_country: Option<CountryCode>,
    /// Minutes late at the final destination.
    pub arrival_delay_minutes: Option<i32>,
    /// Minutes late at departure; negative when brought forward.
    pub departure_delay_minutes: Option<i32>,
    /// Minutes between telling the passenger and the scheduled departure.
    pub notice_minutes: Option<i32>,
    /// How many connections the new itinerary has more than the booked one.
    #[graphql(default)]
    pub added_connections: i32,
    /// Whether the new itinerary departs from or arrives at another airport than booked.
    #[graphql(default)]
    pub is_airport_changed: bool,
    /// Whether the new itinerary is in a lower cabin.
    #[graphql(default)]
    pub is_cabin_downgraded: bool,
    /// Whether a passenger with a disability loses a connecting airport or an aircraft with features they need.
    #[graphql(default)]
    pub is_accessibility_lost: bool,
    /// Whether the fare was free or not open to the public; frequent-flyer awards are not.
    #[graphql(default)]
    pub is_fare_free: bool,
    /// Whether the passenger is an infant without a seat of its own.
    #[graphql(default)]
    pub is_infant_without_seat: bool,
    /// What was paid for the part of the journey that was not used.
    pub purchase: AssessedPurchaseInput,
    /// What is established beyond that.
    pub established_facts: Option<EstablishedFactsInput>,
    /// Boarding, baggage, damage, prices, service and the wait, for the events and laws that look at them.
    pub circumstances: Option<CircumstancesInput>,
}

/// An airport, with what the law looks at.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedAirportInput {
    /// The airport's code. Example: `"FRA"`.
    pub iata_code: IataAirport,
    /// The country or territory it lies in. Example: `"DE"`.
    pub country: CountryCode,
    /// Degrees north, -90 to 90. Example: `50.0333`.
    pub latitude: f64,
    /// Degrees east, -180 to 180. Example: `8.57046`.
    pub longitude: f64,
}

/// What was paid for the part of the journey that was not used.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedPurchaseInput {
    /// Fare with taxes and charges, in minor units. Example: `32040` with `USD` is 320.40 dollars.
    pub fare_minor: Long,
    /// Fees for ancillary services that were not provided, in minor units.
    #[graphql(default_with = "Long(0)")]
    pub ancillary_fees_minor: Long,
    /// ISO 4217 code of both. Example: `"USD"`.
    pub currency: String,
    /// How it was paid; it decides the deadline of a refund.
    pub payment_method: RefundPaymentMethod,
}

/// Forms of payment between which the law distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "PaymentMethod")]
pub enum RefundPaymentMethod {
    /// A credit card.
    Card,
    /// Anything else: cash, cheque, transfer, debit, miles.
    Other,
}

impl AssessDisruptionInput {
    /// The facts for the engine, or every field that cannot be right.
    pub(super) fn case_facts(&self) -> Result<CaseFacts, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        check_minutes(
            "input.arrivalDelayMinutes",
            self.arrival_delay_minutes,
            &mut problems,
        );
        check_minutes(
            "input.departureDelayMinutes",
            self.departure_delay_minutes,
            &mut problems,
        );
        check_minutes("input.noticeMinutes", self.notice_minutes, &mut problems);
        let origin = self.origin.read("input.origin", &mut problems);
        let destination = self.destination.read("input.destination", &mut problems);
        let purchase = self.purchase.read("input.purchase", &mut problems);
        let added_connections = u32::try_from(self.added_connections).ok();
        if added_connections.is_none() {
            let message =
                "An itinerary has 0 or more connections added; leave it out when it has none.";
            problems.push(FieldProblem::at("input.addedConnections", message));
        }
        let code = code(
            "input.operatingCarrier",
            self.operating_carrier.as_str(),
            &mut problems,
        );
        let licence_country = self.licence_country.as_ref().and_then(|country| {
            self::code("input.licenceCountry", country.as_str(), &mut problems)
        });
        let established = self
            .established_facts
            .clone()
            .unwrap_or_default()
            .read("input.establishedFacts", &mut problems);

        let (Some(origin), Some(destination), Some(purchase), Some(code), true) =
            (origin, destination, purchase, code, problems.is_empty())
        else {
            return Err(problems);
        };
        let journey = Journey {
            destination,
            origin,
        };
        let carrier = Carrier {
            code,
            licence_country: licence_country.into(),
        };
        let event = self.event(added_connections.unwrap_or_default());
        let mut reported = CaseFacts::of(journey, carrier, event, self.passenger(), purchase);
        if let Some(circumstances) = &self.circumstances {
            circumstances.add_to(&mut reported, "input.circumstances", &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(established.over(&reported))
    }

    fn passenger(&self) -> Passenger {
        Passenger {
            fare_free: Fact::Known(self.is_fare_free),
            presented: Fact::Unknown,
            infant_without_seat: self.is_infant_without_seat,
            accepted_alternative: Fact::Unknown,
            third_country_benefits: Fact::Unknown,
        }
    }

    fn event(&self, added_connections: u32) -> Event {
        let minutes = |minutes: Option<i32>| Fact::from(minutes.map(i64::from));
        Event {
            kind: self.kind.into(),
            incident_on: self.incident_on.0,
            arrival_delay_minutes: minutes(self.arrival_delay_minutes),
            departure_delay_minutes: minutes(self.departure_delay_minutes),
            notice_minutes: minutes(self.notice_minutes),
            rerouting: Fact::Unknown,
            extraordinary: Fact::Unknown,
            extraordinary_minutes: None,
            diversion: Fact::Unknown,
            added_connections,
            airport_changed: self.is_airport_changed,
            cabin_downgraded: self.is_cabin_downgraded,
            accessibility_lost: self.is_accessibility_lost,
        }
    }
}

impl AssessedAirportInput {
    pub(super) fn read(&self, path: &str, problems: &mut Vec<FieldProblem>) -> Option<Airport> {
        let iata = code(
            &format!("{path}.iataCode"),
            self.iata_code.as_str(),
            problems,
        );
        let country = code(&format!("{path}.country"), self.country.as_str(), problems);
        for (field, degrees, limit) in [
            ("latitude", self.latitude, 90.0),
            ("longitude", self.longitude, 180.0),
        ] {
            if !(-limit..=limit).contains(&degrees) {
                let message = format!("A {field} is between -{limit} and {limit} degrees.");
                problems.push(FieldProblem::at(&format!("{path}.{field}"), message));
            }
        }
        let position = Coordinates::new(self.latitude, self.longitude).ok()?;
        Some(Airport {
            iata: iata?,
            country: country?,
            position,
        })
    }
}

impl AssessedPurchaseInput {
    fn read(&self, path: &str, problems: &mut Vec<FieldProblem>) -> Option<Purchase> {
        for (field, amount) in [
            ("fareMinor", self.fare_minor),
            ("ancillaryFeesMinor", self.ancillary_fees_minor),
        ] {
            if amount.0 < 0 {
                problems.push(FieldProblem::at(
                    &format!("{path}.{field}"),
                    "What was paid is not negative.",
                ));
            }
        }
        let path = format!("{path}.currency");
        if Money::new(0, &self.currency).is_none() {
            problems.push(
                FieldProblem::at(&path, "A currency is an ISO 4217 code, like \"EUR\".")
                    .by("ISO 4217"),
            );
            return None;
        }
        Some(Purchase {
            fare_minor: self.fare_minor.0,
            ancillary_minor: self.ancillary_fees_minor.0,
            currency: code(&path, &self.currency, problems)?,
            payment_method: self.payment_method.into(),
        })
    }
}

pub(super) fn code<T: FromStr<Err = MalformedCode>>(
    path: &str,
    text: &str,
    problems: &mut Vec<FieldProblem>,
) -> Option<T> {
    text.parse()
        .map_err(|error: MalformedCode| problems.push(FieldProblem::at(path, error.to_string())))
        .ok()
}
