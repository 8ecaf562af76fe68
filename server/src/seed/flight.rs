//! The flights of the network, and how they went.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use entities::{
    id::FlightId,
    order::{
        flight::{self, Status},
        flight_event,
    },
};
use schema_order::reference::instant_at;
use serde::Deserialize;
use serde_json::json;

use super::{
    calendar::Calendar,
    reference::{Airport, Reference},
    stream::{Purpose, Stream},
    week::Fate,
};

/// The flights of the network, out and back in one line.
const NETWORK: &str = include_str!("network.csv");

/// From how many minutes on a past delay is kept as an event of its own.
pub(super) const NOTABLE_DELAY: i32 = 60;

/// Why flights of the network were late, by IATA delay code.
const CAUSES: [(usize, &str); 10] = [
    (14, "41"),
    (8, "33"),
    (8, "15"),
    (5, "63"),
    (4, "67"),
    (4, "36"),
    (30, "93"),
    (10, "81"),
    (6, "72"),
    (6, "89"),
];
/// How many of them are never extraordinary; they come first.
const ORDINARY_CAUSES: usize = 6;

/// How registrations begin, by airline.
const REGISTRATIONS: [(&str, &str); 8] = [
    ("EK", "A6-E"),
    ("LH", "D-AI"),
    ("BA", "G-ZB"),
    ("AF", "F-GZ"),
    ("SQ", "9V-S"),
    ("QR", "A7-B"),
    ("TK", "TC-J"),
    ("IB", "EC-N"),
];

/// A flight, and what is only known of flights of the real week.
pub(super) struct Flown {
    pub(super) flight: flight::Model,
    pub(super) fate: Option<Fate>,
}

/// What tells flights apart: day of departure, carrier, number, origin.
pub(super) type FlightKey = (NaiveDate, String, i32, String);

/// The key of a flight.
pub(super) fn key(flight: &flight::Model) -> FlightKey {
    (
        flight.departs_on,
        flight.carrier.clone(),
        flight.number,
        flight.origin.clone(),
    )
}

#[derive(Deserialize)]
struct NetworkRow {
    carrier: String,
    origin: String,
    destination: String,
    number: i32,
    departs: String,
    minutes: i64,
    back_number: i32,
    back_departs: String,
    back_minutes: i64,
}

struct Leg<'a> {
    carrier: &'a str,
    number: i32,
    origin: &'a Airport,
    destination: &'a Airport,
    departs: NaiveTime,
    minutes: i64,
}

/// The flights of the network on every day it exists, in order of day.
pub(super) fn network(
    seed: u64,
    calendar: Calendar,
    reference: &Reference,
) -> anyhow::Result<Vec<Flown>> {
    let rows = csv::Reader::from_reader(NETWORK.as_bytes())
        .into_deserialize()
        .collect::<Result<Vec<NetworkRow>, _>>()?;
    let mut legs = Vec::new();
    for row in &rows {
        let (here, there) = (
            reference.airport(&row.origin)?,
            reference.airport(&row.destination)?,
        );
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M");
        legs.push(Leg {
            carrier: &row.carrier,
            number: row.number,
            origin: here,
            destination: there,
            departs: time(&row.departs)?,
            minutes: row.minutes,
        });
        legs.push(Leg {
            carrier: &row.carrier,
            number: row.back_number,
            origin: there,
            destination: here,
            departs: time(&row.back_departs)?,
            minutes: row.back_minutes,
        });
    }
    let days = calendar.network_days();
    let flown = days.into_iter().flat_map(|day| {
        (0_u64..)
            .zip(&legs)
            .map(move |(place, leg)| (day, place, leg))
    });
    Ok(flown
        .map(|(day, place, leg)| Flown {
            flight: leg.on(seed, day, place, calendar.now()),
            fate: None,
        })
        .collect())
}

/// A number for a day that does not depend on what is taken for today.
fn day_number(day: NaiveDate) -> u64 {
    u64::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or_default()
}

impl Leg<'_> {
    fn on(&self, seed: u64, day: NaiveDate, place: u64, now: DateTime<Utc>) -> flight::Model {
        let mut stream = Stream::new(seed, Purpose::Flight, (day_number(day) << 16) + place);
        let departure = instant_at(day.and_time(self.departs), self.origin.zone);
        let mut flight = scheduled(
            &stream,
            (self.carrier, self.number),
            (self.origin, self.destination),
            day,
            (departure, departure + TimeDelta::minutes(self.minutes)),
        );
        let prefix = REGISTRATIONS
            .iter()
            .find(|(carrier, _)| *carrier == self.carrier)
            .map_or("N", |(_, prefix)| *prefix);
        flight.aircraft_registration = Some(format!(
            "{prefix}{}{}",
            letter(&mut stream),
            letter(&mut stream)
        ));
        flight.gate = Some(format!(
            "{}{}",
            stream.pick(&["A", "B", "C"]),
            stream.between(1, 48)
        ));
        let delay = i32::try_from(arrival_delay(&mut stream)).unwrap_or_default();
        // Long ago only what the airline answers for without a question went badly wrong: the rest was settled.
        let is_old = now - departure > TimeDelta::days(22);
        let touches_america = [self.origin, self.destination]
            .iter()
            .any(|airport| airport.row.country == "US");
        let delay = if is_old && touches_america {
            delay.min(NOTABLE_DELAY - 1)
        } else {
            delay
        };
        let departure_delay =
            (delay - i32::try_from(stream.between(-12, 9)).unwrap_or_default()).max(-10);
        let cause = stream.weighted(if is_old && delay >= NOTABLE_DELAY {
            &CAUSES[..ORDINARY_CAUSES]
        } else {
            &CAUSES
        });
        operate(&mut flight, now, departure_delay, delay, cause);
        flight
    }
}

fn letter(stream: &mut Stream) -> char {
    char::from(b'A' + u8::try_from(stream.below(26)).unwrap_or_default())
}

/// Minutes late at arrival, as airlines are: mostly on time, sometimes late, seldom very late.
fn arrival_delay(stream: &mut Stream) -> i64 {
    let (low, high) = stream.weighted(&[
        (580, (-18, 14)),
        (270, (15, 40)),
        (70, (41, 59)),
        (40, (60, 119)),
        (16, (120, 179)),
        (24, (180, 420)),
    ]);
    stream.between(low, high)
}

/// Lets a flight happen, as far as it has by `now`.
fn operate(
    flight: &mut flight::Model,
    now: DateTime<Utc>,
    departure_delay: i32,
    arrival_delay: i32,
    cause: &str,
) {
    let late =
        |instant: DateTime<Utc>, minutes: i32| instant + TimeDelta::minutes(i64::from(minutes));
    let departure = late(flight.scheduled_departure_at, departure_delay);
    if departure > now {
        return;
    }
    flight.status = Status::Departed;
    flight.actual_departure_at = Some(departure);
    flight.departure_delay_minutes = Some(departure_delay);
    flight.cause_code = (departure_delay >= 15 || arrival_delay >= 15).then(|| cause.to_owned());
    let arrival = late(flight.scheduled_arrival_at, arrival_delay);
    flight.arrival_delay_minutes = Some(arrival_delay);
    if arrival > now {
        flight.estimated_arrival_at = Some(arrival);
        return;
    }
    flight.status = Status::Arrived;
    flight.actual_arrival_at = Some(arrival);
    flight.version = 2;
}

fn scheduled(
    stream: &Stream,
    (carrier, number): (&str, i32),
    (origin, destination): (&Airport, &Airport),
    departs_on: NaiveDate,
    (departure, arrival): (DateTime<Utc>, DateTime<Utc>),
) -> flight::Model {
    flight::Model {
        id: stream.id::<FlightId>(departure - TimeDelta::days(330)),
        carrier: carrier.to_owned(),
        number,
        suffix: String::new(),
        origin: origin.row.iata.clone(),
        destination: destination.row.iata.clone(),
        departs_on,
        scheduled_departure_at: departure,
        scheduled_arrival_at: arrival,
        estimated_departure_at: None,
        estimated_arrival_at: None,
        actual_departure_at: None,
        actual_arrival_at: None,
        departure_delay_minutes: None,
        arrival_delay_minutes: None,
        status: Status::Scheduled,
        cause_code: None,
        gate: None,
        aircraft_registration: None,
        distance_km: origin.distance_km(destination),
        diverted_to: None,
        fingerprint: None,
        version: 1,
    }
}

/// What is kept of the past of these flights.
pub(super) fn events(seed: u64, flights: &[Flown]) -> Vec<flight_event::Model> {
    let late = flights.iter().map(|flown| &flown.flight).filter(|flight| {
        flight
            .arrival_delay_minutes
            .is_some_and(|minutes| minutes >= NOTABLE_DELAY)
    });
    late.map(|flight| event(seed, flight)).collect()
}

/// The event by which a flight became late. Its id follows from the flight's.
pub(super) fn event(seed: u64, flight: &flight::Model) -> flight_event::Model {
    let known_at = flight
        .actual_departure_at
        .unwrap_or(flight.scheduled_departure_at);
    let (_, tail) = flight.id.0.as_u64_pair();
    flight_event::Model {
        id: Stream::new(seed, Purpose::Flight, tail).id(known_at),
        flight_id: flight.id,
        kind: flight_event::Kind::Delay,
        recorded_at: known_at,
        old_values: json!({ "status": "SCHEDULED", "departure_delay_minutes": null, "arrival_delay_minutes": null }),
        new_values: json!({ "status": "DEPARTED", "departure_delay_minutes": flight.departure_delay_minutes, "arrival_delay_minutes": flight.arrival_delay_minutes }),
        cause_code: flight.cause_code.clone(),
        source: flight_event::Source::Api,
        actor: "operations".to_owned(),
    }
}
