//! What went wrong with journeys. It is told the way the order domain tells it, and the other domains act on it as they
//! always do: claims, cases and lines on timelines come from their own rules.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entities::order::{
    flight::{self, Status},
    flight_event::Kind,
    order::OrderStatus,
};
use schema_kernel::{
    Actor, Clock, Error, IdSource, NewEvent, Session,
    dispatcher::Dispatcher,
    id::{CustomerId, EventId, JourneyId},
    outbox,
};
use schema_order::{
    flight::{FlightChange, as_planned, disruption::disrupted_journeys},
    journey::affected::{AffectedJourney, AffectedSegment},
};
use serde_json::Value;

use super::{
    Databases,
    flight::{self as world_flight, NOTABLE_DELAY},
    order::{Draft, Traveller},
    rows::Rows,
    store,
};

/// How long after an old disruption its claims were paid.
const PAID_AFTER: TimeDelta = TimeDelta::days(6);
/// How long ago a disruption is old.
const OLD: TimeDelta = TimeDelta::days(22);

/// One thing that went wrong with a journey of an order, for each passenger.
pub(super) struct Disrupted {
    at: DateTime<Utc>,
    /// From it follow the identifiers of all that comes of it.
    seed: u64,
    reports: Vec<(CustomerId, Value)>,
    pays_by: Option<DateTime<Utc>>,
}

/// Notes the journeys of an order that went wrong.
pub(super) fn note(
    draft: &Draft<'_>,
    travellers: &[Traveller],
    rows: &mut Rows,
) -> Result<(), Error> {
    if draft.order.status == OrderStatus::Cancelled {
        return Ok(());
    }
    let now = draft.world.calendar.now();
    for (position, flights) in draft.trip.journeys.iter().enumerate() {
        let changes: Vec<FlightChange> = flights
            .iter()
            .map(|place| draft.world.timetable.flight(*place))
            .filter(|flight| {
                flight.status == Status::Arrived
                    && flight.arrival_delay_minutes >= Some(NOTABLE_DELAY)
            })
            .map(|flight| change(draft.world.seed, flight))
            .collect();
        let Some(last) = changes.last() else { continue };
        let at = last.new.actual_arrival_at.unwrap_or(now);
        let journeys: Vec<AffectedJourney> = travellers
            .iter()
            .filter_map(|traveller| affected(draft, traveller, position))
            .collect();
        let Some(journey) = journeys.first() else {
            continue;
        };
        let reference = draft
            .world
            .reference
            .for_disruption([&journey.origin, &journey.destination], &last.new.carrier);
        let told = disrupted_journeys(&changes, &journeys, &reference, at)?;
        let reports: Vec<_> = told
            .into_iter()
            .map(|(journey, facts)| Ok((journey.customer_id, serde_json::to_value(facts)?)))
            .collect::<Result<_, Error>>()?;
        if !reports.is_empty() {
            let (_, seed) = journey.journey_id.0.as_u64_pair();
            rows.disrupted.push(Disrupted {
                at,
                seed,
                reports,
                pays_by: (now - at > OLD).then(|| at + PAID_AFTER),
            });
        }
    }
    Ok(())
}

fn change(seed: u64, flight: &flight::Model) -> FlightChange {
    FlightChange {
        kind: Kind::Delay,
        event_id: world_flight::event(seed, flight).id,
        old: as_planned(flight),
        new: flight.clone(),
    }
}

fn affected(draft: &Draft<'_>, traveller: &Traveller, position: usize) -> Option<AffectedJourney> {
    let journey = draft.journeys.get(position)?;
    let places = traveller
        .places
        .iter()
        .filter(|place| place.journey == journey.id);
    let segments = places.map(|place| AffectedSegment {
        id: place.id,
        cabin: draft.trip.cabin,
        flight: Arc::new(draft.world.timetable.flight(place.flight).clone()),
    });
    let ancillaries = draft.items.iter().filter(|item| {
        item.ancillary_id.is_some()
            && item.journey_id == Some(journey.id)
            && item.passenger_id == traveller.row.id
    });
    Some(AffectedJourney {
        journey_id: journey.id,
        order_id: journey.order_id,
        passenger_id: traveller.row.id,
        customer_id: traveller.row.traveller_id.unwrap_or(journey.customer_id),
        origin: journey.origin.clone(),
        destination: journey.destination.clone(),
        scheduled_departure_at: journey.departs_at,
        scheduled_arrival_at: journey.arrives_at,
        segments: segments.collect(),
        passenger_kind: traveller.row.kind,
        has_seat: traveller.row.has_seat,
        fare_minor: traveller.fares.get(position).copied().unwrap_or_default(),
        ancillary_fees_minor: ancillaries.map(|item| item.price_minor).sum(),
        currency: draft.order.currency.clone(),
        payment_method: draft.order.payment_method,
        fare_kind: draft.order.fare_kind,
    })
}

/// Tells what went wrong, one after the other, and waits each time until every domain has acted on it. Where that was
/// stopped at some step before, it goes on there, at the time and with the identifiers of that step.
pub(super) async fn tell(databases: &Databases, disrupted: &[Disrupted]) -> Result<(), Error> {
    let mut told = 0;
    for disrupted in disrupted {
        if !disrupted.is_told(databases).await? {
            break;
        }
        told += 1;
    }
    // Each is told when all is over with the one before it, so only the last may have been stopped half-way.
    if let Some(last) = disrupted[..told].last() {
        last.settle(databases).await?;
    }
    for disrupted in &disrupted[told..] {
        disrupted.append(databases).await?;
        disrupted.settle(databases).await?;
    }
    Ok(())
}

impl Disrupted {
    /// Whether it is on the outbox of the order domain.
    async fn is_told(&self, databases: &Databases) -> Result<bool, Error> {
        let report: EventId = self.session(self.at, 0).new_id();
        store::is_told(&databases.order, schema_order::DOMAIN, report).await
    }

    /// Lets every domain act on it.
    async fn settle(&self, databases: &Databases) -> Result<(), Error> {
        if !self.is_paid(databases).await? {
            let delivering = self.session(self.at, 1);
            dispatcher(databases, delivering).drain().await?;
        }
        let Some(paid_at) = self.pays_by else {
            return Ok(());
        };
        let (paying, delivering) = (self.session(paid_at, 2), self.session(paid_at, 3));
        store::pay_claims(&databases.compensation, &paying, &self.journeys()).await?;
        dispatcher(databases, delivering).drain().await?;
        Ok(())
    }

    /// Whether it has been told that a claim was paid.
    async fn is_paid(&self, databases: &Databases) -> Result<bool, Error> {
        let Some(paid_at) = self.pays_by else {
            return Ok(false);
        };
        let payment: EventId = self.session(paid_at, 2).new_id();
        store::is_told(
            &databases.compensation,
            schema_compensation::DOMAIN,
            payment,
        )
        .await
    }

    fn journeys(&self) -> Vec<JourneyId> {
        let journey = |facts: &Value| serde_json::from_value(facts.get("journey_id")?.clone()).ok();
        self.reports
            .iter()
            .filter_map(|(_, facts)| journey(facts))
            .collect()
    }

    /// Puts the reports on the outbox of the order domain.
    async fn append(&self, databases: &Databases) -> Result<(), Error> {
        let session = self.session(self.at, 0);
        let journey = |facts: &Value| {
            facts
                .get("journey_id")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let events: Vec<_> = self
            .reports
            .iter()
            .map(|(customer, facts)| NewEvent {
                kind: "order.journey.disrupted.v1",
                subject: journey(facts),
                customer_id: Some(*customer),
                time: self.at,
                data: facts,
            })
            .collect();
        databases
            .order
            .transaction(async |transaction| {
                outbox::append(transaction, schema_order::DOMAIN, &session, &events).await
            })
            .await
    }

    /// A session at `at`; each has identifiers of its own.
    fn session(&self, at: DateTime<Utc>, number: u64) -> Session {
        let ids = IdSource::seeded(
            self.seed
                .wrapping_add(number.wrapping_mul(0x9FB2_1C65_1E98_DF25)),
        );
        Session::new(
            Actor::service("dispatcher"),
            format!("{:016x}", self.seed),
            Clock::fixed(at),
            ids,
        )
    }
}

fn dispatcher(databases: &Databases, session: Session) -> Dispatcher {
    let outboxes = vec![
        (schema_order::DOMAIN, databases.order.clone()),
        (schema_compensation::DOMAIN, databases.compensation.clone()),
        (schema_case::DOMAIN, databases.case.clone()),
        (schema_engagement::DOMAIN, databases.engagement.clone()),
    ];
    let consumers = vec![
        schema_compensation::consumer(databases.compensation.clone()),
        schema_case::consumer(databases.case.clone()),
        schema_profile::consumer(databases.profile.clone()),
        schema_engagement::consumer(databases.engagement.clone()),
    ];
    Dispatcher::new(outboxes, consumers, session)
}
