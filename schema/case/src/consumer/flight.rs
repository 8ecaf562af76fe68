use chrono::{DateTime, Utc};
use entities::{case::incident::IncidentKind, id::FlightId};
use schema_kernel::{Error, Event, Permit, Result, Session, permit::Operations};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use super::{FLIGHT_CANCELLED, FLIGHT_DIVERTED};
use crate::{
    case::policy::INCIDENT_DELAY_MINUTES,
    incident::{self, FlightFacts},
};

/// What this domain reads of `order.flight.*`.
#[derive(Debug, Deserialize)]
struct Disruption {
    flight_id: FlightId,
    designator: String,
    origin: String,
    destination: String,
    scheduled_departure_at: DateTime<Utc>,
    departure_delay_minutes: Option<i32>,
    arrival_delay_minutes: Option<i32>,
    diverted_to: Option<String>,
    affected_passengers: i32,
}

#[derive(Debug, Deserialize)]
struct Restoration {
    flight_id: FlightId,
}

/// A flight was delayed, cancelled or diverted: one that leaves passengers stranded is an incident.
pub(super) async fn disrupted(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
) -> Result<()> {
    let facts: Disruption = event.facts()?;
    let kind = match event.kind.as_str() {
        FLIGHT_CANCELLED => IncidentKind::Cancellation,
        FLIGHT_DIVERTED => IncidentKind::Diversion,
        _ => IncidentKind::Delay,
    };
    // An incident that is there already follows every correction, also one that makes it small.
    if !facts.is_incident(kind)
        && incident::of_flight(transaction, facts.flight_id)
            .await?
            .is_none()
    {
        return Ok(());
    }
    incident::upsert(
        transaction,
        &permit(session)?,
        session,
        facts.into_facts(kind),
    )
    .await?;
    Ok(())
}

/// A flight goes after all.
pub(super) async fn restored(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
) -> Result<()> {
    let facts: Restoration = event.facts()?;
    incident::close(transaction, &permit(session)?, session, facts.flight_id).await
}

/// The permit to write what belongs to no customer.
pub(super) fn permit(session: &Session) -> Result<Permit<Operations>> {
    session
        .actor
        .permit("case:write", Operations)
        .ok_or_else(|| {
            Error::internal(anyhow::anyhow!(
                "the dispatcher's actor may not write cases"
            ))
        })
}

impl Disruption {
    fn delay_minutes(&self) -> Option<i32> {
        self.arrival_delay_minutes.or(self.departure_delay_minutes)
    }

    fn is_incident(&self, kind: IncidentKind) -> bool {
        let is_grave = match kind {
            IncidentKind::Cancellation | IncidentKind::Diversion => true,
            IncidentKind::Delay => self
                .delay_minutes()
                .is_some_and(|minutes| minutes >= INCIDENT_DELAY_MINUTES),
        };
        is_grave && self.affected_passengers > 0
    }

    fn into_facts(self, kind: IncidentKind) -> FlightFacts {
        FlightFacts {
            delay_minutes: self.delay_minutes(),
            flight_id: self.flight_id,
            designator: self.designator,
            kind,
            origin: Some(self.origin),
            destination: Some(self.destination),
            scheduled_departure_at: Some(self.scheduled_departure_at),
            diverted_to: self.diverted_to,
            affected_passengers: Some(self.affected_passengers),
        }
    }
}
