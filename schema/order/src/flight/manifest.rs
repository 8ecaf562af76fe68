//! Who is booked on a flight, as far as the law looks at it: what a decision about the flight is weighed on before
//! anything has happened. It names nobody.

mod store;

use std::collections::{BTreeMap, HashMap};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, TimeDelta};
use entities::order::{
    flight::{Model, Status},
    flight_segment::Cabin,
    order::{FareKind, PaymentMethod},
    passenger::PassengerKind,
};
use schema_kernel::{Result, scalar::DateTime};
use serde::{Deserialize, Serialize};

pub(crate) use self::store::ManifestOf;
use super::{
    disruption::{Place, Reference, place},
    outcome::{MINIMUM_CONNECTION, expected_arrival_delay, journey_outcome, leaves_at},
};
use crate::{journey::affected::AffectedJourney, reference::haversine_km};

/// The bookings of one flight, passengers in the same position taken together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlightManifest {
    /// IATA designator of the operating airline.
    pub operating_carrier: String,
    /// The state that licensed it; unknown for an airline that we do not know.
    pub carrier_licence_country: Option<String>,
    /// The local day of the scheduled departure, which chooses the law.
    pub incident_on: NaiveDate,
    /// When it is scheduled to leave.
    pub scheduled_departure_at: DateTime,
    /// Where it leaves from.
    pub origin: String,
    /// Where it goes.
    pub destination: String,
    /// The airports that the groups and the flight name, by IATA code.
    pub places: BTreeMap<String, Place>,
    /// The groups, in a stable order.
    pub groups: Vec<ManifestGroup>,
}

/// Passengers whom the same thing would happen to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ManifestGroup {
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
    pub payment_method: PaymentMethod,
    /// What kind of fare it is.
    pub fare_kind: FareKind,
    /// What kind of passenger.
    pub passenger_kind: PassengerKind,
    /// Whether they have a seat of their own.
    pub has_seat: bool,
    /// The cabin on this flight.
    pub cabin: Cabin,
    /// What of one passenger's fare falls to this flight, by distance (C-255/15), minor units; absent where an airport is not known.
    pub flight_fare_minor: Option<i64>,
    /// How many passengers they are.
    pub passengers: u32,
}

/// The rest of a journey behind a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Onward {
    /// The latest arrival that still makes the connection, in minutes after the scheduled arrival; negative when the
    /// connection is already tighter than it may be.
    pub latest_arrival_minutes: i64,
    /// How late the journey ends when the connection is made, as things stand.
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

/// The manifest of `flight`, from the journeys that hold a place on it.
///
/// A journey that another of its flights has already decided is left out: nothing that happens to this flight changes what
/// is owed for it.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when a journey begins or ends at an airport that we do not know.
fn manifest(
    flight: &Model,
    journeys: &[AffectedJourney],
    reference: &Reference,
) -> Result<FlightManifest> {
    let mut places = BTreeMap::new();
    for code in [&flight.origin, &flight.destination] {
        if reference.airports.contains_key(code) {
            places.insert(code.clone(), place(reference, code)?);
        }
    }
    let mut groups: Vec<ManifestGroup> = Vec::new();
    let mut place_of: HashMap<ManifestGroup, usize> = HashMap::new();
    for group in journeys
        .iter()
        .filter_map(|journey| group(flight, journey, reference))
    {
        for code in [&group.origin, &group.destination] {
            if !places.contains_key(code) {
                places.insert(code.clone(), place(reference, code)?);
            }
        }
        let index = *place_of.entry(group.clone()).or_insert_with(|| {
            groups.push(group);
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(index) {
            group.passengers += 1;
        }
    }
    Ok(FlightManifest {
        operating_carrier: flight.carrier.clone(),
        carrier_licence_country: reference
            .airlines
            .get(&flight.carrier)
            .map(|airline| airline.licence_country.clone()),
        incident_on: flight.departs_on,
        scheduled_departure_at: flight.scheduled_departure_at,
        origin: flight.origin.clone(),
        destination: flight.destination.clone(),
        places,
        groups,
    })
}

/// A group of one passenger, whose count is left open.
fn group(
    flight: &Model,
    journey: &AffectedJourney,
    reference: &Reference,
) -> Option<ManifestGroup> {
    let position = journey
        .segments
        .iter()
        .position(|segment| segment.flight.id == flight.id)?;
    let flights: Vec<&Model> = journey
        .segments
        .iter()
        .map(|segment| &*segment.flight)
        .collect();
    let stands = journey_outcome(&flights)?;
    if stands.cause < position {
        return None;
    }
    Some(ManifestGroup {
        origin: journey.origin.clone(),
        destination: journey.destination.clone(),
        onward: onward(flight, flights.get(position + 1..)?),
        fare_minor: journey.fare_minor,
        ancillary_fees_minor: journey.ancillary_fees_minor,
        currency: journey.currency.clone(),
        payment_method: journey.payment_method,
        fare_kind: journey.fare_kind,
        passenger_kind: journey.passenger_kind,
        has_seat: journey.has_seat,
        cabin: journey.segments.get(position)?.cabin,
        flight_fare_minor: flight_fare(journey.fare_minor, flight, &flights, reference),
        passengers: 0,
    })
}

/// The share of a journey's fare that falls to one of its flights by distance, rounded down; `None` where an airport is not
/// known.
fn flight_fare(
    fare_minor: i64,
    flight: &Model,
    flights: &[&Model],
    reference: &Reference,
) -> Option<i64> {
    let metres = |flight: &Model| {
        let position = |code: &str| {
            let airport = reference.airports.get(code)?;
            Some((airport.latitude, airport.longitude))
        };
        let km = haversine_km(position(&flight.origin)?, position(&flight.destination)?);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "half the girth of the earth has 20 million metres"
        )]
        let metres = (km * 1_000.0).round() as i64;
        Some(metres)
    };
    let all = flights
        .iter()
        .map(|flight| metres(flight))
        .sum::<Option<i64>>()?;
    let share = i128::from(fare_minor) * i128::from(metres(flight)?);
    i64::try_from(share.checked_div(i128::from(all))?).ok()
}

fn onward(flight: &Model, rest: &[&Model]) -> Option<Onward> {
    let (next, last) = (rest.first()?, rest.last()?);
    // Whoever's next flight does not take place is left behind by every delay.
    let latest = match next.status {
        Status::Cancelled => -i64::from(i32::MAX),
        Status::Scheduled
        | Status::Delayed
        | Status::Departed
        | Status::Arrived
        | Status::Diverted => {
            let slack: TimeDelta =
                leaves_at(next) - MINIMUM_CONNECTION - flight.scheduled_arrival_at;
            slack.num_minutes()
        }
    };
    Some(Onward {
        latest_arrival_minutes: latest,
        arrival_delay_minutes: expected_arrival_delay(last).into(),
    })
}

#[cfg(test)]
mod tests;
