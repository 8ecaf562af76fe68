//! Appends the events that a change of flights causes, on its transaction.

use std::collections::HashSet;

use entities::id::FlightId;
use schema_kernel::{NewEvent, Result, Session, outbox};
use sea_orm::DatabaseTransaction;

use super::disruption::{FlightChange, Reference, disrupted_journeys, flight_events};
use crate::{
    DOMAIN,
    journey::affected::{AffectedJourney, of_flights},
    reference::{airlines_by_designator, airports_by_code},
};

/// Tells of the changes: one event for each flight that matters, one for each passenger journey of which the outcome
/// changed. Returns how many journeys were told of.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn publish(
    transaction: &DatabaseTransaction,
    session: &Session,
    changes: &[FlightChange],
) -> Result<u64> {
    if changes.is_empty() {
        return Ok(0);
    }
    let flights: HashSet<FlightId> = changes.iter().map(|change| change.new.id).collect();
    let affected = of_flights(transaction, &flights.into_iter().collect::<Vec<_>>()).await?;
    let now = session.now();

    let facts = flight_events(changes, &affected);
    let events: Vec<_> = facts
        .iter()
        .map(|(kind, data)| NewEvent {
            kind,
            subject: data.flight_id.to_string(),
            customer_id: None,
            time: now,
            data,
        })
        .collect();
    outbox::append(transaction, DOMAIN, session, &events).await?;

    let reference = reference_for(transaction, &affected).await?;
    let facts = disrupted_journeys(changes, &affected, &reference, now)?;
    let events: Vec<_> = facts
        .iter()
        .map(|(journey, data)| NewEvent {
            kind: "order.journey.disrupted.v1",
            subject: data.journey_id.to_string(),
            customer_id: Some(journey.customer_id),
            time: now,
            data,
        })
        .collect();
    outbox::append(transaction, DOMAIN, session, &events).await?;
    Ok(events.len() as u64)
}

async fn reference_for(
    transaction: &DatabaseTransaction,
    affected: &[AffectedJourney],
) -> Result<Reference> {
    if affected.is_empty() {
        return Ok(Reference::default());
    }
    let airports: HashSet<&str> = affected
        .iter()
        .flat_map(|journey| [journey.origin.as_str(), journey.destination.as_str()])
        .collect();
    let airlines: HashSet<&str> = affected
        .iter()
        .flat_map(|journey| {
            journey
                .segments
                .iter()
                .map(|segment| segment.flight.carrier.as_str())
        })
        .collect();
    Ok(Reference {
        airports: airports_by_code(transaction, airports).await?,
        airlines: airlines_by_designator(transaction, airlines).await?,
    })
}
