//! From a change of flights to the events that tell of it. Pure.

mod facts;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entities::{
    id::{FlightEventId, FlightId, PassengerId},
    order::{airline, airport, flight::Model, flight_event::Kind, flight_segment::Cabin},
};
use schema_kernel::{Error, Result};

pub use facts::{FlightFacts, JourneyFacts, Place};

use super::{
    outcome::{Disruption, JourneyOutcome, journey_outcome},
    state,
};
use crate::journey::affected::AffectedJourney;

/// A flight that changed, and the event that stands for it in its history.
#[derive(Clone, Debug)]
pub struct FlightChange {
    /// What happened.
    pub kind: Kind,
    /// The event in the flight's history.
    pub event_id: FlightEventId,
    /// The flight as it was.
    pub old: Model,
    /// The flight as it is.
    pub new: Model,
}

/// What the facts of journeys are completed from.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// By IATA code.
    pub airports: HashMap<String, airport::Model>,
    /// By IATA designator.
    pub airlines: HashMap<String, airline::Model>,
}

/// The designator as people write it: `EK47`.
pub fn designator(flight: &Model) -> String {
    format!("{}{}{}", flight.carrier, flight.number, flight.suffix)
}

/// What is told of a change that disturbs nobody, for those who follow the flight.
const UPDATED: &str = "order.flight.updated.v1";

/// The events about the flights themselves: cancellations, diversions and restorations, delays from 15 minutes on and
/// their corrections, new gates where there are passengers to tell; everything else as an update.
pub fn flight_events(
    changes: &[FlightChange],
    affected: &[AffectedJourney],
) -> Vec<(&'static str, FlightFacts)> {
    let mut passengers: HashMap<FlightId, HashSet<PassengerId>> = HashMap::new();
    for journey in affected {
        for segment in &journey.segments {
            passengers
                .entry(segment.flight.id)
                .or_default()
                .insert(journey.passenger_id);
        }
    }
    let mut events = Vec::new();
    for change in changes {
        let count = passengers.get(&change.new.id).map_or(0, HashSet::len);
        let name = flight_event(change, count).unwrap_or(UPDATED);
        events.push((name, flight_facts(change, count)));
    }
    events
}

fn flight_event(change: &FlightChange, passengers: usize) -> Option<&'static str> {
    let delays = |flight: &Model| {
        (
            flight.departure_delay_minutes,
            flight.arrival_delay_minutes,
            flight.cause_code.clone(),
        )
    };
    match change.kind {
        Kind::Cancellation => Some("order.flight.cancelled.v1"),
        Kind::Diversion => Some("order.flight.diverted.v1"),
        Kind::Restoration => Some("order.flight.restored.v1"),
        Kind::GateChange => (passengers > 0).then_some("order.flight.gate_changed.v1"),
        Kind::Delay | Kind::Arrival => {
            let late = state::is_late(&change.old) || state::is_late(&change.new);
            (late && delays(&change.old) != delays(&change.new))
                .then_some("order.flight.delayed.v1")
        }
    }
}

fn flight_facts(change: &FlightChange, affected_passengers: usize) -> FlightFacts {
    let flight = &change.new;
    FlightFacts {
        flight_id: flight.id,
        flight_event_id: change.event_id,
        designator: designator(flight),
        origin: flight.origin.clone(),
        destination: flight.destination.clone(),
        scheduled_departure_at: flight.scheduled_departure_at,
        departure_delay_minutes: flight.departure_delay_minutes,
        arrival_delay_minutes: flight.arrival_delay_minutes,
        cause_code: flight.cause_code.clone(),
        gate: flight.gate.clone(),
        diverted_to: flight.diverted_to.clone(),
        affected_passengers,
    }
}

/// The journeys of which the outcome changed and that are disrupted now, or were before and no longer are: what was
/// decided on the old facts has to be decided again. A journey of which the outcome is the same is not told again.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when a journey begins or ends at an airport that we do not know.
pub fn disrupted_journeys<'a>(
    changes: &[FlightChange],
    affected: &'a [AffectedJourney],
    reference: &Reference,
    now: DateTime<Utc>,
) -> Result<Vec<(&'a AffectedJourney, JourneyFacts)>> {
    let by_flight: HashMap<FlightId, &FlightChange> = changes
        .iter()
        .rev()
        .map(|change| (change.new.id, change))
        .collect();
    let mut disrupted = Vec::new();
    for journey in affected {
        if let Some(decisive) = decisive(journey, &by_flight) {
            disrupted.push((journey, journey_facts(journey, &decisive, reference, now)?));
        }
    }
    Ok(disrupted)
}

/// The new outcome of a journey, with the flight that decided it and the event that made it so.
struct Decisive<'a> {
    outcome: JourneyOutcome,
    flight: &'a Model,
    cabin: Cabin,
    event_id: FlightEventId,
}

fn decisive<'a>(
    journey: &'a AffectedJourney,
    changes: &HashMap<FlightId, &'a FlightChange>,
) -> Option<Decisive<'a>> {
    let change_of = |flight: &FlightId| changes.get(flight).copied();
    let before: Vec<&Model> = journey
        .segments
        .iter()
        .map(|segment| change_of(&segment.flight.id).map_or(&*segment.flight, |change| &change.old))
        .collect();
    let after: Vec<&Model> = journey
        .segments
        .iter()
        .map(|segment| change_of(&segment.flight.id).map_or(&*segment.flight, |change| &change.new))
        .collect();
    let (was, is) = (journey_outcome(&before)?, journey_outcome(&after)?);
    if !(was.is_disrupted() || is.is_disrupted()) || told(&was, &before) == told(&is, &after) {
        return None;
    }
    let cause = if is.is_disrupted() {
        is.cause
    } else {
        was.cause
    };
    let flight = *after.get(cause)?;
    let event_id = change_of(&flight.id)
        .or_else(|| {
            journey
                .segments
                .iter()
                .find_map(|segment| change_of(&segment.flight.id))
        })?
        .event_id;
    Some(Decisive {
        outcome: is,
        flight,
        cabin: journey.segments.get(cause)?.cabin,
        event_id,
    })
}

/// Everything that a decision about the journey depends on.
fn told(outcome: &JourneyOutcome, flights: &[&Model]) -> impl PartialEq {
    let cause = flights.get(outcome.cause);
    (
        *outcome,
        cause.map(|flight| flight.id),
        cause.and_then(|flight| flight.departure_delay_minutes),
        cause.and_then(|flight| flight.cause_code.clone()),
    )
}

fn journey_facts(
    journey: &AffectedJourney,
    decisive: &Decisive<'_>,
    reference: &Reference,
    now: DateTime<Utc>,
) -> Result<JourneyFacts> {
    let Decisive {
        outcome,
        flight,
        cabin,
        event_id,
    } = decisive;
    let notice = (flight.scheduled_departure_at - now).num_minutes().max(0);
    Ok(JourneyFacts {
        journey_id: journey.journey_id,
        order_id: journey.order_id,
        passenger_id: journey.passenger_id,
        flight_id: flight.id,
        flight_event_id: *event_id,
        flight_designator: designator(flight),
        kind: outcome.kind,
        origin: place(reference, &journey.origin)?,
        destination: place(reference, &journey.destination)?,
        connections: journey.segments.len().saturating_sub(1),
        operating_carrier: flight.carrier.clone(),
        carrier_licence_country: reference
            .airlines
            .get(&flight.carrier)
            .map(|airline| airline.licence_country.clone()),
        scheduled_departure_at: journey.scheduled_departure_at,
        scheduled_arrival_at: journey.scheduled_arrival_at,
        incident_on: flight.departs_on,
        departure_delay_minutes: flight.departure_delay_minutes,
        arrival_delay_minutes: outcome.arrival_delay_minutes,
        missed_connection: outcome.missed_connection,
        notice_minutes: (outcome.kind == Disruption::Cancellation).then_some(notice),
        cause_code: flight.cause_code.clone(),
        fare_minor: journey.fare_minor,
        ancillary_fees_minor: journey.ancillary_fees_minor,
        currency: journey.currency.clone(),
        payment_method: journey.payment_method,
        fare_kind: journey.fare_kind,
        passenger_kind: journey.passenger_kind,
        has_seat: journey.has_seat,
        cabin: *cabin,
    })
}

pub(super) fn place(reference: &Reference, code: &str) -> Result<Place> {
    let airport = reference.airports.get(code).ok_or_else(|| {
        Error::internal(anyhow::anyhow!(
            "a journey begins or ends at the unknown airport {code}"
        ))
    })?;
    Ok(Place {
        iata: airport.iata.clone(),
        country: airport.country.clone(),
        latitude: airport.latitude,
        longitude: airport.longitude,
    })
}

#[cfg(test)]
mod tests;
