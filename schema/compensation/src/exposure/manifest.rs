//! The bookings of a flight, as the order domain hands them over, and what they become when something happens.

use std::collections::BTreeMap;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    disruption::{
        CauseReading, FareKind, MalformedReport, PassengerKind, Payment, Place, carrier, passenger,
    },
    engine::{Boarding, CaseFacts, Event, EventKind, Fact, Journey, Purchase, Rerouting},
};

/// The bookings of one flight, passengers in the same position taken together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlightManifest {
    /// Designator of the operating carrier: `EK`.
    pub operating_carrier: String,
    /// State that licensed the operating carrier, ISO 3166-1 alpha-2.
    pub carrier_licence_country: Option<String>,
    /// Local date of the flight's scheduled departure.
    pub incident_on: NaiveDate,
    /// When it is scheduled to leave.
    pub scheduled_departure_at: DateTime<Utc>,
    /// Where the flight leaves from; absent from an order domain that does not tell it.
    #[serde(default)]
    pub origin: Option<String>,
    /// Where the flight goes.
    #[serde(default)]
    pub destination: Option<String>,
    /// The airports that the groups and the flight name, by IATA code.
    pub places: BTreeMap<String, Place>,
    /// The groups.
    pub groups: Vec<Group>,
}

/// Passengers whom the same thing would happen to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// First origin of their journey.
    pub origin: String,
    /// Final destination of their journey.
    pub destination: String,
    /// What comes after the flight; absent when the journey ends with it.
    pub onward: Option<Onward>,
    /// Fare of one passenger's journey, minor units.
    pub fare_minor: i64,
    /// Ancillaries of one passenger's journey, minor units.
    pub ancillary_fees_minor: i64,
    /// ISO 4217 code of both.
    pub currency: String,
    /// How the order was paid.
    pub payment_method: Payment,
    /// What sort of fare it is.
    pub fare_kind: FareKind,
    /// What sort of passenger.
    pub passenger_kind: PassengerKind,
    /// Whether they have a seat of their own.
    pub has_seat: bool,
    /// The cabin on this flight.
    #[serde(default)]
    pub cabin: Option<Cabin>,
    /// What of one passenger's fare falls to this flight, by distance (C-255/15), minor units; absent where it is not known.
    #[serde(default)]
    pub flight_fare_minor: Option<i64>,
    /// How many passengers they are.
    pub passengers: u32,
}

/// Cabins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cabin {
    /// Economy.
    Y,
    /// Premium economy.
    W,
    /// Business.
    J,
    /// First.
    F,
}

/// The rest of a journey behind a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onward {
    /// The latest arrival that still makes the connection, in minutes after the scheduled arrival.
    pub latest_arrival_minutes: i64,
    /// How late the journey ends when the connection is made.
    pub arrival_delay_minutes: i64,
}

/// The bookings of a flight for other subgraphs: how many passengers travel how far on which fare, and who is left behind
/// by which delay. It holds no person.
#[Scalar(name = "FlightManifest")]
impl ScalarType for FlightManifest {
    fn parse(value: Value) -> InputValueResult<Self> {
        let json = value.into_json().map_err(InputValueError::custom)?;
        serde_json::from_value(json).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        // Text, numbers and lists only: there is nothing in it that JSON cannot hold.
        serde_json::to_value(self)
            .ok()
            .and_then(|json| Value::from_json(json).ok())
            .unwrap_or_default()
    }
}

/// What happens to the flight in one imagined course of things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What happens.
    pub kind: CourseKind,
    /// The cause that would be given, as an IATA delay code.
    pub cause_code: Option<String>,
}

/// What happens to the flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourseKind {
    /// It operates.
    Operates {
        /// Minutes late at departure.
        departure_delay_minutes: i64,
        /// Minutes late at its destination.
        arrival_delay_minutes: i64,
    },
    /// It does not operate.
    Cancelled {
        /// Minutes from telling the passengers to the scheduled departure.
        notice_minutes: i64,
        /// What other travel is offered; `None` when nothing is.
        rerouting: Option<Rerouting>,
    },
    /// It leaves without the passenger, against their will.
    DeniedBoarding {
        /// What other travel is offered; `None` when nothing is.
        rerouting: Option<Rerouting>,
        /// Whether the aircraft has fewer than 30 seats.
        is_small_aircraft: bool,
    },
    /// It operates, and the passenger sits in a lower cabin than they paid for.
    Downgraded,
}

/// How a journey would end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct End {
    /// Minutes late at the final destination; `None` for those who miss their connection.
    pub arrival_delay_minutes: Option<i64>,
    /// Whether a connection is missed.
    pub misses_connection: bool,
}

impl Group {
    /// Whether it takes seats of this cabin. What is not told is economy.
    pub fn sits_in(&self, cabin: Cabin) -> bool {
        self.has_seat && self.cabin.unwrap_or(Cabin::Y) == cabin
    }

    /// How the group's journey ends when its flight arrives that late.
    pub fn end(&self, arrival_delay_minutes: i64) -> End {
        match self.onward {
            None => End {
                arrival_delay_minutes: Some(arrival_delay_minutes),
                misses_connection: false,
            },
            // A flight that is not late leaves nobody behind who would not have been left behind anyway.
            Some(onward)
                if arrival_delay_minutes <= 0
                    || arrival_delay_minutes <= onward.latest_arrival_minutes =>
            {
                End {
                    arrival_delay_minutes: Some(onward.arrival_delay_minutes),
                    misses_connection: false,
                }
            }
            Some(_) => End {
                arrival_delay_minutes: None,
                misses_connection: true,
            },
        }
    }
}

impl FlightManifest {
    /// The facts of one passenger of `group` when `course` happens.
    ///
    /// # Errors
    /// When a code, a place or an amount of the manifest cannot be right.
    pub fn facts(&self, group: &Group, course: &Course) -> Result<CaseFacts, MalformedReport> {
        let place = |code: &str| {
            self.places
                .get(code)
                .ok_or_else(|| MalformedReport::UnknownPlace(code.to_owned()))?
                .airport()
        };
        let journey = Journey {
            origin: place(&group.origin)?,
            destination: place(&group.destination)?,
        };
        let purchase = Purchase {
            fare_minor: group.fare_minor,
            ancillary_minor: group.ancillary_fees_minor,
            currency: group.currency.parse()?,
            payment_method: group.payment_method.into(),
        };
        let mut facts = CaseFacts::of(
            journey,
            carrier(
                &self.operating_carrier,
                self.carrier_licence_country.as_deref(),
            )?,
            self.event(group, course),
            passenger(group.fare_kind, group.passenger_kind, group.has_seat),
            purchase,
        );
        if let (Some(origin), Some(destination)) = (&self.origin, &self.destination)
            && (origin, destination) != (&group.origin, &group.destination)
        {
            facts.flight = Some(Journey {
                origin: place(origin)?,
                destination: place(destination)?,
            });
        }
        match course.kind {
            CourseKind::DeniedBoarding {
                is_small_aircraft, ..
            } => {
                facts.boarding = Boarding {
                    refused_for_cause: Fact::Known(false),
                    small_aircraft: is_small_aircraft,
                    volunteered: Fact::Known(false),
                };
                facts.price.one_way_minor = Fact::Known(group.fare_minor);
            }
            CourseKind::Downgraded => facts.price.flight_minor = group.flight_fare_minor.into(),
            CourseKind::Operates { .. } | CourseKind::Cancelled { .. } => {}
        }
        Ok(facts)
    }

    fn event(&self, group: &Group, course: &Course) -> Event {
        let extraordinary = CauseReading::of(course.cause_code.as_deref()).extraordinary();
        let mut event = Event {
            kind: EventKind::Delay,
            incident_on: self.incident_on,
            arrival_delay_minutes: Fact::Unknown,
            departure_delay_minutes: Fact::Unknown,
            notice_minutes: Fact::Unknown,
            rerouting: Fact::Unknown,
            extraordinary,
            extraordinary_minutes: None,
            diversion: Fact::Unknown,
            added_connections: 0,
            airport_changed: false,
            cabin_downgraded: false,
            accessibility_lost: false,
        };
        match course.kind {
            CourseKind::Operates {
                departure_delay_minutes,
                arrival_delay_minutes,
            } => {
                event.departure_delay_minutes = Fact::Known(departure_delay_minutes);
                let end = group.end(arrival_delay_minutes);
                event.arrival_delay_minutes = end.arrival_delay_minutes.into();
            }
            CourseKind::Cancelled {
                notice_minutes,
                rerouting,
            } => {
                event.kind = EventKind::Cancellation;
                event.notice_minutes = Fact::Known(notice_minutes);
                event.rerouting = Fact::Known(rerouting);
            }
            CourseKind::DeniedBoarding { rerouting, .. } => {
                event.kind = EventKind::DeniedBoarding;
                event.rerouting = Fact::Known(rerouting);
                event.arrival_delay_minutes =
                    rerouting.map(|offer| offer.arrives_later_minutes).into();
            }
            CourseKind::Downgraded => event.kind = EventKind::Downgrade,
        }
        event
    }
}
