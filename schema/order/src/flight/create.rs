//! Adding a flight to the schedule.

use async_graphql::{InputObject, Object, Union};
use chrono::{Datelike, TimeDelta};
use entities::order::{
    airport,
    flight::{Model, Status},
};
use schema_kernel::{
    Database, Result, Session,
    idempotency::{Once, once},
    permit::Operations,
    problem::{Conflict, FieldProblem, InvalidInput, NotFound},
    scalar::{DateTime, IataAirline, IataAirport},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Flight, record_event::check::wrong_gate, store};
use crate::{
    DOMAIN,
    reference::{PLAUSIBLE_YEARS, airports_by_code, haversine_km, local_date},
    report::settle,
};

/// A flight as it is planned.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CreateFlightInput {
    /// Names this request: when it is sent again, the first outcome is given again and nothing happens twice.
    pub idempotency_key: Uuid,
    /// The operating airline. Example: `"EK"`.
    pub carrier: IataAirline,
    /// The flight number, 1 to 9999. Example: `47`.
    pub number: i32,
    /// The operational suffix, one capital letter; left out for most flights. Example: `"A"`.
    pub suffix: Option<String>,
    /// The airport it leaves from. Example: `"DXB"`.
    pub origin: IataAirport,
    /// The airport it goes to. Example: `"FRA"`.
    pub destination: IataAirport,
    /// When it is to leave; the day it belongs to follows from the time at the origin.
    pub scheduled_departure_at: DateTime,
    /// When it is to arrive: after it leaves, within 24 hours.
    pub scheduled_arrival_at: DateTime,
    /// The gate, when it is known: 1 to 8 capital letters and digits. Example: `"B22"`.
    pub gate: Option<String>,
    /// The registration of the aircraft, when it is known: 2 to 10 capital letters, digits and hyphens. Example: `"A6-EVB"`.
    pub aircraft_registration: Option<String>,
}

/// What became of a flight that was to be added.
#[derive(Clone, Debug, Union, Serialize, Deserialize)]
pub enum CreateFlightOutcome {
    /// It stands in the schedule.
    Created(FlightCreated),
    /// Values in the input cannot be right.
    InvalidInput(InvalidInput),
    /// There is nothing that you may add flights to.
    NotFound(NotFound),
    /// There is such a flight already, or the idempotency key was used for something else.
    Conflict(Conflict),
}

/// The flight stands in the schedule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FlightCreated {
    flight: Box<Flight>,
}

/// The flight stands in the schedule.
#[Object(requires_scopes = "flight:read")]
impl FlightCreated {
    /// The flight.
    async fn flight(&self) -> &Flight {
        &self.flight
    }
}

/// Adds a flight once: repeating the request with the same idempotency key gives the first outcome again.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails; nothing is written then.
pub(super) async fn create(
    database: &Database,
    session: &Session,
    input: CreateFlightInput,
) -> Result<CreateFlightOutcome> {
    let Some(permit) = session.actor.permit("flight:write", Operations) else {
        return Ok(CreateFlightOutcome::NotFound(NotFound::of("schedule")));
    };
    let outcome = database
        .transaction(async |transaction| {
            once(transaction, DOMAIN, session, Some(input.idempotency_key), &input, async || {
                let codes = [input.origin.as_str(), input.destination.as_str()];
                let airports = airports_by_code(transaction, codes).await?;
                let ends = codes.map(|code| airports.get(code));
                let flight = match planned(session, &input, ends) {
                    Ok(flight) => flight,
                    Err(problems) => return Ok(CreateFlightOutcome::InvalidInput(InvalidInput::of(problems))),
                };
                Ok(if store::insert(transaction, &permit, flight.clone()).await? {
                    settle(transaction, &permit, session, std::slice::from_ref(&flight)).await?;
                    let flight = store::find_for_change(transaction, flight.id).await?.unwrap_or(flight);
                    CreateFlightOutcome::Created(FlightCreated { flight: Box::new(Flight(flight)) })
                } else {
                    CreateFlightOutcome::Conflict(Conflict::of("There is a flight with this designator from this airport on this day already."))
                })
            })
            .await
        })
        .await?;
    Ok(match outcome {
        Once::Outcome(outcome) => outcome,
        Once::OtherInput => CreateFlightOutcome::Conflict(Conflict::of(
            "This idempotency key was used for another flight; a new flight takes a new key.",
        )),
    })
}

fn planned(
    session: &Session,
    input: &CreateFlightInput,
    [origin, destination]: [Option<&airport::Model>; 2],
) -> Result<Model, Vec<FieldProblem>> {
    let mut problems = problems(input);
    for (end, path) in [(origin, "input.origin"), (destination, "input.destination")] {
        if end.is_none() {
            problems.push(
                FieldProblem::at(path, "There is no airport with this IATA code.")
                    .by("IATA location identifier"),
            );
        }
    }
    let zone = origin.and_then(|origin| origin.time_zone.parse().ok());
    let (Some(origin), Some(destination), Some(zone), []) =
        (origin, destination, zone, problems.as_slice())
    else {
        return Err(problems);
    };
    Ok(Model {
        id: session.new_id(),
        carrier: input.carrier.as_str().to_owned(),
        number: input.number,
        suffix: input.suffix.clone().unwrap_or_default(),
        origin: origin.iata.clone(),
        destination: destination.iata.clone(),
        departs_on: local_date(input.scheduled_departure_at, zone),
        scheduled_departure_at: input.scheduled_departure_at,
        scheduled_arrival_at: input.scheduled_arrival_at,
        estimated_departure_at: None,
        estimated_arrival_at: None,
        actual_departure_at: None,
        actual_arrival_at: None,
        departure_delay_minutes: None,
        arrival_delay_minutes: None,
        status: Status::Scheduled,
        cause_code: None,
        gate: input.gate.clone(),
        aircraft_registration: input.aircraft_registration.clone(),
        distance_km: haversine_km(
            (origin.latitude, origin.longitude),
            (destination.latitude, destination.longitude),
        ),
        diverted_to: None,
        fingerprint: None,
        version: 1,
    })
}

fn problems(input: &CreateFlightInput) -> Vec<FieldProblem> {
    let flown = input.scheduled_arrival_at - input.scheduled_departure_at;
    let suffix = input.suffix.as_deref();
    let registration = input.aircraft_registration.as_deref();
    let rules = [
        (
            (1..=9_999).contains(&input.number),
            "number",
            "A flight number is between 1 and 9999.",
        ),
        (
            suffix.is_none_or(|suffix| matches!(suffix.as_bytes(), [b'A'..=b'Z'])),
            "suffix",
            "An operational suffix is one capital letter, like \"A\".",
        ),
        (
            input.origin != input.destination,
            "destination",
            "A flight goes to another airport than it leaves from.",
        ),
        (
            PLAUSIBLE_YEARS.contains(&input.scheduled_departure_at.year()),
            "scheduledDepartureAt",
            "A flight leaves between the years 1970 and 2200.",
        ),
        (
            flown > TimeDelta::zero() && flown <= TimeDelta::hours(24),
            "scheduledArrivalAt",
            "A flight arrives after it leaves, within 24 hours.",
        ),
        (
            registration.is_none_or(is_registration),
            "aircraftRegistration",
            "A registration has 2 to 10 capital letters, digits and hyphens, like \"A6-EVB\".",
        ),
    ];
    let broken = rules.into_iter().filter(|(holds, ..)| !holds);
    let gate = input
        .gate
        .as_deref()
        .and_then(|gate| wrong_gate("input.gate", gate));
    broken
        .map(|(_, field, message)| FieldProblem::at(&format!("input.{field}"), message))
        .chain(gate)
        .collect()
}

fn is_registration(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    (2..=10).contains(&text.len()) && text.bytes().all(allowed)
}
