//! Takes in what is told of a baggage report: the damage, its assessments and its claims, in one transaction.

use chrono::{DateTime, Utc};
use entities::{
    compensation::disruption,
    id::{CustomerId, FlightEventId, FlightId, PassengerId},
};
use schema_kernel::{Error, Permit, Result, Session};
use sea_orm::DatabaseTransaction;
use sha2::{Digest, Sha256};

use super::BaggageTold;
use crate::{
    claim::{self, settle::settle},
    disruption::{Established, Settlement, store},
    engine::{CaseFacts, RuleSet},
    journey::{Known, store as journeys},
    matter,
};

/// What of the journey the damage belongs to.
struct Place {
    journey: Known,
    passenger: PassengerId,
    flight: FlightId,
}

/// Takes in what was told at `told_at`. The same facts again change nothing. Where nobody claims damage, or the journey is not
/// known or not the customer's, there is nothing to assess, and people work on the case that is open.
pub(crate) async fn receive(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    rules: &RuleSet,
    told: &BaggageTold,
    told_at: DateTime<Utc>,
) -> Result<()> {
    let Some(place) = place(transaction, permit, told).await? else {
        return Ok(());
    };
    let Some(course) = place.journey.course.as_ref() else {
        return Ok(());
    };
    let today = session.now().date_naive();
    let Some(facts) = told.case_facts(course, today).map_err(Error::internal)? else {
        return Ok(());
    };
    let fingerprint = format!("{:x}", Sha256::digest(facts.canonical_json()));
    let matter = matter::of_baggage(told.report_id);
    let known =
        store::hold_of_matter(transaction, place.passenger, place.journey.id, &matter).await?;
    let designator = course.designator(place.flight);
    let disruption = match known.into_iter().next() {
        Some(known) if known.fingerprint == fingerprint => return Ok(()),
        Some(known) => {
            let corrected = disruption::Model {
                kind: told.disruption_kind(),
                incident_on: told.arrived_on,
                facts: serde_json::to_value(&facts)?,
                fingerprint,
                reported_at: told_at,
                version: known.version + 1,
                ..known
            };
            store::update(transaction, permit, corrected.clone()).await?;
            corrected
        }
        None => {
            let found = Found {
                facts: &facts,
                fingerprint,
                designator,
                matter,
            };
            let opened = found.open(session, permit, told, &place, told_at)?;
            store::insert(transaction, permit, opened.clone()).await?;
            opened
        }
    };
    let established: Established = serde_json::from_value(disruption.established.clone())?;
    let claims = claim::store::hold_of_matter(transaction, &disruption).await?;
    let settlement = Settlement::of(rules, &disruption, &established, &claims)?;
    settle(
        transaction,
        session,
        permit,
        &disruption,
        &settlement,
        claims,
        None,
    )
    .await
}

/// Where the damage belongs; `None` where that is not known for certain.
async fn place(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    told: &BaggageTold,
) -> Result<Option<Place>> {
    let Some(journey) = told.journey_id else {
        return Ok(None);
    };
    let Some(journey) = journeys::known(transaction, journey).await? else {
        return Ok(None);
    };
    if journey.customer != *permit.subject() {
        return Ok(None);
    }
    let passenger = match (told.passenger_id, journey.passengers.as_slice()) {
        (Some(named), all) => all.contains(&named).then_some(named),
        (None, [only]) => Some(*only),
        (None, _) => None,
    };
    let flight = match told.flight_id {
        Some(named) => journey.flights.contains(&named).then_some(named),
        // Bags are missed where the journey ends.
        None => journey.flights.last().copied(),
    };
    Ok(passenger.zip(flight).map(|(passenger, flight)| Place {
        journey,
        passenger,
        flight,
    }))
}

struct Found<'a> {
    facts: &'a CaseFacts,
    fingerprint: String,
    designator: String,
    matter: String,
}

impl Found<'_> {
    fn open(
        self,
        session: &Session,
        permit: &Permit<CustomerId>,
        told: &BaggageTold,
        place: &Place,
        told_at: DateTime<Utc>,
    ) -> Result<disruption::Model> {
        Ok(disruption::Model {
            id: session.new_id(),
            customer_id: *permit.subject(),
            order_id: place.journey.order,
            journey_id: place.journey.id,
            passenger_id: place.passenger,
            flight_id: place.flight,
            flight_designator: self.designator,
            matter: self.matter,
            flight_event_id: FlightEventId(told.report_id.0),
            kind: told.disruption_kind(),
            incident_on: told.arrived_on,
            arrival_delay_minutes: None,
            cause_code: None,
            facts: serde_json::to_value(self.facts)?,
            fingerprint: self.fingerprint,
            established: serde_json::to_value(Established::default())?,
            reported_at: told_at,
            recorded_at: session.now(),
            version: 1,
        })
    }
}
